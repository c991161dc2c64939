import type { Span } from "../../core/index.js";
import { type Failure, ILLEGAL_ARGUMENT } from "./values/index.js";

/** Elasticsearch repeats so many failures of one part of a query. */
const MOST_FAILURES = 20;

/** Says of a part of the query that it failed for a row. */
export type Warn = (failure: { readonly message: string; readonly exception: string }) => void;

/** What a function of one value meets where a row has several. */
export const SEVERAL: Pick<Failure, "exception" | "message"> = {
  message: "single-value function encountered multi-value",
  exception: ILLEGAL_ARGUMENT,
};

/** The warnings of a query, as Elasticsearch gives them in the headers of its answer. Each is there once. */
export class Warnings {
  readonly #all = new Set<string>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get all(): string[] {
    return [...this.#all];
  }

  add(warning: string): void {
    this.#all.add(warning);
  }

  /** What takes the failures of a part of the query, whose result is then null, or false. */
  of({ start, end }: Span, treatedAs: "false" | "null" = "null"): Warn {
    let count = 0;
    return ({ message, exception }) => {
      if (count === MOST_FAILURES) return;
      const place = this.placeOf(start);
      if (count++ === 0)
        this.add(
          `${place}: evaluation of [${this.#text.slice(start, end)}] failed, treating result as ${treatedAs}. ` +
            `Only first ${MOST_FAILURES} failures recorded.`,
        );
      this.add(`${place}: ${exception}: ${message}`);
    };
  }

  /** `Line 2:7`, counted from 1. */
  placeOf(offset: number): string {
    const { line, column } = this.positionOf(offset);
    return `Line ${line}:${column}`;
  }

  positionOf(offset: number): {
    readonly line: number;
    readonly column: number;
  } {
    const before = this.#text.slice(0, offset);
    return {
      line: before.split("\n").length,
      column: offset - before.lastIndexOf("\n"),
    };
  }
}
