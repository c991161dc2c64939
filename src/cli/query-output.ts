import { jsonText, visible, safeJson } from "../report/index.js";
import type { Explanation } from "../query/index.js";
import type { EventLine } from "./events.js";
import { explained } from "./explained.js";
import type { Io } from "./io.js";

export interface OutputOptions {
  readonly count?: boolean;
  readonly format: "json" | "ndjson";
}

/** Events that belong together, in order; null is the place of an event that is missing. */
export interface FoundSequence {
  readonly joinKeys: readonly unknown[];
  readonly events: readonly (EventLine | null)[];
}

/** Prints what a query finds: as it comes, or as one JSON document at the end. */
export class QueryOutput {
  readonly #io: Io;
  readonly #text: string;
  readonly #options: OutputOptions;
  readonly #entries: unknown[] = [];
  #events = 0;
  #matches = 0;

  /** `text` is the query. */
  constructor(io: Io, text: string, options: OutputOptions) {
    this.#io = io;
    this.#text = text;
    this.#options = options;
  }

  /** An event was read. */
  saw(): void {
    this.#events++;
  }

  /** An event matches. */
  event(line: EventLine): void {
    this.#found(`${safeJson(line.text)}\n`, () => place(line));
  }

  sequence({ joinKeys, events }: FoundSequence): void {
    const bodies = events.map((line) => (line === null ? null : line.event));
    this.#found(`${safeJson(JSON.stringify({ join_keys: joinKeys, events: bodies }))}\n`, () => ({
      join_keys: joinKeys,
      events: events.map((line) => (line === null ? null : place(line))),
    }));
  }

  /** What an event meets of the query; events that do not match are shown too. */
  explanation(line: EventLine, explanation: Explanation): void {
    const { matched } = explanation;
    if (matched) this.#matches++;
    if (this.#options.count === true) return;
    if (this.#options.format === "json") this.#entries.push({ ...place(line), matched, explanation });
    else {
      const { palette } = this.#io;
      const verdict = matched ? palette.green("matches") : palette.red("does not match");
      this.#io.out(`${palette.bold(`${visible(line.file)}:${line.line}`)}  ${verdict}\n`);
      this.#io.out(explained(this.#text, explanation, palette));
    }
  }

  end(language: string): void {
    const summary = { language, events: this.#events, matches: this.#matches };
    if (this.#options.format === "json") {
      const found = this.#options.count === true ? {} : { found: this.#entries };
      this.#io.out(jsonText({ version: 1, summary, ...found }));
    } else if (this.#options.count === true) this.#io.out(`${this.#matches}\n`);
  }

  #found(text: string, entry: () => unknown): void {
    this.#matches++;
    if (this.#options.count === true) return;
    if (this.#options.format === "json") this.#entries.push(entry());
    else this.#io.out(text);
  }
}

const place = ({ file, line, event }: EventLine): object => ({ file, line, event });
