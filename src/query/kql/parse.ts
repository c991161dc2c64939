import { Findings, isTooLong, type Parsed } from "../core/index.js";
import type { Query } from "./ast.js";
import { KqlParser } from "./parser.js";

/** Reads a query. The tree is there whatever the text; the first error stands where Kibana's parser stops. */
export function parse(text: string): Parsed<Query> {
  const findings = new Findings();
  if (isTooLong(text, findings)) {
    const span = { start: 0, end: text.length };
    const ast: Query = { kind: "query", body: { kind: "error", text: "", ...span }, ...span };
    return { ast, diagnostics: findings.all };
  }
  return { ast: new KqlParser(text, findings).query(), diagnostics: findings.all };
}
