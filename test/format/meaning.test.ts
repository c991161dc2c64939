/** Formatting changes the text of a rule and nothing else: proven on the rules of the project, on those of others, and on generated ones. */
import { join } from "node:path";
import { test as property, fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { readSource, type SourceItem } from "../../src/bundle/sources/index.js";
import { formatFile } from "../../src/format/index.js";
import { formatProject } from "../../src/format/project.js";
import { validate } from "../../src/lint/index.js";
import { compileProject, loadProject, nodeHost, type Project } from "../../src/project/index.js";
import { RULE_ORDER } from "../../src/rule/decompile/index.js";
import { compileRule } from "../../src/rule/index.js";
import type { AuthoredRule } from "../../src/schema/index.js";
import { emit } from "../../src/yaml/emit/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { roundTrip } from "../rule/decompile/support.js";
import { detections } from "../rules/project.js";
import { arbitraryRule } from "../support/arbitrary-rule.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { memoryHost } from "../support/memory-host.js";
import { context } from "../support/rule.js";
import { filesBelow, read } from "../support/source-tree.js";
import { CONTEXT, formatted } from "./support.js";

/** The outermost keys of a file with the comments above them, and what stands above the first. */
function sections(text: string): { head: string; parts: string[] } {
  const parts: string[] = [""];
  let comments = "";
  for (const line of text.split(/(?<=\n)/)) {
    if (line.startsWith("#")) comments += line;
    else {
      if (/^[\w"']/.test(line)) parts.push("");
      parts.push(parts.pop()! + comments + line);
      comments = "";
    }
  }
  const [head = "", first = "", ...others] = parts;
  const above = /^(?:#.*\n)*/.exec(first)![0];
  return {
    head: head + above,
    parts: [first.slice(above.length), ...others, ...(comments === "" ? [] : [comments])],
  };
}

/** The text with its keys the other way round. */
function reversed(text: string): string {
  const { head, parts } = sections(text);
  return head + parts.toReversed().join("");
}

const compiled = (text: string): unknown => {
  const document = parseDocument(text, "a.rule.yml");
  const source = {
    file: "a.rule.yml",
    document,
    authored: document.data as AuthoredRule,
    translations: new Map(),
  };
  return compileRule(source, context()).rule;
};

/** Formats, and holds everything that formatting promises. */
function expectSafe(text: string): string {
  const { text: after, diagnostics } = formatted(text, "rule", { attack: context().attack });
  expect(diagnostics).toEqual([]);
  expect(formatted(after, "rule", { attack: context().attack })).toEqual({ text: after, diagnostics: [] });
  expect(JSON.stringify(compiled(after))).toBe(JSON.stringify(compiled(text)));
  const keys = Object.keys(parseDocument(after, "a").data as object);
  expect(keys).toEqual(keys.toSorted((a, b) => RULE_ORDER.indexOf(a) - RULE_ORDER.indexOf(b)));
  return after;
}

describe("the rules of this project", () => {
  const host = nodeHost({});
  const files = Object.fromEntries(
    ["kdac.config.yml", "schemas/rule.schema.json", ...filesBelow("rules", () => true)].map((file) => [
      join("/p", file),
      read(file),
    ]),
  );
  const project = (changes: Readonly<Record<string, string>>): Project =>
    loadProject(memoryHost({ ...files, ...changes }), { cwd: "/p" });
  const findings = (of: Project): string[] =>
    validate(of)
      .diagnostics.map(({ code, target }) => `${code} ${target.file} ${target.pointer ?? ""}`)
      .toSorted();
  const rules = (of: Project): string =>
    JSON.stringify(compileProject(of).map(({ rule, source }) => [source.file, rule]));

  it("are formatted", () => {
    const { files, diagnostics } = formatProject(detections(), host);
    expect(diagnostics).toEqual([]);
    expect(files.filter(({ action }) => action !== "unchanged").map(({ file }) => file)).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it("compile to the same and have the same findings after their keys were turned round and formatted", () => {
    const authored = Object.keys(files).filter((file) => /\/rules\/.*\.yml$/.test(file));
    const turned = project(Object.fromEntries(authored.map((file) => [file, reversed(files[file]!)])));
    const formattedFiles = formatProject(turned, memoryHost(files)).files;
    expect(formattedFiles.filter(({ action }) => action === "changed").length).toBeGreaterThan(45);
    const after = project(
      Object.fromEntries(formattedFiles.map(({ file, after }) => [join("/p", file), after])),
    );
    expect(rules(after)).toBe(rules(project({})));
    expect(findings(after)).toEqual(findings(project({})));
    expect(
      formatProject(after, memoryHost(files)).files.filter(({ action }) => action !== "unchanged"),
    ).toEqual([]);
  });

  it.each(filesBelow("rules", (name) => name.endsWith(".rule.yml")).map((file) => [file]))(
    "come back from any order as they were: %s",
    (file) => {
      const text = read(file);
      const { head, parts } = sections(text);
      // What stands above the first key speaks of the file, so only keys without comments may become the first.
      const [first, ...others] = parts;
      const turned = head + [...others.toReversed(), first].join("");
      if (others.at(-1)!.startsWith("#")) return;
      const { text: after } = formatFile(parseDocument(turned, file), "rule", {
        ...CONTEXT,
        schemas: "schemas",
      });
      expect(after).toBe(text);
    },
  );
});

describeConformance("rules of others", "rules", (folder) => {
  const files = conformanceFiles(folder, ".toml");
  const bytes = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new TextEncoder().encode(text));
  };

  it.each(files)("$name compiles to the same", async ({ name, text }) => {
    const items: SourceItem[] = [];
    for await (const item of readSource(name, bytes(text))) items.push(item);
    const rules = items.filter(({ kind }) => kind === "rule");
    expect(rules.length).toBeGreaterThan(0);
    for (const item of rules) {
      const { yaml } = roundTrip((item as { value: Record<string, unknown> }).value);
      // An imported file is formatted as it comes.
      expect(expectSafe(yaml)).toBe(yaml);
      expectSafe(reversed(yaml));
    }
  });
});

describe("any rule", () => {
  property.prop([arbitraryRule(), fc.infiniteStream(fc.nat())], { numRuns: 40 })(
    "compiles to the same in any order",
    (rule, chance) => {
      const drawn = Object.entries(rule as object).map((entry) => [chance.next().value!, entry] as const);
      const entries = drawn.toSorted(([a], [b]) => a - b).map(([, entry]) => entry as [string, unknown]);
      const text = emit(Object.fromEntries(entries));
      expectSafe(text);
      expectSafe(`# a\n\n\n# b  \n${text}\n# c\n\n\n`.replace(/\n/g, "\r\n"));
    },
  );

  property.prop([
    fc.array(
      fc.constantFrom(
        "name: a",
        "type: eql",
        "rule_id: b",
        "query: |",
        "  x",
        "",
        "  ",
        "# c",
        "  # d",
        "guide:",
        "  overview: |+",
        "    y",
        "  response:",
        "  - z",
        "- q",
        "tags: {",
        "}",
        "attack:",
        "  Execution: [T1059]",
        "  TA0002: &a",
        "x: *a",
        "'q': \"a",
        'b"',
        "---",
        "...",
        "? a",
        ": b",
        "\t",
      ),
      { maxLength: 14 },
    ),
  ])("of odd lines is left alone or formatted for good", (lines) => {
    const text = lines.join("\n");
    const once = formatted(text);
    if (once.diagnostics.length > 0) expect(once.text).toBe(text);
    else expect(formatted(once.text)).toEqual({ text: once.text, diagnostics: [] });
  });
});
