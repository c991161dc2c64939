import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { Client } from "../../kibana/client.js";
import { dialectOf } from "../../kibana/dialect.js";
import type { LiveRule } from "../../kibana/endpoints/index.js";
import { isKibanaError, type KibanaError } from "../../kibana/errors.js";
import { readRules } from "../live/actual.js";
import { Ids } from "./ids.js";
import { type ApplyResult, type ChangeResult, RESULT_VERSION } from "./types.js";
import { write, type Writing } from "./write.js";
import { kibanaFinding, missingSpaces, settingAt } from "../findings.js";
import { type Change, type Kind, type Plan, type SpacePlan } from "../plan/types.js";
import { type Environment, missingSecrets } from "./secrets.js";

export interface ApplyOptions {
  /** The client, or what makes it; what that throws becomes a finding. */
  readonly client: Client | (() => Client);
  /** Where connectors' secrets come from. */
  readonly env: Environment;
  /** Random version 4 UUIDs, for connectors whose file gives no id. */
  readonly uuid: () => string;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Where the plan was read from, for findings about it. */
  readonly planFile?: string;
  /** Path of the configuration, for findings about the environment. */
  readonly configFile?: string;
}

export interface ApplyProgress {
  readonly space: string;
  readonly done: number;
  readonly total: number;
}

/** The rules to be updated as they are right before the writes, by rule_id; or why that could not be seen. */
type LastLook = ReadonlyMap<string, LiveRule> | string;

/** In this order, so that a rule is never live without what it refers to. */
const ORDER: readonly Kind[] = ["connector", "exception-list", "exception-item", "rule"];

/**
 * Carries out a plan: this very one, and nothing that it does not hold. Nothing is written when the plan is for
 * another Kibana, a secret is missing, or a space is gone; then there are only findings. A change that fails stops nothing but what needs
 * it; when Kibana cannot be reached any more, the rest is skipped. Rules that were changed since the plan was made are
 * left alone. A second run after any failure plans and makes what is still missing.
 */
export async function apply(
  plan: Plan,
  options: ApplyOptions,
): Promise<{ result?: ApplyResult; diagnostics: Diagnostic[] }> {
  try {
    const client = typeof options.client === "function" ? options.client() : options.client;
    const diagnostics = [...mismatches(plan, client, options), ...missingSecrets(plan, options.env)];
    if (diagnostics.length > 0) return { diagnostics };
    const run = new Run(plan, client, options);
    if (run.total > 0) diagnostics.push(...(await goneSpaces(plan, client, options)));
    return diagnostics.length > 0 ? { diagnostics } : { result: await run.apply(), diagnostics };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { diagnostics: [kibanaFinding(error, plan.environment, configFileOf(options))] };
  }
}

/** The spaces that the plan writes to and that are not there. */
async function goneSpaces(plan: Plan, client: Client, options: ApplyOptions): Promise<Diagnostic[]> {
  const spaces = plan.spaces.filter(({ changes }) => changes.some(isWrite)).map(({ space }) => space);
  return missingSpaces(client, spaces, settingAt(plan.environment, configFileOf(options), "spaces"));
}

function configFileOf({ configFile = "kdac.config.yml" }: ApplyOptions): string {
  return configFile;
}

function mismatches(plan: Plan, client: Client, { planFile = "plan.json" }: ApplyOptions): Diagnostic[] {
  if (plan.url === client.base) return [];
  return [report("deploy/other-kibana", { planned: plan.url, given: client.base }, { file: planFile })];
}

class Run {
  readonly #plan: Plan;
  readonly #client: Client;
  readonly #options: ApplyOptions;
  /** Changes that were not made, by key. */
  readonly #lost = new Map<string, Change>();
  readonly #sharedIds = new Map<string, string>();
  /** Changes to be made. */
  readonly total: number;
  #done = 0;
  /** Why nothing more is tried. */
  #stopped: string | undefined;
  #failuresInARow = 0;

  constructor(plan: Plan, client: Client, options: ApplyOptions) {
    this.#plan = plan;
    this.#client = client;
    this.#options = options;
    this.total = plan.spaces.flatMap((space) => space.changes).filter(isWrite).length;
  }

