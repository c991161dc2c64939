/** Applies that are killed, and applies that run at the same time. */
import type { Scheduler } from "fast-check";
import { apply, type ApplyOptions } from "../../../src/deploy/apply/apply.js";
import type { ApplyResult } from "../../../src/deploy/apply/types.js";
import { planEnvironment, type PlanRequest } from "../../../src/deploy/environment.js";
import type { Change, Plan, Policy } from "../../../src/deploy/plan/types.js";
import type { Diagnostic } from "../../../src/diagnostics/index.js";
import type { Transport } from "../../../src/kibana/transport.js";
import { MemoryFiles } from "../../support/run-files.js";
import type { Embedded } from "../embedded.js";
import { changesOf, desired, type Wanted } from "../support.js";

export const ENV = { SLACK_URL: "https://hooks.slack.example.com/very-secret" };

export async function planned(
  world: Embedded,
  wanted: Wanted,
  policy: Partial<Policy> = {},
  more: Partial<PlanRequest> = {},
): Promise<Plan> {
  const { plan, diagnostics } = await planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces: [desired(wanted)],
    policy: { project: "acme", ...policy },
    connect: () => world.client(),
    ...more,
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

export interface Applied {
  readonly result?: ApplyResult;
  readonly diagnostics: Diagnostic[];
}

/** Applies; without `files` on a machine that has no journal of earlier runs. */
export function applied(
  world: Embedded,
  plan: Plan,
  transport: Transport = world.transport,
  more: Partial<ApplyOptions> = {},
): Promise<Applied> {
  return apply(plan, { client: world.client({ transport }), files: new MemoryFiles(), env: ENV, ...more });
}

export interface Cut {
  /** How many write requests arrive before the machine stops. */
  readonly writes: number;
  /** Whether the next one arrives too, and its answer does not come back. */
  readonly arrives: boolean;
}

const isWriteRequest = (method: string, url: string): boolean =>
  method !== "GET" && !/_export|_find/.test(url);

/** Applies until the machine stops. Whether it did; a run with fewer writes comes to its end. */
export async function cutOff(
  world: Embedded,
  plan: Plan,
  { writes, arrives }: Cut,
  more: Partial<ApplyOptions> = {},
): Promise<boolean> {
  let left = writes;
  let stop = (): void => undefined;
  const stopped = new Promise<true>((resolve) => {
    stop = () => resolve(true);
  });
  let isOff = false;
  const transport: Transport = async (exchange, now) => {
    const never = new Promise<never>(() => undefined);
    if (isOff) return never;
    if (!isWriteRequest(exchange.method, exchange.url) || left-- > 0) return world.transport(exchange, now);
    isOff = true;
    if (arrives) await world.transport(exchange, now);
    stop();
    return never;
  };
  return Promise.race([stopped, applied(world, plan, transport, more).then(() => false)]);
}

/** Lets requests through in the order that a scheduler chooses. */
export function scheduledBy(scheduler: Scheduler, name: string, transport: Transport): Transport {
  return async (exchange, now) => {
    await scheduler.schedule(
      Promise.resolve(),
      `${name} ${exchange.method} ${new URL(exchange.url).pathname}`,
    );
    return transport(exchange, now);
  };
}

/** Plans and applies until nothing is left to do, which must be soon. */
export async function settle(
  world: Embedded,
  wanted: Wanted,
  policy: Partial<Policy> = {},
): Promise<Change[]> {
  for (let i = 0; i < 3; i++) {
    const plan = await planned(world, wanted, policy);
    const { create, update, replace, delete: deleted } = plan.summary;
    if (create + update + replace + deleted === 0) return [...changesOf(plan)];
    await applied(world, plan);
  }
  throw new Error("it does not come to rest");
}
