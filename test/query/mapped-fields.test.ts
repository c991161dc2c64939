/** What mappings say of fields holds in each language alike: aliases, multi-fields, limits, normalizers, positions. */
import { describe, expect, it } from "vitest";
import { compileQuery, eql, type Event, type Language, matchAll, parseQuery } from "../../src/query/index.js";

const fields = {
  properties: {
    "@timestamp": { type: "alias", path: "time" },
    time: { type: "date" },
    kind: { type: "alias", path: "event.category" },
    event: { properties: { category: { type: "keyword" } } },
    name: {
      type: "keyword",
      ignore_above: 8,
      fields: {
        text: { type: "text" },
        caseless: { type: "keyword", normalizer: "lowercase", ignore_above: 8 },
      },
    },
    title: { type: "alias", path: "name" },
    heading: { type: "alias", path: "name.text" },
    plain: { type: "alias", path: "name.caseless" },
    size: { type: "long" },
    bytes: { type: "alias", path: "size" },
    note: { type: "text", index_options: "freqs" },
    labels: { type: "flattened", ignore_above: 4 },
    tags: { type: "alias", path: "labels" },
    custom: { type: "keyword", normalizer: "our_own" },
    box: { type: "object" },
    list: {
      type: "nested",
      properties: { id: { type: "keyword" }, key: { type: "alias", path: "list.id" } },
    },
  },
} as const;

const EVENTS: readonly Event[] = [
  { time: "2024-05-01T00:00:00Z", event: { category: "process" }, name: "Cmd.exe", size: 5.7, box: { a: { b: 1 } } },
  { time: "2024-05-02T00:00:00Z", event: { category: ["file"] }, name: ["much too long a name", "b"], note: "one two" },
  { time: "2024-05-03T00:00:00Z", "event.category": "process", "name.text": "of its own", labels: { team: "red", x: { y: "longer" } } },
  { time: "2024-05-04T00:00:00Z", custom: "Mixed", list: [{ id: "a" }, { id: "b" }], title: "never read", box: {} },
]; // prettier-ignore

const found = (language: Language, query: string): number[] => {
  const { matches } = compileQuery(parseQuery(language, query), { fields })!;
  return EVENTS.flatMap((event, index) => (matches(event) ? [index] : []));
};

