import { randomUUID } from "node:crypto";
import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import { dialectOf } from "../../kibana/dialect.js";
import { createSpace, ensureListStreams } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { writeSurely } from "../journal/files.js";
import type { Journal } from "../journal/journal.js";
import { isWrite } from "../plan/actions.js";
import type { Change, Kind, Plan, SpacePlan } from "../plan/types.js";
import type { ApplyOptions } from "./apply.js";
import { bootstrapRules } from "./bootstrap.js";
import { Ids } from "./ids.js";
import type { Seen } from "./look.js";
import { inPool } from "./pool.js";
import { applyResult, failed, messageOf, resultOf, skipped } from "./results.js";
import type { ApplyResult, ChangeResult } from "./types.js";
import { uses, usersBy } from "./uses.js";
import { write, type Writing } from "./write.js";

export interface RunOptions extends Pick<
  ApplyOptions,
  "env" | "files" | "failFast" | "bootstrap" | "onProgress" | "runId"
> {
  readonly plan: Plan;
  readonly client: Client;
  /** What was seen of each space before the first write. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** Absent where nothing is to be written. */
  readonly journal?: Journal;
  /** Name of the snapshot. */
  readonly snapshot?: string;
}

/** In this order, so that a rule is never live without what it refers to. */
const WRITES: readonly Kind[] = ["connector", "value-list", "exception-list", "exception-item", "rule"];
/** And in this one, when every write is made: what is referred to goes after what refers to it. */
const DELETES: readonly Kind[] = ["rule", "exception-item", "exception-list", "value-list", "connector"];

