/** What each command makes of a table: names and order of columns, rows, warnings. */
import { describe, expect, it } from "vitest";
import { run } from "../../../../src/query/esql/index.js";
import { QueryError } from "../../../../src/query/index.js";
import { answer, rowsOf } from "./support.js";

const DATA = {
  indices: {
    people: [
      { name: "Ada", age: 36, tags: ["b", "a", "b"], city: "London" },
      { name: "Bob", age: 25, city: "Paris" },
      { name: "Cyd", tags: "c", city: "London" },
    ],
    cities: [
      { city: "London", country: "UK" },
      { city: "London", country: "GB" },
      { city: "Rome", country: "IT" },
    ],
    more: [{ name: 7, age: "x" }],
    nets: [{ net: "10.0.0.0/8", zone: "inner" }],
  },
  mappings: {
    people: {
      name: "keyword",
      age: "integer",
      tags: "keyword",
      city: "keyword",
    },
    cities: { city: "keyword", country: "keyword" },
    more: { name: "long", age: "keyword" },
    nets: { net: "keyword", zone: "keyword" },
  },
};
const columns = (query: string): string[] =>
  answer(query, DATA).columns.map(({ name, type }) => `${name}:${type}`);
const rows = (query: string): readonly (readonly unknown[])[] => rowsOf(query, DATA);

describe("FROM", () => {
  it("gives the fields by name, values as an index keeps them, and 1,000 rows", () => {
    expect(answer("FROM people", DATA)).toEqual({
      columns: [
        { name: "age", type: "integer" },
        { name: "city", type: "keyword" },
        { name: "name", type: "keyword" },
        { name: "tags", type: "keyword" },
      ],
      values: [
        [36, "London", "Ada", ["a", "b"]],
        [25, "Paris", "Bob", null],
        [null, "London", "Cyd", "c"],
      ],
      warnings: ["No limit defined, adding default limit of [1000]"],
    });
  });

  it("knows patterns, exclusions and aliases", () => {
    const names = (from: string): unknown =>
      rowsOf(`FROM ${from} METADATA _index | STATS BY _index | SORT _index | LIMIT 9`, {
        ...DATA,
        aliases: { both: ["people", "cit*"] },
      }).flat();
    expect(names("people, c*")).toEqual(["cities", "people"]);
    expect(names("*,-m*,-nets")).toEqual(["cities", "people"]);
    expect(names("both")).toEqual(["cities", "people"]);
    expect(names("remote:peop*")).toEqual(["people"]);
    expect(run("FROM gone | LIMIT 1", DATA)).toEqual({
      notRun: {
        what: "FROM",
        message: "FROM: there is no index gone",
        line: 1,
        column: 1,
      },
    });
  });

  it("says of hits who they are", () => {
    const hits = [{ _id: "x1", _index: "logs-1", _version: 3, _source: { a: 1 } }, { a: 2 }];
    expect(
      rowsOf("FROM i METADATA _id, _index, _version | SORT a | LIMIT 9", {
        indices: { i: hits },
        mappings: { i: { a: "long" } },
      }),
    ).toEqual([
      [1, "x1", "logs-1", 3],
      [2, "1", "i", 1],
    ]);
  });

  it("gives null for a field that indices map differently, and its values where they are converted", () => {
    const query =
      "FROM people, more | EVAL text = TO_STRING(name) | SORT text | KEEP name, text, age | LIMIT 9";
    expect(columns(query)).toEqual(["name:unsupported", "text:keyword", "age:unsupported"]);
    expect(rows(query)).toEqual([
      [null, "7", null],
      [null, "Ada", null],
      [null, "Bob", null],
      [null, "Cyd", null],
    ]);
  });

  it("takes the types of fields without a mapping from ECS and from values", () => {
    const indices = {
      i: [
        {
          "source.ip": "10.0.0.1",
          n: 1.5,
          when: "2024-01-01T00:00:00Z",
          flag: true,
          word: "x",
        },
      ],
    };
    expect(
      answer("FROM i | WHERE process.name IS NULL | LIMIT 1", {
        indices,
      }).columns.map(({ name, type }) => `${name}:${type}`),
    ).toEqual([
      "flag:boolean",
      "n:double",
      "process.name:keyword",
      "source.ip:ip",
      "when:date",
      "word:keyword",
    ]);
  });

  it("reads pipelines in brackets, and asks whether a value is in one", () => {
    expect(
      rows(
        "FROM (FROM people | WHERE age > 30 | KEEP name), (FROM cities | KEEP country) | SORT name, country | LIMIT 9",
      ),
    ).toEqual([
      ["Ada", null],
      [null, "GB"],
      [null, "IT"],
      [null, "UK"],
    ]);
    expect(
      rows("FROM people | WHERE city IN (FROM cities | KEEP city) | KEEP name | SORT name | LIMIT 9"),
    ).toEqual([["Ada"], ["Cyd"]]);
  });
});

