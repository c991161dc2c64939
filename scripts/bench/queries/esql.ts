/**
 * What ES|QL costs, in rows a second of CPU: `tsx scripts/bench/queries/esql.ts [events]`. One simple rule over a million
 * made events, then real rules, repeated until there are 200, over real telemetry or made events.
 */
import { esql, type Event } from "../../../src/query/index.js";
import { realEvents, realQueries } from "./corpus.js";
import { cpuMs, rate } from "./cost.js";

const SIMPLE = `FROM logs
  | WHERE event.code == "4625"
  | EVAL kilobytes = bytes / 1024, hour = DATE_TRUNC(1 hour, @timestamp)
  | STATS n = COUNT(*), sum = SUM(kilobytes) BY user.name, hour`;

const ROWS = 1_000_000;
const made: Event[] = Array.from({ length: ROWS }, (_, i) => ({
  "@timestamp": 1_700_000_000_000 + i * 50,
  event: { code: i % 3 === 0 ? "4625" : "4624" },
  user: { name: `u${i % 50}` },
  bytes: i % 4096,
}));
const mappings = {
  logs: {
    "@timestamp": "date",
    "event.code": "keyword",
    "user.name": "keyword",
    bytes: "long",
  },
};
const simple = esql.load({ indices: { logs: made }, mappings });
esql.run(SIMPLE, { data: simple });
console.log(
  rate(
    "one simple rule, columns read before",
    ROWS,
    cpuMs(() => void esql.run(SIMPLE, { data: simple })),
    "rows",
  ),
);
const cold = cpuMs(() => void esql.run(SIMPLE, { indices: { logs: made }, mappings }), 3);
console.log(rate("one simple rule, from documents", ROWS, cold, "rows"));

const LONGS = Array.from({ length: ROWS }, (_, i) => i * 1_000);
const big = LONGS.map((value) => BigInt(value));
const high = Int32Array.from(LONGS, (value) => Math.floor(value / 2 ** 32));
const low = Uint32Array.from(LONGS, (value) => value >>> 0);
let sink = 0;
const asNumbers = (): void => {
  let sum = 0;
  for (const value of LONGS) sum += value;
  sink += sum;
};
const asBigints = (): void => {
  let sum = 0n;
  for (const value of big) sum += value;
  sink += Number(sum);
};
const asHalves = (): void => {
  let [top, bottom] = [0, 0];
  for (let at = 0; at < ROWS; at++) {
    bottom += low[at]!;
    top += high[at]! + Math.floor(bottom / 2 ** 32);
    bottom %= 2 ** 32;
  }
  sink += top + bottom;
};
for (const [name, sum] of [
  ["numbers", asNumbers],
  ["bigints", asBigints],
  ["two halves", asHalves],
] as const)
  console.log(rate(`a sum of longs as ${name}`, ROWS, cpuMs(sum), "values"));
if (sink < 0) throw new Error("a sum of what is positive cannot be negative");

const events = realEvents(Number(process.argv[2] ?? 100_000));
const real = realQueries().filter(({ language }) => language === "esql");
const rules = real.length === 0 ? [{ query: SIMPLE }] : real;
const patterns = new Set(rules.flatMap(({ query }) => esql.indicesOf(esql.parse(query).ast) ?? []));
const aliases = Object.fromEntries([...patterns].map((pattern) => [pattern, "events"]));
let notRun = 0;
const all = cpuMs(() => {
  const data = esql.load({ indices: { events }, aliases });
  for (let i = 0; i < 200; i++) {
    const result = esql.run(rules[i % rules.length]!.query, {
      data,
      completions: { "*": "" },
    });
    if ("notRun" in result) notRun++;
  }
}, 1);
console.log(
  rate(
    `200 real rules (${(all / 1000).toFixed(1)} s)`,
    events.length * 200,
    all,
    "rule·events",
    `${notRun} not run`,
  ),
);