describe("in each language", () => {
  it.each<[what: string, queries: { kuery?: string; lucene?: string; eql?: string }, indexes: number[]]>([
    // Aliases
    ["an alias of a keyword", { kuery: "title: Cmd.exe", lucene: "title:Cmd.exe", eql: 'any where title == "Cmd.exe"' }, [0]],
    ["an alias in a list", { kuery: "title: (x or b)", lucene: "title:(x OR b)", eql: 'any where title in ("x", "b")' }, [1]],
    ["an alias by a pattern", { kuery: "title: C*", lucene: "title:C*", eql: 'any where title like "C*"' }, [0]],
    ["an alias that has a value", { kuery: "title: *", lucene: "_exists_:title", eql: "any where title != null" }, [0, 1]],
    ["an alias of a multi-field", { kuery: "heading: CMD.exe", lucene: "heading:CMD.exe" }, [0]],
    ["an alias of a multi-field with its own value", { kuery: 'heading: "its own"', lucene: 'heading:"its own"' }, [2]],
    ["an alias of a number", { kuery: "bytes >= 5", lucene: "bytes:>=5", eql: "any where bytes >= 5" }, [0]],
    ["an alias of the category", { kuery: "kind: process", lucene: "kind:process", eql: 'any where kind == "process"' }, [0, 2]],
    ["an alias of a time", { kuery: '@timestamp > "2024-05-03"', lucene: "@timestamp:>2024-05-03", eql: 'any where @timestamp > "2024-05-03"' }, [3]],
    ["an alias of a flattened field", { kuery: "tags: red", lucene: "tags:red", eql: 'any where tags == "red"' }, [2]],
    ["an alias in names with wildcards", { kuery: "tit*: Cmd.exe", lucene: "tit\\*:Cmd.exe" }, [0]],
    ["an alias in a nested object", { kuery: "list: { key: b }" }, [3]],
    // Multi-fields and limits
    ["a value that is too long", { kuery: "name: much*", lucene: "name:much*", eql: 'any where name like "much*"' }, []],
    ["a word of a value that is too long for the keyword", { kuery: "name.text: long", lucene: "name.text:long" }, [1]],
    ["the values that are not too long", { kuery: "name: b", lucene: "name:b", eql: 'any where name == "b"' }, [1]],
    ["a key that is too long", { kuery: "labels: *", lucene: "_exists_:labels", eql: "any where labels != null" }, [2]],
    ["the keys that are too long", { kuery: "labels: longer", lucene: "labels:longer", eql: 'any where labels == "longer"' }, []],
    // Normalizers
    ["a normalizer", { kuery: "name.caseless: CMD.exe", lucene: "name.caseless:CMD.exe" }, [0]],
    ["a normalizer by a pattern", { kuery: "name.caseless: C*E", lucene: "name.caseless:C*E" }, [0]],
    ["a normalizer by an order", { kuery: "name.caseless > CMA", lucene: "name.caseless:[CMA TO cn]" }, [0]],
    ["a normalizer by an expression", { lucene: "name.caseless:/CM[a-z].*/" }, [0]],
    ["a normalizer by a near term", { lucene: "name.caseless:CMX.EXE~1" }, [0]],
    ["an alias of a normalized keyword", { kuery: "plain: CMD.EXE", lucene: "plain:CMD.EXE" }, [0]],
    ["a normalizer of which nothing is known", { kuery: "custom: mixed", lucene: "custom:mixed" }, []],
    // Numbers, positions, objects
    ["a whole number", { kuery: "size: 5", lucene: "size:5" }, [0]],
    ["words without positions", { kuery: "note: (one and two)", lucene: "note:(one AND two)" }, [1]],
    ["one word as a phrase without positions", { kuery: 'note: "two"', lucene: 'note:"two"' }, [1]],
    ["a phrase without positions", { kuery: 'note: "one two"' }, []],
    ["an object", { kuery: "box: *", lucene: "_exists_:box" }, [0]],
    ["a field that is mapped nowhere", { kuery: "nothing: *", lucene: "_exists_:nothing" }, []],
  ])("%s", (_, queries, indexes) => {
    for (const [language, query] of Object.entries(queries))
      expect([query, found(language as Language, query)]).toEqual([query, indexes]);
  }); // prettier-ignore

  it("an alias may be the category, the time, and what joins events", () => {
    const options = { fields, categoryField: "kind", timestampField: "@timestamp" };
    expect(eql.run('process where name : "cmd.exe"', EVENTS, options)).toEqual({ events: [0] });
    const sequence = "sequence by kind [process where true] [process where true]";
    const backwards = EVENTS.toReversed();
    expect(eql.run(sequence, backwards, options)).toEqual({
      sequences: [{ joinKeys: ["process"], events: [3, 1] }],
    });
  });

  it("many rules at once see what each sees by itself", () => {
    const rules = [
      { query: "title: Cmd.exe and kind: process" },
      { query: "name.caseless: CMD.EXE" },
      { query: "tags: red", language: "lucene" as const },
      { query: 'any where title == "Cmd.exe" and kind == "process"', type: "eql" },
    ];
    expect(matchAll(rules, EVENTS, { fields })).toEqual([
      { events: [0] },
      { events: [0] },
      { events: [2] },
      { events: [0] },
    ]);
  });
});

describe("without a mapping", () => {
  const event: Event = { process: { name: "Cmd.exe" } };
  it.each([
    ["process.name.caseless: cmd.EXE", true],
    ["process.name.caseless: cmd", false],
    ["process.name.keyword: Cmd.exe", true],
    ["process.name.text: cmd.exe", true],
  ])("%s: %s, by the names that multi-fields have", (query, expected) => {
    for (const language of ["kuery", "lucene"] as const)
      expect(compileQuery(parseQuery(language, query.replace(": ", ":")))!.matches(event)).toBe(expected);
  });
});