describe("columns", () => {
  it.each([
    ['ROW a = 1, "x", a = 2.5', ['"x":keyword', "a:double"]],
    ["ROW a = 1 | EVAL b = 2, a = 3.5, a + b", ["b:integer", "a:double", "a + b:double"]],
    ["FROM people | KEEP n*, *, age", ["name:keyword", "city:keyword", "tags:keyword", "age:integer"]],
    ["FROM people | KEEP tags, *a*, name", ["tags:keyword", "age:integer", "name:keyword"]],
    ["FROM people | DROP *e, tags", ["city:keyword"]],
    ["FROM people | RENAME age AS years, name AS city", ["years:integer", "city:keyword", "tags:keyword"]],
    [
      "FROM people | STATS n = COUNT(*), MAX(age) BY town = city, LEFT(name, 1)",
      ["n:long", "MAX(age):integer", "town:keyword", "LEFT(name, 1):keyword"],
    ],
    [
      "FROM people | INLINE STATS n = COUNT(*), name = MAX(age) BY city",
      ["age:integer", "tags:keyword", "n:long", "name:integer", "city:keyword"],
    ],
    ['ROW a = "x y" | DISSECT a "%{b} %{a}"', ["b:keyword", "a:keyword"]],
    ['ROW t = "7 up" | GROK t "%{NUMBER:z:int} %{WORD:b}"', ["t:keyword", "b:keyword", "z:integer"]],
    [
      "FROM people | LOOKUP JOIN cities ON city",
      ["age:integer", "city:keyword", "name:keyword", "tags:keyword", "country:keyword"],
    ],
    ["ROW a = 1 | FORK (EVAL b = a) (WHERE true)", ["a:integer", "b:integer", "_fork:keyword"]],
  ])("%s", (query, expected) => expect(columns(query)).toEqual(expected));
});

