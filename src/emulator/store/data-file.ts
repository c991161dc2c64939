/** Keeps the state in a file from one run to the next. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ExceptionItemResponse, ExceptionListResponse } from "../../kibana/exceptions.js";
import type { StoredBackfill } from "../backfill/store.js";
import type { StoredDataView } from "../data-views/store.js";
import type { StoredTimeline } from "../timelines/store.js";
import type { State } from "./state.js";
import {
  type SpaceData,
  type StoredConnector,
  type StoredRule,
  type StoredSpace,
  type StoredValue,
  type StoredValueList,
} from "./state.js";

const FORMAT = "kdac embedded Kibana";
const FORMAT_VERSION = 1;

interface SavedSpace {
  readonly id: string;
  readonly rules: readonly StoredRule[];
  readonly lists: readonly ExceptionListResponse[];
  readonly items: readonly ExceptionItemResponse[];
  readonly connectors: readonly StoredConnector[];
  readonly valueLists: readonly StoredValueList[];
  readonly values: readonly StoredValue[];
  readonly hasListStreams: boolean;
  /** Files of earlier versions have none of these. */
  readonly backfills?: readonly StoredBackfill[];
  readonly timelines?: readonly StoredTimeline[];
  readonly dataViews?: readonly StoredDataView[];
  readonly defaultDataView?: string;
}

interface Saved {
  readonly format: string;
  readonly formatVersion: number;
  readonly uuid: string;
  readonly sequence: number;
  readonly spaces: readonly StoredSpace[];
  readonly sharedLists: readonly ExceptionListResponse[];
  readonly sharedItems: readonly ExceptionItemResponse[];
  readonly data: readonly SavedSpace[];
}

/** A data file that cannot be used. The message names the file and says what is wrong. */
export class DataFileError extends Error {
  override readonly name = "DataFileError";
}

/** Reads the state of an earlier run into a fresh one, which it gives where there is no such file. Throws `DataFileError`. */
export function readState(file: string, fresh: (uuid?: string) => State): State {
  if (!existsSync(file)) return fresh();
  let saved: unknown;
  try {
    saved = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new DataFileError(`cannot read the data file "${file}": ${(error as Error).message}`);
  }
  const problem = problemOf(saved);
  if (problem !== undefined) throw new DataFileError(`cannot use the data file "${file}": ${problem}`);
  const { uuid } = saved as Saved;
  return thaw(saved as Saved, fresh(uuid));
}

const LISTS = ["spaces", "sharedLists", "sharedItems", "data"] as const;
const LISTS_OF_A_SPACE = ["rules", "lists", "items", "connectors", "valueLists", "values"] as const;
const NEWER_LISTS_OF_A_SPACE = ["backfills", "timelines", "dataViews"] as const;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isListOfObjects(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every((each) => isRecord(each) && typeof each["id"] === "string");
}

function problemOf(saved: unknown): string | undefined {
  if (!isRecord(saved) || saved["format"] !== FORMAT) return "it was not written by the embedded Kibana";
  if (saved["formatVersion"] !== FORMAT_VERSION) {
    return `its format version is ${JSON.stringify(saved["formatVersion"])}, this kdac reads ${FORMAT_VERSION}`;
  }
  if (typeof saved["uuid"] !== "string" || typeof saved["sequence"] !== "number") return "it is incomplete";
  const broken = LISTS.find((key) => !isListOfObjects(saved[key]));
  if (broken !== undefined) return `"${broken}" is no list of objects`;
  for (const space of saved["data"] as Record<string, unknown>[]) {
    const newer = NEWER_LISTS_OF_A_SPACE.filter((key) => space[key] !== undefined);
    const brokenInside = [...LISTS_OF_A_SPACE, ...newer].find((key) => !isListOfObjects(space[key]));
    if (brokenInside !== undefined)
      return `"${brokenInside}" of space "${String(space["id"])}" is no list of objects`;
  }
  return undefined;
}

function thaw(saved: Saved, state: State): State {
  state.sequence = saved.sequence;
  for (const space of saved.spaces) state.spaces.set(space.id, space);
  for (const list of saved.sharedLists) state.shared.lists.put(list);
  for (const item of saved.sharedItems) state.shared.items.put(item);
  for (const from of saved.data) {
    const space = state.in(from.id);
    for (const rule of from.rules) space.rules.put(rule);
    for (const list of from.lists) space.exceptions.lists.put(list);
    for (const item of from.items) space.exceptions.items.put(item);
    for (const connector of from.connectors) space.connectors.set(connector.id, connector);
    for (const list of from.valueLists) space.valueLists.set(list.id, list);
    for (const value of from.values) space.values.put(value);
    space.hasListStreams = from.hasListStreams;
    for (const backfill of from.backfills ?? []) space.backfills.set(backfill.id, backfill);
    for (const timeline of from.timelines ?? []) space.timelines.set(timeline.id, timeline);
    if (from.dataViews !== undefined) {
      space.dataViews.clear();
      for (const view of from.dataViews) space.dataViews.set(view.id, view);
    }
    space.defaultDataView = from.defaultDataView;
  }
  return state;
}

function frozen(state: State): Saved {
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    uuid: state.uuid,
    sequence: state.sequence,
    spaces: [...state.spaces.values()],
    sharedLists: [...state.shared.lists.values()],
    sharedItems: [...state.shared.items.values()],
    data: [...state.allData()].map(frozenSpace),
  };
}

function frozenSpace(space: SpaceData): SavedSpace {
  return {
    id: space.id,
    rules: [...space.rules.values()],
    lists: [...space.exceptions.lists.values()],
    items: [...space.exceptions.items.values()],
    connectors: [...space.connectors.values()].filter((connector) => !connector.preconfigured),
    valueLists: [...space.valueLists.values()],
    values: [...space.values.values()],
    hasListStreams: space.hasListStreams,
    backfills: [...space.backfills.values()],
    timelines: [...space.timelines.values()],
    dataViews: [...space.dataViews.values()],
    ...(space.defaultDataView === undefined ? {} : { defaultDataView: space.defaultDataView }),
  };
}

/** Writes come in bursts; this long after the first of a burst the file is written. */
const SETTLE_MS = 100;

/** Writes the state behind the requests that change it, never half: a temporary file takes the place of the old one. */
export class DataFile {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private dirty = false;
  private failure: Error | undefined;

  constructor(
    private readonly file: string,
    private readonly state: State,
  ) {}

  /** The state has changed. */
  touch(): void {
    this.dirty = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.write();
    }, SETTLE_MS);
  }

  /** Resolves when every change so far is on disk; rejects with what kept the file from being written. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.write();
    await this.writing;
    if (this.failure !== undefined) throw this.failure;
  }

  private write(): void {
    this.writing = this.writing.then(() => this.writeNow());
  }

  private async writeNow(): Promise<void> {
    if (!this.dirty) return;
    this.dirty = false;
    const temporary = `${this.file}.tmp`;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      await writeFile(temporary, JSON.stringify(frozen(this.state)), { mode: 0o600 });
      await rename(temporary, this.file);
      this.failure = undefined;
    } catch (error) {
      this.dirty = true;
      this.failure = new DataFileError(
        `cannot write the data file "${this.file}": ${(error as Error).message}`,
      );
    }
  }
}
