import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import { missingInKibana } from "../../src/deploy/named-in-kibana.js";
import { PREBUILT_TIMELINES } from "../../src/kibana/timelines.js";
import { type FaultResponse, FLAVOURS } from "../../src/emulator/index.js";
import { DeployWorld, rule } from "../support/deploy-world.js";
import { embedded, type Embedded } from "./embedded.js";
import { desired, desiredRule } from "./support.js";

const TEMPLATE = "11111111-1111-4111-8111-111111111111";
const at = { file: "kdac.config.yml", pointer: "/environments/test/spaces" };
const refuse: FaultResponse = { kind: "status", status: 403, body: { statusCode: 403, message: "no" } };

async function post(world: Embedded, path: string, body: unknown, space = "default"): Promise<unknown> {
  return world.client().json({ method: "POST", path, space, body, doing: "make", repeat: "never" });
}

/** `default` has the data view `logs` and the template; `emea` has neither. */
async function populated(options = {}): Promise<Embedded> {
  const world = embedded({ spaces: ["emea"], ...options });
  await post(world, "/api/data_views/data_view", { data_view: { id: "logs", title: "logs-*" } });
  await post(world, "/api/timeline", {
    timeline: { title: "Ours" },
    timelineType: "template",
    templateTimelineId: TEMPLATE,
    templateTimelineVersion: 1,
  });
  world.requests.length = 0;
  return world;
}

const naming = (fields: Record<string, unknown>, ...spaces: string[]): ReturnType<typeof desired>[] =>
  spaces.map((space) => desired({ rules: [desiredRule(fields)] }, space));
const look = (
  world: Embedded,
  spaces: ReturnType<typeof desired>[],
  missing: string[] = [],
): Promise<Diagnostic[]> => missingInKibana(world.client(), spaces, missing, at);
const view = { data_view_id: "logs" };
const timeline = { timeline_id: TEMPLATE, timeline_title: "Ours" };

describe("what rules name and a space lacks", () => {
  it("is a data view, at the rule's line, with the spaces", async () => {
    const world = await populated();
    expect(await look(world, naming(view, "default"))).toEqual([]);
    expect(await look(world, naming(view, "default", "emea"))).toEqual([
      {
        code: "deploy/missing-data-view",
        severity: "warning",
        message: 'the data view "logs" does not exist in space "emea"',
        help: "create it there, or correct the id: without it the rule fails at every run",
        target: { file: "rules/r1.rule.yml", pointer: "/data_view_id" },
      },
    ]);
    const none = await look(world, naming({ data_view_id: "none" }, "default", "emea"));
    expect(none.map(({ message }) => message)).toEqual([
      'the data view "none" does not exist in spaces "default", "emea"',
    ]);
  });

  it.each(FLAVOURS)("is a timeline template on %s", async (flavour) => {
    const world = await populated({ flavour });
    expect(await look(world, naming(timeline, "default", "emea"))).toEqual([
      {
        code: "deploy/missing-timeline",
        severity: "warning",
        message: `the timeline "${TEMPLATE}" does not exist in space "emea"`,
        help: "import it there, or correct the id",
        target: { file: "rules/r1.rule.yml", pointer: "/timeline_id" },
      },
    ]);
  });

  it.each(FLAVOURS)("is no timeline that is named by Kibana's own id on %s", async (flavour) => {
    const world = await populated({ flavour });
    const { timeline: found } = (await world.client().json({
      method: "GET",
      path: "/api/timelines",
      doing: "find",
      repeat: "never",
    })) as { timeline: { savedObjectId: string }[] };
    const own = { timeline_id: found[0]!.savedObjectId, timeline_title: "Ours" };
    expect(await look(world, naming(own, "default"))).toEqual([]);
  });

  it("is no template that Kibana ships, which costs no request; nor is one without a name", async () => {
    const world = await populated();
    expect(PREBUILT_TIMELINES.size).toBe(10);
    const rules = [...PREBUILT_TIMELINES].map((timeline_id) =>
      desiredRule({ timeline_id, timeline_title: "t" }),
    );
    expect(await look(world, [desired({ rules }), ...naming({ data_view_id: "" }, "emea")])).toEqual([]);
    expect(world.requests).toEqual([]);
  });

  it("is asked for once for each space and timeline", async () => {
    const world = await populated();
    const rules = ["a", "b"].map((rule_id) => desiredRule({ rule_id, ...view, ...timeline }));
    expect(await look(world, [desired({ rules })])).toEqual([]);
    expect(world.requests).toEqual(["GET /api/data_views", "GET /api/timeline"]);
  });

  it("is everything in a space that is yet to be made, but for what Kibana ships", async () => {
    const world = await populated();
    const [prebuilt] = PREBUILT_TIMELINES;
    const spaces = [
      desired({ rules: [desiredRule(view), desiredRule({ rule_id: "r2", ...timeline })] }, "new"),
      desired({ rules: [desiredRule({ timeline_id: prebuilt, timeline_title: "t" })] }, "new"),
    ];
    expect((await look(world, spaces, ["new"])).map(({ message }) => message)).toEqual([
      'the data view "logs" does not exist in space "new"',
      `the timeline "${TEMPLATE}" does not exist in space "new"`,
    ]);
    expect(world.requests).toEqual([]);
  });

  it.each([
    ["data views", "/api/data_views", { ...view }],
    ["timelines", "/api/timeline", { ...timeline }],
  ])("is not known where %s cannot be read, which is said once", async (what, path, fields) => {
    const world = await populated();
    world.kibana.setFaults([{ match: { path }, respond: refuse }]);
    const rules = ["a", "b"].map((rule_id) => desiredRule({ rule_id, ...fields }));
    const found = await look(world, [desired({ rules }), desired({ rules }, "emea")]);
    expect(found).toEqual([
      {
        code: "deploy/not-looked-for",
        severity: "warning",
        message: expect.stringMatching(`^whether the ${what} that rules name exist was not checked: .*403`),
        help: "let the key read them, or go on",
        target: at,
      },
    ]);
    expect(world.requests).toHaveLength(1);
  });

  it("is said by a plan, which goes on", () =>
    DeployWorld.use(
      { "rules/one.rule.yml": rule({ data_view_id: "none", index: undefined }) },
      {},
      async (world) => {
        const { exit, out, err } = await world.run("plan", "--env", "test");
        expect(exit).toBe(0);
        expect(out).toContain("1 to create");
        expect(err).toMatch(
          /rules\/one\.rule\.yml:\d+:\d+[^]*the data view "none" does not exist in space "default"/,
        );
      },
    ));
});
