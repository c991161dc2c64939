import { Findings, MAX_LENGTH, type QueryDiagnostic } from "../core/index.js";
import type { Query } from "./ast.js";
import { KqlParser } from "./parser.js";

/** Reads a query. The tree is there whatever the text; the first error stands where Kibana's parser stops. */
export function parse(text: string): {
  readonly ast: Query;
  readonly diagnostics: readonly QueryDiagnostic[];
} {
  const findings = new Findings();
  if (text.length <= MAX_LENGTH) {
    return { ast: new KqlParser(text, findings).query(), diagnostics: findings.all };
  }
  const span = { start: 0, end: text.length };
  const limit = { length: text.length, limit: MAX_LENGTH };
  findings.add("query/too-long", limit, { start: MAX_LENGTH, end: text.length });
  return {
    ast: { kind: "query", body: { kind: "error", text: "", ...span }, ...span },
    diagnostics: findings.all,
  };
}
