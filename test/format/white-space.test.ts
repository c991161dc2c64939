import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/yaml/index.js";
import { formatted } from "./support.js";

describe("white space", () => {
  it.each([
    ["is gone at line ends", "name: a  \ntype: eql\t \n", "name: a\ntype: eql\n"],
    ["is gone after comments", "name: a # b  \n#c \ntype: eql\n", "name: a # b\n#c\ntype: eql\n"],
    ["is gone in lines that hold nothing else", "name: a\n  \ntype: eql\n", "name: a\n\ntype: eql\n"],
    ["ends the file with a line break", "name: a", "name: a\n"],
    ["ends the file with one line break", "name: a\n\n\n", "name: a\n"],
    ["ends the file with one line break after spaces", "name: a\n  ", "name: a\n"],
    ["begins no file", "\n\n  \nname: a\n", "name: a\n"],
    ["is one empty line at most", "name: a\n\n\n\ntype: eql\n", "name: a\n\ntype: eql\n"],
    [
      "is one empty line at most between comments",
      "name: a\n\n\n# b\n\n\n# c\n\n\ntype: eql\n",
      "name: a\n\n# b\n\n# c\n\ntype: eql\n",
    ],
    [
      "is one empty line at most below a block",
      "description: |\n  a\n\n\n\ntype: eql\n",
      "description: |\n  a\n\ntype: eql\n",
    ],
    ["of one line stays", "name: a\n\ntype: eql\n", "name: a\n\ntype: eql\n"],
    [
      "after what opens a block is gone",
      "description: |  \n  a\ntype: eql\n",
      "description: |\n  a\ntype: eql\n",
    ],
    [
      "after what opens a block with a tag is gone",
      "description: !!str >- \t\n  a\ntype: eql\n",
      "description: !!str >-\n  a\ntype: eql\n",
    ],
    [
      "after a text of several lines is gone",
      "description: 'a\n  b'  \ntype: eql\n",
      "description: 'a\n  b'\ntype: eql\n",
    ],
    ["between items is one empty line at most", "index:\n  - a \n\n\n  - b\n", "index:\n  - a\n\n  - b\n"],
    ["in brackets is treated like any other", "index: [ \n  a,  \n\n\n  b ]\n", "index: [\n  a,\n\n  b ]\n"],
    ["at the document's marks is gone", "--- \nname: a\n... \n", "---\nname: a\n...\n"],
    ["of U+00A0 and U+2028 is text", "name: a\u00a0\n# b\u2028\n", "name: a\u00a0\n# b\u2028\n"],
  ])("%s", (_, before, after) => {
    expect(formatted(before)).toEqual({ text: after, diagnostics: [] });
    expect(formatted(after)).toEqual({ text: after, diagnostics: [] });
  });

  it.each([
    ["a block", "query: |\n  a  \n\n\n\n  b\t\n  \n  c\nsetup: low\n"],
    ["a block that keeps its end", "query: |+\n  a\n\n\n\nsetup: low\n"],
    ["a block that keeps its end at the end of the file", "query: |+\n  a\n\n\n\n"],
    ["a block that keeps lines of spaces", "query: |+\n  a\n    \n      \nsetup: low\n"],
    ["a block with an indentation indicator", "query: |2\n    a  \n\n\n   b\nsetup: low\n"],
    ["a folded block", "description: >\n  a  \n  b\n\n\n  c\nsetup: low\n"],
    [
      "a block in a list in a list",
      "guide:\n  investigation_steps:\n    - text: |\n        a  \n\n\n        b\n      steps: [c]\n",
    ],
    ["text in double quotes", 'description: "a  \n\n\n  b  \n  c"\nsetup: low\n'],
    ["text in single quotes", "description: 'a  \n\n\n  b  '\nsetup: low\n"],
    ["plain text", "description: a  \n  b\n\n\n  c\nsetup: low\n"],
    ["text in brackets", "index: [a  \n  b, 'c  \n\n\n  d']\n"],
  ])("inside of %s stays", (_, text) => {
    expect(formatted(text)).toEqual({ text, diagnostics: [] });
  });

  it("below a block without its own last line break is added", () => {
    expect(formatted("query: |\n  a").text).toBe("query: |\n  a\n");
    expect(formatted("query: |-\n  a\n\n\n").text).toBe("query: |-\n  a\n");
  });

  it.each([
    [
      "CRLF",
      "name: a  \r\nquery: |\r\n  b\r\n\r\n\r\n\r\nsetup: eql",
      "name: a\r\nquery: |\r\n  b\r\n\r\nsetup: eql\r\n",
    ],
    [
      "a mixture, as the first line has it",
      "name: a\r\ntype: eql\nsetup: low\r",
      "name: a\r\ntype: eql\r\nsetup: low\r\n",
    ],
    [
      "a mixture, as the first line has it",
      "name: a\ntype: eql\r\nsetup: low\r",
      "name: a\ntype: eql\nsetup: low\n",
    ],
    ["LF without a byte order mark", "\ufeffname: a\n", "name: a\n"],
  ])("line breaks are %s", (_, before, after) => {
    expect(formatted(before)).toEqual({ text: after, diagnostics: [] });
    expect(formatted(after).text).toBe(after);
    expect(parseDocument(after, "a").data).toEqual(parseDocument(before, "a").data);
  });
});

describe("files with errors", () => {
  it.each([
    ["syntax", "name: [a  \ntype: eql\n", "yaml/"],
    ["a tab", "name:\n\t- a  \n", "yaml/tab-indentation"],
    ["a duplicate key", "name: a  \nname: b\n", "yaml/duplicate-key"],
    ["two documents", "name: a  \n---\nname: b\n", "yaml/multiple-documents"],
    ["an alias without an anchor", "name: *a  \n", "yaml/unknown-alias"],
    ["nothing", "  \n\n\n", "yaml/empty"],
    ["a list", "- a  \n", "yaml/not-a-mapping"],
  ])("of %s are left as they are, with the finding", (_, text, code) => {
    const result = formatted(text);
    expect(result.text).toBe(text);
    expect(result.diagnostics[0]!.code).toContain(code);
  });
});
