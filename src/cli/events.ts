import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Event } from "../query/index.js";
import { type Io, UsageError } from "./io.js";

/** One line of NDJSON. */
export interface EventLine {
  /** The file as it was named; `-` for standard input. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line as it stands there. */
  readonly text: string;
  /** The event; undefined where the line holds none, for the reason that `problem` gives. */
  readonly event: Event | undefined;
  readonly problem?: string;
  /** The hit of a search that the event stands in. */
  readonly hit?: Event;
}

/**
 * The events of NDJSON files, a line at a time, so that a file of any size takes the memory of its longest line. Hits of a
 * search (`{"_index": …, "_source": {…}}`) are read as the document in them. Empty lines are skipped.
 */
export async function* readEvents(io: Io, files: readonly string[]): AsyncGenerator<EventLine> {
  for (const file of files.length === 0 ? ["-"] : files) {
    let number = 0;
    for await (const text of lines(file === "-" ? io.input() : open(io, file))) {
      number++;
      if (text.trim() !== "") yield { file, line: number, text, ...eventOf(text) };
    }
  }
}

async function* open(io: Io, file: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(resolve(io.cwd, file), { encoding: "utf8" }) as AsyncIterable<string>;
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest: string[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
      rest.push(chunk.slice(from, end));
      yield whole(rest);
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.slice(from));
  }
  if (rest.length > 0) yield whole(rest);
}

const whole = (parts: readonly string[]): string => parts.join("").replace(/^\uFEFF|\r$/g, "");

function eventOf(text: string): Pick<EventLine, "event" | "hit" | "problem"> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { event: undefined, problem: `not JSON: ${(error as Error).message}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { event: undefined, problem: "not an object: an event is one JSON object a line" };
  const { _source: source, _index: index } = value as { _source?: unknown; _index?: unknown };
  const isHit = typeof index === "string" && typeof source === "object" && source !== null;
  return isHit ? { event: source as Event, hit: value as Event } : { event: value as Event };
}
