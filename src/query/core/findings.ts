import {
  type Code,
  type ParamsOf,
  type ReportOptions,
  type Severity,
  state,
} from "../../diagnostics/index.js";
import { MAX_FINDINGS } from "./limits.js";
import type { Span } from "./span.js";

/** One finding in a query. `start` and `end` are UTF-16 offsets into the query's text, half-open. */
export interface QueryDiagnostic extends Span {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** What to do about it, in a sentence. */
  readonly help?: string;
}

/** Collects what the stages of one language find in one query; the first fifty, and a note that there are more. */
export class Findings {
  readonly #all: QueryDiagnostic[] = [];
  #full = false;

  get all(): readonly QueryDiagnostic[] {
    return this.#all;
  }

  /** Whether no more findings are kept, so that there is no use in looking for them. */
  get isFull(): boolean {
    return this.#full;
  }

  get hasErrors(): boolean {
    return this.#all.some((finding) => finding.severity === "error");
  }

  add<C extends Code>(
    code: C,
    params: ParamsOf<C>,
    { start, end }: Span,
    options: Omit<ReportOptions, "related"> = {},
  ): void {
    if (!this.#full) this.adopt({ ...state(code, params, options), start, end });
  }

  /** Takes over a finding of another language that stands in the query, with its range in this query's text. */
  adopt(finding: QueryDiagnostic): void {
    if (this.#full) return;
    if (this.#all.length === MAX_FINDINGS) {
      this.#full = true;
      const { start, end } = finding;
      this.#all.push({ ...state("query/too-many-findings", { limit: MAX_FINDINGS }), start, end });
      return;
    }
    this.#all.push(finding);
  }
}
