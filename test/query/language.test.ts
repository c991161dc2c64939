import { describe, expect, it } from "vitest";
import { ecsFields } from "../../src/fields/index.js";
import {
  checkQuery,
  compileQuery,
  fieldsRead,
  guessLanguage,
  type Language,
  parseQuery,
  printQuery,
} from "../../src/query/index.js";

const QUERIES: readonly (readonly [Language, string, canonical: string, fields: readonly string[]])[] = [
  [
    "eql",
    'process where  process.name == "a"  and ?user.id != null // why',
    'process where process.name == "a" and ?user.id != null',
    ["process.name", "user.id"],
  ],
  ["kuery", "process.name:(a  OR b) and host*: c", "process.name: (a or b) and host*: c", ["process.name"]],
  [
    "lucene",
    "process.name:a  AND user.id:[1 TO 5]",
    "process.name:a AND user.id:[1 TO 5]",
    ["process.name", "user.id"],
  ],
  [
    "esql",
    'from logs-* | where process.name == "a" | eval n = length(user.id) | keep n',
    'FROM logs-*\n| WHERE process.name == "a"\n| EVAL n = length(user.id)\n| KEEP n',
    ["process.name", "user.id"],
  ],
];

describe.each(QUERIES)("%s", (language, text, canonical, fields) => {
  const query = parseQuery(language, text);

  it("is read, checked and printed", () => {
    expect(query).toMatchObject({ language, text, diagnostics: [] });
    expect(checkQuery(query, { fields: ecsFields() }).filter(({ severity }) => severity === "error")).toEqual(
      [],
    );
    expect(printQuery(query)).toBe(canonical);
    expect(printQuery(parseQuery(language, canonical))).toBe(canonical);
  });

  it("tells the fields that it reads, with their places", () => {
    const read = fieldsRead(query);
    expect(read.map(({ name }) => name)).toEqual(fields);
    for (const { name, span } of read) expect(text.slice(span.start, span.end)).toContain(name);
  });

  it("is guessed from how it begins", () => {
    if (language !== "lucene") expect(guessLanguage(text)).toBe(language);
  });
});

it.each([
  ["any where true", "eql"],
  ["  sequence by a [x where true] [y where true]", "eql"],
  ['"my category" where true', "eql"],
  ["sample by a [x where true] [y where true]", "eql"],
  ["ROW a = 1", "esql"],
  ["where: a", "kuery"],
  ["process.name: where", "kuery"],
  ["from: here", "kuery"],
  ["", "kuery"],
])("%j is %s", (text, language) => {
  expect(guessLanguage(text)).toBe(language);
});

describe("compileQuery", () => {
  const event = { event: { category: "process" }, process: { name: "a" } };

  it.each([
    ["eql", 'process where process.name == "a"'],
    ["kuery", "process.name: a"],
    ["lucene", "process.name:a"],
  ] as const)("matches and explains %s", (language, text) => {
    const matcher = compileQuery(parseQuery(language, text))!;
    expect(matcher.matches(event)).toBe(true);
    expect(matcher.matches({})).toBe(false);
    expect(matcher.explain(event).matched).toBe(true);
    expect(matcher.explain({}).matched).toBe(false);
  });

  it.each([
    ["eql", "process where true | head 1"],
    ["eql", "sequence [process where true] [process where true]"],
    ["esql", "FROM a"],
  ] as const)("has no answer about single events to %s: %s", (language, text) => {
    expect(compileQuery(parseQuery(language, text))).toBeUndefined();
  });
});
