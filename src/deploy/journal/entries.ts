import { isJson, parseJson } from "../../json/index.js";
import type { Kind } from "../plan/types.js";

export const JOURNAL_VERSION = 1;

/** The first line of a journal. */
export interface Started {
  readonly event: "started";
  readonly version: typeof JOURNAL_VERSION;
  /** ISO time. */
  readonly at: string;
  readonly project: string;
  readonly environment: string;
  readonly url: string;
  /** Whose credentials carry the plan out, where that is known. */
  readonly user?: string;
  /** Digest of the plan. */
  readonly plan: string;
  /** Name of the snapshot that was taken before. */
  readonly snapshot: string;
  /** How many changes the plan makes. */
  readonly changes: number;
}

/** A change that is about to be made. It is on the disk before its request goes. */
export interface Intent {
  readonly event: "intent";
  readonly space: string;
  readonly key: string;
  readonly action: string;
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
}

/** What became of a change. One that was never tried has no intent. */
export interface Ended {
  readonly event: "outcome";
  readonly key: string;
  readonly outcome: "done" | "failed" | "skipped";
  readonly reason?: string;
}

/** The last line: the run came to its end, whatever became of its changes. */
export interface Finished {
  readonly event: "finished";
  readonly at: string;
  readonly summary: Readonly<Record<string, number>>;
}

export type Entry = Started | Intent | Ended | Finished;

/** The lines of a journal. What is no line of one is left out: the last may be cut where the machine stopped. */
export function readEntries(text: string): Entry[] {
  return text
    .split("\n")
    .map(parseJson)
    .filter((value): value is Entry & Readonly<Record<string, unknown>> => isJson(value) && isEntry(value));
}

function isEntry(value: Readonly<Record<string, unknown>>): boolean {
  switch (value["event"]) {
    case "started":
      return value["version"] === JOURNAL_VERSION && typeof value["changes"] === "number";
    case "intent":
      return ["key", "kind", "name", "action"].every((field) => typeof value[field] === "string");
    case "outcome":
      return typeof value["key"] === "string" && typeof value["outcome"] === "string";
    default:
      return value["event"] === "finished";
  }
}
