import { type FieldsInput, fieldsOf } from "../../fields/index.js";
import type { Readers } from "./event.js";
import type { FieldScope } from "./field-source.js";

/** What compiling a query to a test of events takes, whatever the language. */
export interface CompileOptions {
  /**
   * How fields are mapped. Values of other fields are compared as keywords are (exactly, with regard to case), but
   * numbers as numbers, addresses with a block of addresses, and in ranges times as times.
   */
  readonly fields?: FieldsInput;
  /** What `now` means, in milliseconds since 1970; by default the time of compiling. */
  readonly now?: number;
  /** Reads values by the names that events have for them. For many queries on the same events. */
  readonly readers?: Readers;
}

/** Where names of fields are looked up, and what `now` means, in milliseconds since 1970. */
export interface Scope extends FieldScope {
  readonly now: number;
}

export function scopeOf({ fields, now = Date.now(), readers }: CompileOptions): Scope {
  return { fields: fields === undefined ? undefined : fieldsOf(fields), now, readers };
}
