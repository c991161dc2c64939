import { describe, expect, it } from "vitest";
import type { Plan } from "../../../src/deploy/plan/types.js";
import { listSnapshots, readSnapshot } from "../../../src/deploy/snapshot/file.js";
import { getStatus } from "../../../src/kibana/endpoints/index.js";
import { desiredRule, listOf, reference, type Wanted } from "../support.js";
import { RollbackWorld } from "./world.js";

const shared = listOf({ list_id: "shared", namespace_type: "agnostic" }, [{}]);
const wanted: Wanted = {
  rules: [desiredRule({ exceptions_list: [reference("shared", { namespace_type: "agnostic" })] })],
  lists: [shared],
};
const SPACES = ["emea", "default", "apac"];
const doings = ({ spaces }: Plan): string[] =>
  spaces.flatMap(({ space, changes }) => changes.map(({ action, key }) => `${space}: ${action} ${key}`));

async function applied(): Promise<RollbackWorld> {
  const world = new RollbackWorld({ spaces: ["emea", "apac"] });
  await world.apply(await world.plan(wanted, {}, SPACES));
  return world;
}

const dropSpace = (world: RollbackWorld, space: string): Promise<Response> =>
  world.embedded.kibana.fetch(
    new Request(`http://localhost:5601/api/spaces/space/${space}`, {
      method: "DELETE",
      headers: { authorization: `ApiKey ${world.embedded.kibana.apiKey}`, "kbn-xsrf": "t" },
    }),
  );

describe("a rollback of several spaces", () => {
  it("rolls back what is left when a space was deleted since, with what that one shared", async () => {
    const world = await applied();
    await dropSpace(world, "emea");
    const { plan, left, diagnostics } = await world.tryBack();
    expect(left).toEqual(["emea"]);
    expect(diagnostics).toEqual([
      {
        code: "deploy/missing-space",
        severity: "warning",
        message: 'the space "emea" does not exist, or the credentials may not see it',
        help: "create the space in Kibana, correct its id, or give the key access to it",
        target: { file: "kdac.config.yml", pointer: "/environments/test/spaces" },
      },
    ]);
    expect(doings(plan!)).toEqual([
      "default: delete rule/default/r1",
      "default: delete exception-item/*/shared-0",
      "default: delete exception-list/*/shared",
      "apac: delete rule/apac/r1",
    ]);
    expect((await world.apply(plan!)).summary).toMatchObject({ deleted: 4, failed: 0, skipped: 0 });
  });

  it("leaves out a space that the credentials may not read any more", async () => {
    const world = await applied();
    world.embedded.kibana.setFaults([{ match: { space: "apac" }, respond: { kind: "status", status: 403 } }]);
    const { plan, left, diagnostics } = await world.tryBack();
    expect(left).toEqual(["apac"]);
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(["warning deploy/kibana"]);
    expect(doings(plan!)).toEqual([
      "emea: conflict exception-list/*/shared",
      "emea: conflict exception-item/*/shared-0",
      "emea: delete rule/emea/r1",
      "default: delete rule/default/r1",
    ]);
    const unknown = /^who uses it is not known \(space "apac": .*403/;
    expect(plan!.spaces[0]!.changes.map(({ conflict }) => conflict)).toEqual([
      {
        code: "in-use",
        message: expect.stringMatching(unknown),
        help: "let the key read rules and exceptions there, or delete it in Kibana",
      },
      {
        code: "blocked",
        message: expect.stringMatching(/^its list stays: who uses it is not known/),
        help: "let the key read rules and exceptions there, or delete it in Kibana",
      },
      undefined,
    ]);
  });

  it("counts a space that it leaves out as read, and ends when Kibana fails in any other way", async () => {
    const world = await applied();
    const answer = (status: number): void =>
      world.embedded.kibana.setFaults([{ match: { space: "apac" }, respond: { kind: "status", status } }]);
    const steps: unknown[] = [];
    answer(403);
    const { plan, left } = await world.tryBack({ onProgress: (...step) => steps.push(step) });
    expect([left, plan!.spaces.map(({ space }) => space)]).toEqual([["apac"], ["emea", "default"]]);
    expect(steps).toEqual([1, 2, 3].map((done) => ["reading spaces", done, 3]));
    answer(400);
    const failed = await world.tryBack();
    expect([failed.plan, failed.left]).toEqual([undefined, []]);
    expect(failed.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "error deploy/kibana",
    ]);
  });

  it("is a plan for the Kibana that is there now", async () => {
    const world = await applied();
    const [name] = await listSnapshots(world.files, "test");
    const { snapshot } = await readSnapshot(world.files, name!);
    const { version } = (await getStatus(world.client)).dialect;
    expect((await world.back(false, { snapshot: { ...snapshot!, kibana: "8.0.0" } })).kibana).toBe(version);
  });

  it("has no plan when no space is left", async () => {
    const world = await applied();
    await dropSpace(world, "emea");
    const { plan, left, diagnostics } = await world.tryBack({ spaces: ["emea"] });
    expect(plan).toBeUndefined();
    expect(left).toEqual(["emea"]);
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "error deploy/missing-space",
    ]);
  });

  it("goes back in the spaces that are named alone, and asks nothing of the others", async () => {
    const world = await applied();
    world.embedded.requests.length = 0;
    const { plan, left, diagnostics } = await world.tryBack({ spaces: ["apac"] });
    expect([left, diagnostics]).toEqual([[], []]);
    expect(doings(plan!)).toEqual(["apac: delete rule/apac/r1"]);
    expect(world.embedded.requests).toEqual([
      "GET /api/status",
      "GET /api/spaces/space",
      "POST /s/apac/api/detection_engine/rules/_export",
    ]);
  });

  it("is refused for another Kibana, and for one that is too old", async () => {
    const world = await applied();
    const other = { ...world.client, base: "http://other:5601" };
    expect((await world.tryBack({ connect: () => other })).diagnostics).toMatchObject([
      {
        code: "deploy/other-kibana",
        message: 'the plan was made for "http://localhost:5601", not for "http://other:5601"',
      },
    ]);
    const old = new RollbackWorld({ version: "8.4.0" });
    expect((await world.tryBack({ connect: () => old.client })).diagnostics).toMatchObject([
      { code: "deploy/old-version", severity: "error" },
    ]);
  });
});
