import type { QueryDiagnostic } from "../../../src/query/core/index.js";
import * as kql from "../../../src/query/kql/index.js";

/** What a query says, without places. */
export function meaningOf(text: string): unknown {
  return withoutSpans(kql.parse(text).ast);
}

/** A tree without places. */
export function withoutSpans(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => (key === "start" || key === "end" ? undefined : value)),
  );
}

export function errorsOf(text: string): readonly QueryDiagnostic[] {
  return kql.parse(text).diagnostics.filter(({ severity }) => severity === "error");
}
