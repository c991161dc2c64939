import type { Json } from "../../json/index.js";
import type { Language } from "../../query/index.js";
import { plural } from "../../report/summary.js";
import type { Risk } from "./rank.js";
import { type Clause, clausesOf, implies } from "./formula/formula.js";
import { type Shape, shapeOf } from "./formula/of-query.js";
import { named } from "./words.js";

const LANGUAGES: ReadonlySet<unknown> = new Set<Language>(["eql", "esql", "kuery", "lucene"]);
/** Words that take something out, in any of the languages; for queries that cannot be read. */
const EXCLUDING = /\bnot\b|!=/gi;

/** What a changed query, and a changed query of an indicator match rule's indicators, does to what is found. */
export function queryRisks(before: Json, after: Json): Risk[] {
  return [
    ...compared(before["query"], after["query"], languagesOf(before, after, "language"), "the query"),
    ...compared(
      before["threat_query"],
      after["threat_query"],
      languagesOf(before, after, "threat_language"),
      "the query for indicators",
    ),
  ];
}

function languagesOf(before: Json, after: Json, field: string): [unknown, unknown] {
  return [before[field] ?? "kuery", after[field] ?? "kuery"];
}

function compared(
  before: unknown,
  after: unknown,
  [old, young]: readonly [unknown, unknown],
  what: string,
): Risk[] {
  if (typeof before !== "string" || typeof after !== "string" || before === after) return [];
  if (old !== young || !LANGUAGES.has(old)) return byWords(before, after, what);
  const language = old as Language;
  const [was, is] = [shapeOf(language, before), shapeOf(language, after)];
  if (was === undefined || is === undefined) return byWords(before, after, what);
  return byShape(was, is, what);
}

function byShape(was: Shape, is: Shape, what: string): Risk[] {
  if (was.steps.length !== is.steps.length) return [];
  const steps = was.steps.map((step, i) => {
    const [before, after] = [clausesOf(step), clausesOf(is.steps[i]!)];
    return { come: beyond(after, before), gone: beyond(before, after) };
  });
  const come = steps.flatMap((step) => step.come);
  const gone = steps.flatMap((step) => step.gone);
  const grown = come.filter(({ excludes }) => excludes);
  const asked = come.filter(({ excludes }) => !excludes);
  const risks: Risk[] = [];
  if (grown.length > 0) {
    risks.push({ code: "exclusion-grown", message: `${what} excludes more: ${texts(grown)}` });
  }
  if (was.frame !== is.frame || !was.monotone) return risks;
  if (gone.length === 0 && asked.length > 0) {
    risks.push({ code: "query-narrowed", message: `${what} finds less: it also asks for ${texts(asked)}` });
  }
  if (come.length === 0 && gone.length > 0) {
    risks.push({ code: "query-widened", message: `${what} finds more: no longer asks for ${texts(gone)}` });
  }
  return risks;
}

/** The clauses that no clause of the others already makes sure of. */
function beyond(clauses: readonly Clause[], others: readonly Clause[]): Clause[] {
  return clauses.filter((clause) => !others.some((other) => implies(other, clause)));
}

function texts(clauses: readonly Clause[]): string {
  return named(clauses.map(({ text }) => text));
}

function byWords(before: string, after: string, what: string): Risk[] {
  const [was, is] = [before, after].map((text) => [...text.matchAll(EXCLUDING)].length) as [number, number];
  if (is <= was) return [];
  const message = `${what} has ${plural(is, "exclusion")}, where it had ${was}`;
  return [{ code: "exclusion-grown", message }];
}
