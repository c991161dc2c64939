import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/deploy/apply/apply.js";
import type { Desired, DesiredRule } from "../../src/deploy/desired/desired.js";
import { planEnvironment } from "../../src/deploy/environment.js";
import type { Plan } from "../../src/deploy/plan/types.js";
import type { Client } from "../../src/kibana/client.js";
import { estate } from "./arbitrary.js";
import { embedded } from "./embedded.js";
import { FakeKibana } from "./fake-kibana.js";
import { connectorOf, desired, listOf } from "./support.js";
import { MemoryFiles } from "../support/run-files.js";

const lists = [listOf({}, [{}]), listOf({ list_id: "other" }, [{ comments: [{ comment: "why" }] }])];
const spaceOf = (rules: DesiredRule[]): Desired => desired({ rules, lists, connectors: [connectorOf()] });

async function planned(client: Client, rules: DesiredRule[]): Promise<Plan> {
  const { plan, diagnostics } = await planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces: [spaceOf(rules)],
    policy: { project: "acme" },
    connect: () => client,
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

async function carriedOut(client: Client, plan: Plan): Promise<void> {
  const { result } = await apply(plan, {
    client,
    env: { SLACK_URL: "https://hooks.example.com" },
    files: new MemoryFiles(),
  });
  expect(
    result!.spaces.flatMap(({ results }) => results).filter(({ outcome }) => outcome !== "done"),
  ).toEqual([]);
}

/** What a plan would still do, for a message that shows it. */
const rest = (plan: Plan): unknown[] =>
  plan.spaces.flatMap(({ changes }) =>
    changes
      .filter(({ action }) => action !== "unchanged")
      .map(({ id, action, conflict, diff }) => ({ id, action, conflict, diff })),
  );

interface World {
  readonly client: Client;
  /** What the codecs of the wire find wrong with the requests. */
  readonly wrong: readonly string[];
}

const KIBANAS: Readonly<Record<string, () => World>> = {
  "a fake Kibana": () => {
    const kibana = new FakeKibana("default");
    return { client: kibana.client(), wrong: kibana.wrong };
  },
  "the embedded Kibana": () => {
    const world = embedded();
    return { client: world.client(), wrong: world.wrong };
  },
};

describe.each(Object.entries(KIBANAS))("with %s", (_, connect) => {
  it("plan after apply is empty for rules of every type and any change of them, and all that is sent is what the wire takes", async () => {
    await fc.assert(
      fc.asyncProperty(estate, async (rules) => {
        const { client, wrong } = connect();
        const [before, after] = [rules.map(([one]) => one), rules.map(([, two]) => two)];
        await carriedOut(client, await planned(client, before));
        expect(rest(await planned(client, before))).toEqual([]);
        const change = await planned(client, after);
        expect(change.summary.conflict).toBe(0);
        await carriedOut(client, change);
        expect(rest(await planned(client, after))).toEqual([]);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
