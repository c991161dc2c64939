/**
 * What running rules on events costs, in events a second of CPU: `tsx scripts/bench/queries/evaluate.ts [events]`. Many rules are
 * the real EQL and KQL ones, repeated with other literals where a thousand are wanted.
 */
import { compileQuery, eql, type Language, matchAll, parseQuery } from "../../../src/query/index.js";
import { type CorpusQuery, realEvents, realQueries } from "./corpus.js";
import { cpuMs, rate } from "./cost.js";

const events = realEvents(Number(process.argv[2] ?? 20_000));

const SIMPLE: readonly (readonly [Language, string])[] = [
  ["eql", 'process where process.name : "cmd.exe" and host.os.type == "windows"'],
  ["kuery", 'process.name: "cmd.exe" and host.os.type: windows'],
  ["lucene", "process.name:cmd.exe AND host.os.type:windows"],
];
for (const [language, text] of SIMPLE) {
  const { matches } = compileQuery(parseQuery(language, text))!;
  let found = 0;
  const work = (): void => {
    for (let i = 0; i < 20; i++) for (const event of events) if (matches(event)) found++;
  };
  work();
  console.log(rate(`${language}, one simple rule`, events.length * 20, cpuMs(work), "events"));
  if (found < 0) throw new Error("a count cannot be negative");
}

const real = realQueries().filter(({ language }) => language === "eql" || language === "kuery");
const many = (count: number): CorpusQuery[] =>
  Array.from({ length: count }, (_, i) => {
    const { language, query } = real[i % real.length]!;
    const round = Math.floor(i / real.length);
    return { language, query: round === 0 ? query : query.replaceAll(".exe", `${round}.exe`) };
  });
for (const count of [139, 1000]) {
  const rules = many(count);
  const ms = cpuMs(() => void matchAll(rules, events));
  console.log(rate(`${count} real rules together`, events.length, ms, "events"));
  console.log(rate(`${count} real rules together`, events.length * count, ms, "rule·events"));
}

const sequence =
  'sequence by host.name with maxspan=1m [any where event.kind == "event"] [process where true] [file where true]';
eql.run(sequence, events);
console.log(
  rate(
    "one sequence",
    events.length,
    cpuMs(() => void eql.run(sequence, events)),
    "events",
  ),
);
