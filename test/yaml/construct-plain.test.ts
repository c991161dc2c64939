import { fc, test } from "@fast-check/vitest";
import { constructFromEvents, dump, parseEvents } from "js-yaml";
import { describe, expect, it } from "vitest";
import { constructPlain } from "../../src/yaml/construct-plain.js";

const both = (text: string): [plain: unknown, library: unknown] => {
  const events = parseEvents(text, {});
  return [constructPlain(text, events), constructFromEvents(events, { source: text })[0]];
};

describe("constructPlain", () => {
  it.each([
    [
      "numbers",
      "a: 1\nb: -0\nc: 0x1F\nd: 0o17\ne: 1e3\nf: .5\ng: .inf\nh: -.INF\ni: 1_000\nj: 010\nk: +7\nl: 1.10\n",
    ],
    ["no number at all", "a: .nan\nb: .NaN\n"],
    ["what may be nothing", "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: nULL\ng: ''\nh: \"\"\n"],
    ["booleans", "a: true\nb: False\nc: TRUE\nd: yes\ne: 'true'\nf: on\n"],
    [
      "texts",
      "a: plain # comment\nb: 'it''s'\nc: \"\\u00e9\\n\"\nd: |\n  one\n  two\ne: >-\n  one\n  two\n\n  three\nf: on two\n  lines\n",
    ],
    ["dates and times", "a: 2024-01-02\nb: 12:30:45\n"],
    ["collections", "a: [1, two, [3], {b: c}]\nd:\n  - e: f\n    g: h\n  -\n  - - i\nj: {}\nk: []\n"],
    ["names of the prototype", "constructor: 1\ntoString: 2\nvalueOf: {hasOwnProperty: 3}\n"],
    ["anchors that nobody asks for", "a: &b c\nd: &e [1]\n"],
  ])("makes of %s what js-yaml makes", (_, text) => {
    const [plain, library] = both(text);
    expect(plain).toBeDefined();
    expect(plain).toStrictEqual(library);
  });

  it.each([
    ["a tag", "a: !!str 1\n"],
    ["a tag of a list", "a: !!seq [1]\n"],
    ["a tag of a mapping", "a: !!map {b: 1}\n"],
    ["an alias", "a: &b 1\nc: *b\n"],
    ["a merge", "a: {b: 1}\n<<: {c: 1}\n"],
    ["a key that is a number", "a:\n  1: one\n"],
    ["a key that is nothing", "a: {? : b}\n"],
    ["a key that is a list", "? [a]\n: b\n"],
    ["a key that is there twice", "a: 1\nb: {c: 1, c: 2}\n"],
    ["a key that sets the prototype", "a: {__proto__: {b: 1}}\n"],
  ])("leaves a document with %s to js-yaml", (_, text) => {
    expect(constructPlain(text, parseEvents(text, {}))).toBeUndefined();
  });

  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "",
      "~",
      "null",
      "true",
      "No",
      "1",
      "-1.5e3",
      "0x1",
      "0b1",
      ".5",
      ".inf",
      "NaN",
      "-",
      "1:2",
      "=",
      "<",
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      texts,
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(texts, tie("value"), { maxKeys: 4 }),
    ),
  }));

  test.prop([fc.dictionary(fc.string({ minLength: 1 }), value, { minKeys: 1 })])(
    "makes what js-yaml makes, or nothing",
    (data) => {
      const [plain, library] = both(dump(data));
      if (plain !== undefined) expect(plain).toStrictEqual(library);
    },
  );
});
