/**
 * What reading and checking queries costs, in queries a second of CPU, by language: `tsx scripts/bench/queries/parse.ts`.
 * Cold is the first time that the process sees them.
 */
import { ecsFields } from "../../../src/fields/index.js";
import { checkQuery, type Language, parseQuery } from "../../../src/query/index.js";
import { realQueries } from "./corpus.js";
import { cpuMs, rate } from "./cost.js";

const queries = realQueries();
const fields = ecsFields();
const all = cpuMs(() => {
  for (const { language, query } of queries) checkQuery(parseQuery(language, query), { fields });
}, 1);
console.log(
  `${rate("all languages, parse + check, cold", queries.length, all, "queries")} (${all.toFixed(0)} ms)`,
);

for (const language of ["eql", "kuery", "lucene", "esql"] as const satisfies readonly Language[]) {
  const own = queries.filter((query) => query.language === language).map(({ query }) => query);
  if (own.length === 0) continue;
  const bytes = own.reduce((sum, query) => sum + Buffer.byteLength(query), 0);
  const rounds = Math.ceil(3000 / own.length);
  const parse = (): void => {
    for (let i = 0; i < rounds; i++) for (const query of own) parseQuery(language, query);
  };
  const check = (): void => {
    for (let i = 0; i < rounds; i++)
      for (const query of own) checkQuery(parseQuery(language, query), { fields });
  };
  parse();
  const ms = cpuMs(parse);
  const speed = `${((bytes * rounds) / ms / 1000).toFixed(0)} MB/s`;
  console.log(rate(`${language}, parse, warm`, own.length * rounds, ms, "queries", speed));
  check();
  console.log(rate(`${language}, parse + check, warm`, own.length * rounds, cpuMs(check), "queries"));
}
