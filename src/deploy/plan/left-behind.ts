import type { Json } from "../../json/index.js";

/** An object that a run deleted to make it anew, and may not have made. */
export interface Lost {
  /** The run's name. */
  readonly run: string;
  /** As it was before that run. */
  readonly before: Json;
}

/** What earlier runs left unfinished, by the keys of changes. It counts only where the object is gone in Kibana. */
export type LeftBehind = ReadonlyMap<string, Lost>;

/** What is said of a change that makes what an earlier run deleted. */
export function continues({ run }: Lost): string {
  return `continues what the run ${run} left unfinished: what was not the file's comes from that run's snapshot`;
}