describe("rows", () => {
  it.each<[string, unknown[][]]>([
    ["FROM people | WHERE age > 30 OR age IS NULL | KEEP name", [["Ada"], ["Cyd"]]],
    ["FROM people | WHERE NOT age > 30 | KEEP name", [["Bob"]]],
    ['FROM people | WHERE tags == "c" | KEEP name', [["Cyd"]]],
    ["FROM people | SORT age | KEEP name", [["Bob"], ["Ada"], ["Cyd"]]],
    ["FROM people | SORT age DESC | KEEP name", [["Cyd"], ["Ada"], ["Bob"]]],
    ["FROM people | SORT age DESC NULLS LAST, name | LIMIT 2 | KEEP name", [["Ada"], ["Bob"]]],
    ["FROM people | SORT city, age NULLS FIRST | KEEP name", [["Cyd"], ["Ada"], ["Bob"]]],
    ["FROM people | SORT name | LIMIT 1 BY city | KEEP name", [["Ada"], ["Bob"]]],
    [
      "FROM people | SORT name | MV_EXPAND tags | KEEP name, tags",
      [
        ["Ada", "a"],
        ["Ada", "b"],
        ["Bob", null],
        ["Cyd", "c"],
      ],
    ],
    ["FROM people | STATS COUNT(tags), COUNT(*), COUNT_DISTINCT(city)", [[3, 3, 2]]],
    [
      "FROM people | STATS n = COUNT(*) BY tags | SORT tags",
      [
        [1, "a"],
        [1, "b"],
        [1, "c"],
        [1, null],
      ],
    ],
    [
      "FROM people | STATS old = COUNT(*) WHERE age > 30, all = COUNT(*) BY city | SORT city",
      [
        [1, 2, "London"],
        [0, 1, "Paris"],
      ],
    ],
    ["FROM people | STATS x = MAX(age) + MIN(age) * 2", [[86]]],
    ["FROM people | WHERE false | STATS COUNT(*), MAX(age)", [[0, null]]],
    ["FROM people | WHERE false | STATS COUNT(*) BY city", []],
    [
      "FROM people | INLINE STATS m = MAX(age) BY city | SORT name | KEEP name, m",
      [
        ["Ada", 36],
        ["Bob", 25],
        ["Cyd", 36],
      ],
    ],
    [
      "FROM people | INLINE STATS n = COUNT(*) BY tags | SORT name | KEEP name, n",
      [
        ["Ada", [1, 1]],
        ["Bob", 1],
        ["Cyd", 1],
      ],
    ],
    [
      "FROM people | LOOKUP JOIN cities ON city | SORT name, country | KEEP name, country",
      [
        ["Ada", "GB"],
        ["Ada", "UK"],
        ["Bob", null],
        ["Cyd", "GB"],
        ["Cyd", "UK"],
      ],
    ],
    ['ROW a = "k=v; x" | DISSECT a "%{+p}=%{+p}; %{?q}" APPEND_SEPARATOR="/" | KEEP p', [["k/v"]]],
    ['ROW a = "none" | DISSECT a "%{b}:%{c}" | KEEP b, c', [[null, null]]],
    ['ROW a = "10.0.0.1 GET" | GROK a "%{IP:ip} %{WORD:verb}" | KEEP ip, verb', [["10.0.0.1", "GET"]]],
    ['ROW a = "b7" | GROK a "%{INT:n:int}$", "%{WORD:w}" | KEEP n, w', [[7, null]]],
    [
      "ROW a = [1, 2] | FORK (WHERE false) (EVAL b = 1) (MV_EXPAND a) | KEEP _fork, a | SORT _fork, a",
      [
        ["fork2", [1, 2]],
        ["fork3", 1],
        ["fork3", 2],
      ],
    ],
  ])("%s", (query, expected) => expect(rows(query)).toEqual(expected));

  it("joins by a condition", () => {
    expect(
      rows(
        "FROM people | RENAME city AS town | LOOKUP JOIN cities ON town == city AND name != country | SORT name, country | KEEP name, country",
      ),
    ).toEqual([
      ["Ada", "GB"],
      ["Ada", "UK"],
      ["Bob", null],
      ["Cyd", "GB"],
      ["Cyd", "UK"],
    ]);
  });

  it("enriches from a policy", () => {
    const policies = {
      towns: { matchField: "city", enrichFields: ["country"], index: "cities" },
      zones: {
        type: "range" as const,
        matchField: "net",
        enrichFields: ["zone"],
        index: "nets",
      },
    };
    expect(
      rowsOf("FROM people | ENRICH towns ON city WITH land = country | SORT name | KEEP name, land", {
        ...DATA,
        policies,
      }),
    ).toEqual([
      ["Ada", ["UK", "GB"]],
      ["Bob", null],
      ["Cyd", ["UK", "GB"]],
    ]);
    expect(
      rowsOf('ROW ip = "10.1.1.1"::ip | ENRICH zones ON ip', {
        ...DATA,
        policies,
      }),
    ).toEqual([["10.1.1.1", "inner"]]);
    expect(run("ROW a = 1 | ENRICH none ON a", DATA)).toMatchObject({
      notRun: { what: "ENRICH", line: 1, column: 13 },
    });
  });

  it("takes the answers of a model from the caller", () => {
    const query = 'ROW q = ["a", "b"] | MV_EXPAND q | COMPLETION r = q WITH {"inference_id": "m"}';
    expect(rowsOf(query, { completions: { a: "one", "*": "other" } })).toEqual([
      ["a", "one"],
      ["b", "other"],
    ]);
    expect(run(query)).toMatchObject({
      notRun: { what: "COMPLETION", line: 1, column: 36 },
    });
  });

  it("takes the same sample each time", () => {
    const query = "ROW a = [1,2,3,4,5,6,7,8,9,10] | MV_EXPAND a | SAMPLE 0.5";
    expect(rowsOf(query)).toEqual(rowsOf(query));
    expect(rowsOf(query).length).toBeLessThan(10);
  });

  it("counts the rows that pass each command", () => {
    expect(
      answer("FROM people | WHERE age > 30 | MV_EXPAND tags | LIMIT 9", {
        ...DATA,
        explain: true,
      }).steps,
    ).toEqual([
      { text: "FROM people", rows: 3 },
      { text: "WHERE age > 30", rows: 1 },
      { text: "MV_EXPAND tags", rows: 2 },
      { text: "LIMIT 9", rows: 2 },
    ]);
  });

  it("gives no more rows than Elasticsearch", () => {
    const many = {
      indices: { i: Array.from({ length: 12_000 }, (_, n) => ({ n })) },
      mappings: { i: { n: "long" } },
    };
    expect(rowsOf("FROM i", many)).toHaveLength(1_000);
    expect(rowsOf("FROM i | LIMIT 11000", many)).toHaveLength(10_000);
    expect(rowsOf("FROM i | SORT n DESC | LIMIT 2", many)).toEqual([[11_999], [11_998]]);
    expect(rowsOf("FROM i", { ...many, defaultLimit: 20_000, maxRows: 20_000 })).toHaveLength(12_000);
  });
});