/** One carrying out of a plan. */
export class Run {
  readonly #options: RunOptions;
  readonly #client: Client;
  readonly #plan: Plan;
  readonly #id: string;
  readonly #total: number;
  readonly #results = new Map<string, ChangeResult>();
  /** Changes that were not made, by key, with their space. */
  readonly #lost = new Map<string, { readonly change: Change; readonly space: string }>();
  /** Spaces that could not be made, with the reason. */
  readonly #lostSpaces = new Map<string, string>();
  readonly #sharedIds = new Map<string, string>();
  #done = 0;
  /** Why nothing more is tried. */
  #stopped: string | undefined;
  #failuresInARow = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#plan = options.plan;
    this.#id = options.runId ?? randomUUID();
    this.#total = options.plan.spaces.flatMap(({ changes }) => changes).filter(isWrite).length;
  }

  async apply(): Promise<ApplyResult> {
    for (const planned of this.#plan.spaces) await this.#writes(planned);
    for (const kind of DELETES) for (const planned of this.#plan.spaces) await this.#deletes(planned, kind);
    const spaces = this.#plan.spaces.map(({ space, changes }) => ({
      space,
      results: changes.flatMap(({ key }) => this.#results.get(key) ?? []),
    }));
    const { snapshot } = this.#options;
    return applyResult(this.#plan, spaces, {
      ...(snapshot === undefined ? {} : { snapshot }),
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    });
  }

  async #writes(planned: SpacePlan): Promise<void> {
    for (const change of planned.changes)
      if (change.conflict !== undefined)
        this.#lose(change, planned.space, skipped(change, change.conflict.message, change.conflict.help));
    if (!planned.changes.some(isWrite)) return;
    await this.#makeSpace(planned.space);
    const writing = this.#writing(planned.space);
    for (const kind of WRITES) {
      const changes = planned.changes.filter(
        (change) => change.kind === kind && isWrite(change) && change.action !== "delete",
      );
      if (changes.length === 0) continue;
      if (
        kind === "rule" &&
        this.#options.bootstrap === true &&
        changes.every(({ action }) => action === "create")
      )
        await this.#bootstrap(changes, writing);
      else await this.#each(changes, writing);
    }
  }

  async #deletes({ space, changes }: SpacePlan, kind: Kind): Promise<void> {
    const deletes = changes.filter(({ action }) => action === "delete");
    // A list is asked about before its items go as well: who uses it needs them.
    const asked = kind === "exception-item" ? "exception-list" : kind;
    await this.#keepUsed(
      deletes.filter((change) => change.kind === asked),
      space,
      deletes,
    );
    const some = deletes.filter(({ kind: of, key }) => of === kind && !this.#results.has(key));
    await this.#each(some, this.#writing(space));
  }

  /** Gives up deleting what something uses at this moment, and the items of such lists. */
  async #keepUsed(some: readonly Change[], space: string, deletes: readonly Change[]): Promise<void> {
    const open = some.filter(({ key }) => !this.#results.has(key));
    const refused = new Map(open.map((change) => [change, this.#refusal(change, space)]));
    const asked = open.filter((change) => refused.get(change) === undefined);
    const used = await usersBy(this.#client, space, asked);
    for (const change of open) {
      const reason = used.get(change);
      const result =
        refused.get(change) ??
        (reason === undefined
          ? undefined
          : skipped(change, `not deleted: ${reason}`, "end that in Kibana and plan again, or leave it"));
      if (result === undefined) continue;
      this.#lose(change, space, result);
      const items = deletes.filter(
        ({ kind, key }) => kind === "exception-item" && change.needs?.includes(key),
      );
      for (const item of items)
        if (!this.#results.has(item.key))
          this.#lose(item, space, skipped(item, `its list stays: ${result.reason}`, result.help));
    }
  }

  #writing(space: string): Writing {
    const { env, snapshot = "" } = this.#options;
    let streams: Promise<void> | undefined;
    return {
      client: this.#client,
      space,
      env,
      project: this.#plan.project,
      run: this.#id,
      snapshot,
      keep: (space, rule) => this.#keep(space, rule),
      ids: new Ids(this.#sharedIds),
      streams: () => (streams ??= ensureListStreams(this.#client, space)),
    };
  }

  /** Puts a rule that is gone beside the snapshot. */
  async #keep(space: string, rule: Json): Promise<string> {
    const { files, snapshot = "" } = this.#options;
    const path = `snapshots/${snapshot}/${space.replace(/[^\w-]/g, "_")}.edited.ndjson`;
    await writeSurely(files, path, `${JSON.stringify(rule)}\n`);
    return `.kdac/${path}`;
  }

  async #makeSpace(space: string): Promise<void> {
    if (this.#plan.creates_spaces?.includes(space) !== true || this.#stopped !== undefined) return;
    try {
      await createSpace(this.#client, { id: space, name: space });
    } catch (error) {
      // Somebody else was faster, or the answer to our own first request was lost.
      if (isKibanaError(error, "conflict")) return;
      this.#note(error);
      this.#lostSpaces.set(space, `the space could not be made: ${messageOf(error)}`);
    }
  }

  async #each(changes: readonly Change[], writing: Writing): Promise<void> {
    await inPool(changes, this.#client.concurrency, async (change) => {
      const refusal = this.#refusal(change, writing.space);
      if (refusal !== undefined) return this.#lose(change, writing.space, refusal);
      if (!(await this.#intend(change, writing.space))) return;
      try {
        const notes = await write(change, writing);
        this.#failuresInARow = 0;
        this.#end(change, writing.space, {
          ...resultOf(change, "done"),
          ...(notes.length === 0 ? {} : { notes }),
        });
      } catch (error) {
        this.#note(error);
        this.#lose(change, writing.space, failed(change, error));
      }
    });
  }

  async #bootstrap(changes: readonly Change[], writing: Writing): Promise<void> {
    const { space } = writing;
    const wanted = changes.filter((change) => {
      const refusal = this.#refusal(change, space);
      if (refusal !== undefined) this.#lose(change, space, refusal);
      return refusal === undefined;
    });
    const dialect = dialectOf(this.#plan.kibana ?? undefined);
    await bootstrapRules(wanted, writing, dialect, {
      refusal: (change) => this.#refusal(change, space),
      intend: (change) => this.#intend(change, space),
      failed: (error) => this.#note(error),
      end: (change, result) =>
        result.outcome === "done" ? this.#end(change, space, result) : this.#lose(change, space, result),
    });
  }

  /** Why a change is not tried. */
  #refusal(change: Change, space: string): ChangeResult | undefined {
    if (this.#stopped !== undefined) return skipped(change, `not tried: ${this.#stopped}`);
    const noSpace = this.#lostSpaces.get(space);
    if (noSpace !== undefined) return skipped(change, noSpace);
    const need = change.needs?.map((key) => this.#lost.get(key)?.change).find((lost) => lost !== undefined);
    if (need !== undefined)
      return skipped(
        change,
        `not ${change.action === "delete" ? "deleted" : "written"} without the ${nameOf(need)}, which could not be ${need.action === "delete" ? "deleted" : "written"}`,
        "fix that and apply again",
      );
    const user = change.action === "delete" ? this.#stillUsing(change) : undefined;
    if (user === undefined) return undefined;
    return skipped(
      change,
      `not deleted: the ${nameOf(user)}, which could not be written, still refers to it`,
      "fix that and apply again",
    );
  }

  /** A rule that refers to what is to be deleted, because the change that would have ended that was not made. */
  #stillUsing(change: Change): Change | undefined {
    for (const { change: lost, space } of this.#lost.values()) {
      if (lost.kind !== "rule") continue;
      const live: readonly Json[] = this.#options.seen.get(space)?.rules.get(lost.id) ?? [];
      if (live.some((rule) => uses(rule, change, space))) return lost;
    }
    return undefined;
  }

  /** Puts the intent on the disk; where that fails, nothing more is begun. */
  async #intend(change: Change, space: string): Promise<boolean> {
    try {
      await this.#options.journal?.intent(space, change);
      return true;
    } catch (error) {
      this.#stopped ??= messageOf(error);
      this.#lose(change, space, skipped(change, `not tried: ${this.#stopped}`));
      return false;
    }
  }

  #lose(change: Change, space: string, result: ChangeResult): void {
    this.#lost.set(change.key, { change, space });
    if (result.outcome === "failed" && this.#options.failFast === true)
      this.#stopped ??= "stopped after the first failure (--fail-fast)";
    this.#end(change, space, result);
  }

  #end(change: Change, space: string, result: ChangeResult): void {
    this.#results.set(change.key, result);
    if (!isWrite(change)) return;
    if (result.outcome !== "skipped")
      this.#options.journal?.outcome(change.key, result.outcome, result.reason);
    this.#done++;
    this.#options.onProgress?.({ space, done: this.#done, total: this.#total });
  }

  /** Stops trying when there is no Kibana to try with. */
  #note(error: unknown): void {
    if (!isKibanaError(error)) return;
    const gone = isKibanaError(error, "auth", "dns", "login", "not-kibana", "refused", "tls", "url");
    const struggling = isKibanaError(error, "network", "timeout", "throttled", "unavailable");
    this.#failuresInARow = struggling ? this.#failuresInARow + 1 : 0;
    if (gone || this.#failuresInARow >= this.#client.concurrency) this.#stopped ??= error.message;
  }
}

function nameOf({ kind, id }: Change): string {
  return `${kind.replace("-", " ")} "${id}"`;
}
