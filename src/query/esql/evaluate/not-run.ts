import type { Span } from "../../core/index.js";

/** Thrown where a query asks for something that kdac does not calculate, so that nobody takes the query for silent. */
export class NotRun extends Error {
  override readonly name = "NotRun";
  readonly what: string;
  readonly span: Span;

  /** @param what such as `KNN()` or `CHANGE_POINT`; the message says that it does not run */
  constructor(what: string, span: Span, why = "it does not run on events") {
    super(`${what}: ${why}`);
    this.what = what;
    this.span = span;
  }
}