describe("what does not run", () => {
  it.each([
    ["FROM people | CHANGE_POINT age | LIMIT 1", "CHANGE_POINT", 15],
    ["ROW a = CATEGORIZE_NOT_THERE(1)", undefined, 0],
    ["FROM people | STATS COUNT(*) BY CATEGORIZE(name)", "CATEGORIZE()", 33],
    ["FROM people | WHERE KNN(age, [1, 2]) | LIMIT 1", undefined, 0],
  ])("%s", (query, what, column) => {
    if (what === undefined) expect(() => run(query, DATA)).toThrow(QueryError);
    else
      expect(run(query, DATA)).toEqual({
        notRun: {
          what,
          message: `${what}: it does not run on events`,
          line: 1,
          column,
        },
      });
  });
});

describe("full text", () => {
  const docs = {
    indices: {
      i: [
        { title: "The Lord of the Rings", code: "A-1" },
        { title: "Return of the King", code: "B-2" },
        { code: "C-3" },
      ],
    },
    mappings: { i: { title: "text", code: "keyword" } },
  };
  it.each([
    ['KQL("title: lord or code: B*")', ["A-1", "B-2"]],
    ['QSTR("title:(king AND return)")', ["B-2"]],
    ['MATCH(title, "king rings")', ["A-1", "B-2"]],
    ['MATCH(title, "of king", {"operator": "AND"})', ["B-2"]],
    ['title : "LORD"', ["A-1"]],
    ['MATCH_PHRASE(title, "of the king")', ["B-2"]],
    ['MATCH(code, "C-3") OR KQL("title: king")', ["B-2", "C-3"]],
    ['NOT KQL("title: *")', ["C-3"]],
    ['KQL("code: b-2")', []],
    ['KQL("code: b-2", {"case_insensitive": true, "boost": 2.0})', ["B-2"]],
  ])("%s", (condition, codes) => {
    expect(rowsOf(`FROM i | WHERE ${condition} | SORT code | KEEP code`, docs).flat()).toEqual(codes);
  });

  it("asks the document of each row, also after commands", () => {
    expect(
      rowsOf(
        'FROM i | EVAL code = TO_LOWER(code) | SORT code DESC | WHERE KQL("title: *") | KEEP code',
        docs,
      ),
    ).toEqual([["b-2"], ["a-1"]]);
    expect(rowsOf('FROM i | STATS n = COUNT(*) WHERE KQL("title: king")', docs)).toEqual([[1]]);
  });
});