  async apply(): Promise<ApplyResult> {
    const spaces: { space: string; results: ChangeResult[] }[] = [];
    for (const space of this.#plan.spaces)
      spaces.push({ space: space.space, results: await this.#space(space) });
    const results = spaces.flatMap((space) => space.results);
    const count = (matches: (result: ChangeResult) => boolean): number => results.filter(matches).length;
    const { project, environment, url } = this.#plan;
    return {
      version: RESULT_VERSION,
      summary: {
        created: count(({ outcome, action }) => outcome === "done" && action === "create"),
        updated: count(({ outcome, action }) => outcome === "done" && action === "update"),
        unchanged: this.#plan.summary.unchanged,
        failed: count(({ outcome }) => outcome === "failed"),
        skipped: count(({ outcome }) => outcome === "skipped"),
      },
      project,
      environment,
      url,
      spaces,
    };
  }

  async #space(planned: SpacePlan): Promise<ChangeResult[]> {
    const client = this.#client;
    const { env, uuid } = this.#options;
    const writing: Writing = {
      client,
      space: planned.space,
      env,
      uuid,
      ids: new Ids(this.#sharedIds),
    };
    const look = await this.#look(planned);
    const results: ChangeResult[] = [];
    for (const kind of ORDER) {
      const changes = planned.changes.filter(
        (change) => change.kind === kind && change.action !== "unchanged",
      );
      results.push(...(await Promise.all(changes.map((change) => this.#change(change, writing, look)))));
    }
    return results;
  }

  /** One look at the rules that are to be updated, so that what was changed since the plan is not overwritten. */
  async #look(planned: SpacePlan): Promise<LastLook> {
    const ids = planned.changes
      .filter(({ kind, action }) => kind === "rule" && action === "update")
      .map(({ id }) => id);
    try {
      const dialect = dialectOf(this.#plan.kibana ?? undefined);
      const rules =
        this.#stopped === undefined ? await readRules(this.#client, planned.space, ids, dialect) : new Map();
      return new Map([...rules].flatMap(([id, live]) => (live[0] === undefined ? [] : [[id, live[0]]])));
    } catch (error) {
      this.#note(error);
      return `the rules could not be looked at before the write (${messageOf(error)})`;
    }
  }

  async #change(change: Change, writing: Writing, look: LastLook): Promise<ChangeResult> {
    const refusal = this.#refusal(change, look);
    if (refusal !== undefined) {
      this.#lost.set(change.key, change);
      return refusal;
    }
    try {
      const notes = await write(change, writing, typeof look === "string" ? undefined : look.get(change.id));
      this.#failuresInARow = 0;
      return { ...resultOf(change, "done"), ...(notes.length === 0 ? {} : { notes }) };
    } catch (error) {
      this.#lost.set(change.key, change);
      this.#note(error);
      return { ...resultOf(change, "failed"), ...reasonOf(error) };
    } finally {
      this.#done++;
      this.#options.onProgress?.({ space: writing.space, done: this.#done, total: this.total });
    }
  }

  /** Why a change is not tried. */
  #refusal(change: Change, look: LastLook): ChangeResult | undefined {
    if (change.conflict !== undefined) {
      return { ...resultOf(change, "skipped"), reason: change.conflict.message, help: change.conflict.help };
    }
    if (this.#stopped !== undefined)
      return { ...resultOf(change, "skipped"), reason: `not tried: ${this.#stopped}` };
    const lost = change.needs?.map((key) => this.#lost.get(key)).find((need) => need !== undefined);
    if (lost !== undefined) {
      return {
        ...resultOf(change, "skipped"),
        reason: `not written without the ${lost.kind.replace("-", " ")} "${lost.id}", which could not be written`,
        help: "mend that and apply again",
      };
    }
    if (change.kind !== "rule" || change.action !== "update") return undefined;
    if (typeof look === "string") {
      return { ...resultOf(change, "skipped"), reason: look, help: "apply again" };
    }
    const live = look.get(change.id);
    if (live !== undefined && Number(live["revision"] ?? 0) === change.expected?.revision) return undefined;
    return {
      ...resultOf(change, "failed"),
      reason: `it was ${live === undefined ? "deleted" : "changed"} since the plan was made`,
      help: "plan again",
    };
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

function isWrite(change: Change): boolean {
  return change.action === "create" || change.action === "update";
}

function resultOf(change: Change, outcome: ChangeResult["outcome"]): ChangeResult {
  const { kind, key, id, name, file } = change;
  return { outcome, action: change.action as ChangeResult["action"], kind, key, id, name, file };
}

function reasonOf(error: unknown): { reason: string; help?: string } {
  if (!isKibanaError(error)) return { reason: messageOf(error) };
  const { problem, help }: KibanaError = error;
  return { reason: problem, ...(help === undefined ? {} : { help }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
