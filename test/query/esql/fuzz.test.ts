import { expect, it } from "vitest";
import { check, parse, print } from "../../../src/query/esql/index.js";
import { describeFuzz, losses, misspellings } from "../support/fuzz.js";

const queries = [
  'FROM logs-*, metrics-* METADATA _id, _index | WHERE host.name == "a" AND NOT (x > 1 OR y IS NULL) | KEEP host.*, `a-b`',
  "FROM a | STATS n = COUNT(*) WHERE b > 1.5, MAX(c) BY d = BUCKET(@timestamp, 1 hour), e | SORT n DESC NULLS LAST | LIMIT 10",
  'FROM a | EVAL x = CASE(b LIKE "x*", [1, 2], c::long IN (1, -2), "y"), z = KQL("""d : "e" """) | DROP x | RENAME z AS y',
  'FROM a | GROK m "%{IP:ip} %{WORD:w}" | DISSECT m "%{a} %{b}" APPEND_SEPARATOR = "," | MV_EXPAND w | DEDUP',
  "FROM a | LOOKUP JOIN b AS c ON d, e == f | ENRICH _any:p ON g WITH h = i | INLINE STATS AVG(j) BY k | SAMPLE 0.1",
  'SET a = {"b": [1, 2], "c": {}}; FROM (FROM d | WHERE e IN (FROM f | KEEP g)), h | FORK (WHERE i | LIMIT 1) (KEEP j) | FUSE',
  'FROM a | CHANGE_POINT b ON c AS d, e | COMPLETION f = CONCAT(g, ?p) WITH {"inference_id": "x"} | URI_PARTS u = v',
  'PROMQL index=k8s step=?_step r=(sum by (x) (rate(y{z="|"}[5m]))) | WHERE r > 0',
  'ROW a = 1, "b" // one\n| RERANK "q" ON c, d = LENGTH(d) /* two */ | HIGHLIGHT "q" ON e | MMR [0.5]::dense_vector ON f LIMIT 5',
  "EXPLAIN (FROM a | LIMIT ?)",
  "SHOW INFO",
];

const tokens =
  'FROM ROW SHOW TS PROMQL EXPLAIN SET METADATA | || WHERE EVAL STATS INLINE BY KEEP DROP SORT LIMIT FORK LOOKUP JOIN ENRICH ON WITH AS AND OR NOT IN LIKE RLIKE IS NULL NULLS FIRST LAST ASC DESC true ( ) [ ] { } , . : :: = == != < > <> =~ + - * / % ; ? ?? ?a ` `a` "a" """ \' 1 1.5 1e3 day a.b @t _ // /* */ # \\'.split(
    " ",
  );

describeFuzz("ES|QL", {
  parse,
  print,
  check,
  queries,
  tokens,
  nesting: [
    ["FROM a | WHERE (", "b", ")"],
    ["(", "1", ")"],
    ["FROM a | WHERE NOT ", "b", ""],
    ["FROM (", "FROM a", ")"],
    ["FROM a | FORK (WHERE b ", "", ")"],
    ["[", "1", "]"],
  ],
  long: (literal) => `FROM a | WHERE b == "${literal}"`,
});

const FROM_A = "FROM a | WHERE ";
it.each([
  ["brackets", `${FROM_A}${"(".repeat(100_000)}b${")".repeat(100_000)}`],
  ["open brackets", `${FROM_A}${"(".repeat(100_000)}`],
  ["negations", `${FROM_A}${"NOT ".repeat(100_000)}b`],
  ["signs", `${FROM_A}1 + ${"- ".repeat(100_000)}b`],
  ["sums", `${FROM_A}b > ${"1 + ".repeat(100_000)}1`],
  ["casts", `${FROM_A}b${"::long".repeat(100_000)} > 1`],
  ["calls", `${FROM_A}${"f(".repeat(100_000)}b${")".repeat(100_000)}`],
  ["maps", `SET a = ${'{"b": '.repeat(100_000)}1${"}".repeat(100_000)}; ROW 1`],
  ["subqueries", `${"FROM (".repeat(100_000)}FROM a${")".repeat(100_000)}`],
  ["subqueries in conditions", `FROM a${" | WHERE b IN (FROM c".repeat(20_000)}${")".repeat(20_000)}`],
  ["branches", `FROM a${" | FORK (KEEP a".repeat(20_000)}${")".repeat(20_000)}`],
])("%s that stand in each other without end are too deep, in one finding", (_, text) => {
  const { ast, diagnostics } = parse(text);
  expect(diagnostics.map(({ code }) => code)).toEqual(["query/too-deep"]);
  expect(print(ast).length).toBeLessThan(text.length);
});

it("nesting of all kinds at once stays within the tree's bound", () => {
  // Each level has a chain of sums to its left, which no bracket counts.
  const level = (inner: string): string => `(${inner}${" + 1".repeat(100)})`;
  let text = "b";
  for (let i = 0; i < 190; i++) text = level(text);
  const { ast, diagnostics } = parse(`${FROM_A}${text} > 1`);
  expect(diagnostics.map(({ code }) => code)).toEqual(["query/too-deep"]);
  expect(() => print(ast)).not.toThrow();
});

it("chains of AND and OR are flat", () => {
  const { ast, diagnostics } = parse(`${FROM_A}${"b == 1 OR ".repeat(20_000)}c`);
  expect(diagnostics).toEqual([]);
  expect(ast.commands).toMatchObject([{ condition: { kind: "or", operands: { length: 20_001 } } }]);
});

it.each(["/*", "/* /* */", '"', "`", "'", '"""', "FORK (", "in (from (", "PROMQL /*", "[", "?."])(
  "a long run of %j is read in one go",
  (piece) => {
    const text = `FROM a | WHERE ${piece.repeat(Math.floor(900_000 / piece.length))}`;
    expect(() => parse(text)).not.toThrow();
  },
);

const misspelt =
  "FROM WHERE AND NOT OR IS NULL KEEP STATS BY SORT DESC NULLS LIMIT METADATA LIKE IN DROP RENAME AS ON WITH".split(
    " ",
  );

it("a lost bracket, a lost quote or a misspelt keyword is refused", () => {
  const accepted = queries
    .filter((query) => !query.startsWith("PROMQL"))
    .flatMap((query) => [...losses(query), ...misspellings(query, misspelt)])
    .filter(({ text }) => {
      const { ast, diagnostics } = parse(text);
      // A word before a bracket is a function: that there is none of that name is for the checks to say.
      return ![...diagnostics, ...check(ast)].some(({ severity }) => severity === "error");
    });
  expect(accepted).toEqual([]);
});
