/** An embedded Kibana that is applied to and brought back, by the library alone. */
import { apply, type ApplyOptions } from "../../../src/deploy/apply/apply.js";
import type { ApplyResult } from "../../../src/deploy/apply/types.js";
import { planEnvironment } from "../../../src/deploy/environment.js";
import type { Plan, Policy } from "../../../src/deploy/plan/types.js";
import {
  type PlannedRollback,
  rollbackEnvironment,
  type RollbackRequest,
} from "../../../src/deploy/snapshot/environment.js";
import { listSnapshots, readSnapshot } from "../../../src/deploy/snapshot/file.js";
import { findEveryRule } from "../../../src/deploy/live/find.js";
import type { Diagnostic } from "../../../src/diagnostics/index.js";
import {
  exportValues,
  findItems,
  findValueLists,
  listConnectors,
  listLists,
} from "../../../src/kibana/endpoints/index.js";
import type { Client } from "../../../src/kibana/client.js";
import type { KibanaOptions } from "../../../src/emulator/index.js";
import { MemoryFiles } from "../../support/run-files.js";
import { embedded } from "../embedded.js";
import { desired, type Wanted } from "../support.js";

export type Json = Readonly<Record<string, unknown>>;
export const ENV = { SLACK_URL: "https://hooks.slack.example.com/very-secret" };

/** What Kibana stamps anew with each write, or makes up for an object. */
const STAMPS = new Set([
  "_version",
  "created_at",
  "created_by",
  "id",
  "revision",
  "tie_breaker_id",
  "updated_at",
  "updated_by",
  "@timestamp",
]);

export class RollbackWorld {
  readonly files = new MemoryFiles();
  readonly client: Client;
  readonly embedded: ReturnType<typeof embedded>;

  constructor(options: KibanaOptions = {}) {
    this.embedded = embedded(options);
    this.client = this.embedded.client();
  }

  async plan(wanted: Wanted, policy: Partial<Policy> = {}, spaces = ["default"]): Promise<Plan> {
    const { plan, diagnostics } = await planEnvironment({
      environment: "test",
      configFile: "kdac.config.yml",
      spaces: spaces.map((space) => desired(wanted, space)),
      policy: { project: "acme", ...policy },
      connect: () => this.client,
    });
    if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
    return plan;
  }

  tryApply(
    plan: Plan,
    more: Partial<ApplyOptions> = {},
  ): Promise<{ result?: ApplyResult; diagnostics: Diagnostic[] }> {
    return apply(plan, { client: this.client, files: this.files, env: ENV, ...more });
  }

  async apply(plan: Plan, more: Partial<ApplyOptions> = {}): Promise<ApplyResult> {
    const { result, diagnostics } = await this.tryApply(plan, more);
    if (result === undefined) throw new Error(JSON.stringify(diagnostics));
    return result;
  }

  /** Plans the way back from the last apply, or says what stands in the way. */
  async tryBack(policy: Partial<RollbackRequest> = {}): Promise<PlannedRollback> {
    const [name] = await listSnapshots(this.files, "test");
    const { snapshot, diagnostics } = await readSnapshot(this.files, name!);
    if (snapshot === undefined) throw new Error(JSON.stringify(diagnostics));
    return rollbackEnvironment({
      snapshot,
      name: name!,
      configFile: "kdac.config.yml",
      overwriteDrift: false,
      connect: () => this.client,
      ...policy,
    });
  }

  /** The plan of the way back from the last apply. */
  async back(overwriteDrift = false, policy: Partial<RollbackRequest> = {}): Promise<Plan> {
    const { plan, diagnostics } = await this.tryBack({ overwriteDrift, ...policy });
    if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
    return plan;
  }

  /** All that a space has, but for what Kibana stamps. */
  async state(space = "default"): Promise<Json> {
    const lists = await listLists(this.client, space);
    const keys = lists.map((list) => ({
      list_id: list.list_id,
      namespace_type: list["namespace_type"] as "single" | "agnostic",
    }));
    const values = await findValueLists(this.client, space);
    return {
      rules: byText((await findEveryRule(this.client, space)).map((one) => bare(one))),
      lists: byText(lists.map((one) => bare(one))),
      items: byText(
        (keys.length === 0 ? [] : await findItems(this.client, space, keys)).map((one) => bare(one)),
      ),
      connectors: byText(await listConnectors(this.client, space)),
      values: byText(
        await Promise.all(
          values.map(async (list) => ({
            ...(bare(list) as Json),
            // Kibana counts the writes of a value list.
            version: undefined,
            list: list.id,
            values: (await exportValues(this.client, space, list.id)).sort(),
          })),
        ),
      ),
    };
  }
}

/** Without stamps, and without the ids that Kibana makes up: those of objects, of comments and of exception lists. */
function bare(value: unknown, within = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => bare(entry, within));
  if (typeof value !== "object" || value === null) return value;
  const stamped = ["", "comments", "exceptions_list"].includes(within);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, field]) => field !== undefined && !(stamped && STAMPS.has(key)))
      .filter(([key, field]) => key !== "meta" || Object.keys(field as Json).length > 0)
      .map(([key, field]) => [key, bare(field, key)]),
  );
}

function byText(list: readonly unknown[]): unknown[] {
  return [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
