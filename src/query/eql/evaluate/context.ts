import type { Schema } from "./schema.js";

/** What compiling an expression needs beside the expression. */
export interface Context {
  readonly schema: Schema;
  /** Milliseconds since 1970, for dates such as `now-1d`. */
  readonly now: number;
}
