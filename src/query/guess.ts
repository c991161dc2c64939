import type { Language } from "./language.js";

const ESQL = /^\s*(?:from|row|show|ts|set|promql|explain)\s/i;
const EQL = /^\s*(?:(?:sequence|sample|join)\s|(?:any|[A-Za-z_][\w.-]*|"[^"\n]*")\s+where\s)/;

/** The language that a query is most likely in, by how it begins; KQL where nothing tells. */
export function guessLanguage(text: string): Language {
  if (EQL.test(text)) return "eql";
  return ESQL.test(text) ? "esql" : "kuery";
}
