/** What the users of detection-rules ran into, tried through the command line on each flavour of Kibana. */
import { describe, expect, it } from "vitest";
import { DeployWorld, item, type Json, list, rule, slack, touched } from "../../support/deploy-world.js";
import { FLAVOURS } from "../../support/flavours.js";

const RULE = "rules/r1.rule.yml";
const LIST = "rules/trusted.exceptions.yml";
const CONNECTOR = "rules/soc-slack.connector.yml";

/** The fields that no schema knows, by the findings of `kdac validate`. */
async function unknownFields(world: DeployWorld): Promise<string[]> {
  const { out } = await world.run("validate", "--format", "json");
  const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string; message: string }[] };
  return diagnostics
    .filter(({ code }) => code === "field/unknown")
    .map(({ message }) => /"([^"]+)"/.exec(message)![1]!);
}

describe.each(FLAVOURS)("what detection-rules ran into, on $name", (flavour) => {
  const use = (
    files: Readonly<Record<string, string | Json>>,
    test: (world: DeployWorld) => Promise<void>,
  ): Promise<void> =>
    DeployWorld.use(files, { flavour }, (world) => {
      world.env["SLACK_URL"] = "https://hooks.example.com/services/very-secret";
      return test(world);
    });

  it("13: response actions go live whole, and change as other fields do", () => {
    const isolate = { action_type_id: ".endpoint", params: { command: "isolate", comment: "contain" } };
    const kill = {
      action_type_id: ".endpoint",
      params: {
        command: "kill-process",
        comment: "end it",
        config: { overwrite: false, field: "process.entity_id" },
      },
    };
    const osquery = {
      action_type_id: ".osquery",
      params: {
        query: "SELECT * FROM processes",
        timeout: 120,
        ecs_mapping: { "process.pid": { field: "pid" } },
      },
    };
    return use({ [RULE]: rule({ response_actions: [isolate, osquery] }) }, async (world) => {
      await world.apply();
      expect((await world.rule("r1"))!["response_actions"]).toMatchObject([isolate, osquery]);
      expect(await world.changes()).toEqual([]);
      world.write(RULE, rule({ response_actions: [kill, osquery] }));
      expect((await world.changes()).map(touched)).toEqual([["response_actions"]]);
      await world.apply();
      expect((await world.rule("r1"))!["response_actions"]).toMatchObject([kill, osquery]);
      expect(await world.changes()).toEqual([]);
    });
  });

  it("14: suppression of a threshold rule has a duration and no group_by", () => {
    const threshold = (suppression: Json): Json =>
      rule({
        type: "threshold",
        query: "*:*",
        threshold: { field: ["host.id"], value: 5 },
        alert_suppression: suppression,
      });
    const duration = { value: 5, unit: "m" };
    return use({ [RULE]: threshold({ duration }) }, async (world) => {
      await world.apply();
      expect(await world.rule("r1")).toMatchObject({ alert_suppression: { duration } });
      expect(await world.changes()).toEqual([]);
      world.write(RULE, threshold({ duration, group_by: ["host.id"] }));
      world.forget();
      const refused = await world.tryApply();
      expect(refused.exit).toBe(1);
      expect(refused.out).toContain("group_by");
      expect(world.sent, "nothing was even asked").toEqual([]);
    });
  });

  it("15: a timeline of one's own may be named", () =>
    use(
      {
        [RULE]: rule({
          timeline_id: "6b3f6cf4-9d3c-4a4e-8f0f-2f6a5d1b7c11",
          timeline_title: "Our own timeline",
        }),
      },
      async (world) => {
        await world.apply();
        expect(await world.rule("r1")).toMatchObject({ timeline_title: "Our own timeline" });
        expect(await world.changes()).toEqual([]);
        world.write(RULE, rule());
        await world.apply();
        expect(await world.rule("r1")).not.toHaveProperty("timeline_id");
        expect(await world.changes()).toEqual([]);
      },
    ));

  it.each([
    ["|", "process.name : x.exe and\n  user.name : y\n"],
    ["|-", "process.name : x.exe and\n  user.name : y"],
    [">", "process.name : x.exe and user.name : y\n"],
    ["|+", "process.name : x.exe and\n  user.name : y\n\n"],
  ])("16: the line break at the end of a block %s makes no changes without end", (style) =>
    use(
      {
        [RULE]: `rule_id: r1
name: Rule one
description: Finds something.
type: query
severity: low
risk_score: 21
index: [logs-*]
note: ${style}
  # Guide

  Look at it.
query: ${style}
  process.name : x.exe and
    user.name : y
`,
      },
      async (world) => {
        await world.apply();
        expect(await world.changes()).toEqual([]);
        const before = world.files();
        await world.run("pull", "--env", "test");
        expect(world.files()).toEqual(before);
        world.forget();
        await world.apply();
        expect(world.writes).toEqual([]);
      },
    ),
  );

  it("17: dates and counters of the server are in no file, and change nothing", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      const { id } = (await world.rule("r1"))!;
      // Each of these stamps the rule anew.
      for (const action of ["enable", "disable"])
        await world.send("post", "/api/detection_engine/rules/_bulk_action", { action, ids: [id] });
      expect(await world.changes()).toEqual([]);
      await world.send("patch", "/api/detection_engine/rules", { rule_id: "r1", severity: "high" });
      expect((await world.run("pull", "--env", "test")).exit).toBe(0);
      const pulled = world.read(RULE);
      expect(pulled).toContain("high");
      expect(pulled).not.toMatch(/updated_at|created_at|updated_by|revision|2026-01-01/);
      await world.apply();
      expect(await world.changes()).toEqual([]);
    }));

  it("18: fields of the indicators are checked in the query that is theirs", () =>
    use(
      {
        [RULE]: rule({
          type: "threat_match",
          query: "*:*",
          threat_index: ["logs-ti_*"],
          threat_query: "threat.indicator.urll.full : *",
          threat_mapping: [
            { entries: [{ field: "source.ip", type: "mapping", value: "threat.indicator.ip" }] },
          ],
        }),
      },
      async (world) => {
        expect(await unknownFields(world)).toEqual(["threat.indicator.urll.full"]);
      },
    ));

  it("19: fields of ranges are checked as others are", () =>
    use({ [RULE]: rule({ query: "process.pidd > 5 and process.pid >= 5" }) }, async (world) => {
      expect(await unknownFields(world)).toEqual(["process.pidd"]);
    }));

  it("20: errors of an import are told of although they may name no rule", () =>
    use(
      {
        [RULE]: rule({ enabled: true }),
        "rules/r2.rule.yml": rule({ rule_id: "r2", name: "Rule two" }),
      },
      async (world) => {
        // The second rule of the file fails, and the error does not say whose it is.
        world.setFaults([
          {
            match: { path: "/rules/_import" },
            times: 1,
            respond: { kind: "partial", failures: 1, message: "out of luck" },
          },
        ]);
        world.rewrite = ({ path }, text) => {
          if (!path.includes("/rules/_import")) return text;
          const answer = JSON.parse(text) as { errors: Json[]; action_connectors_errors: Json[] };
          expect(answer.errors).toHaveLength(1);
          return JSON.stringify({
            ...answer,
            errors: answer.errors.map(({ error }) => ({ error })),
            action_connectors_errors: [
              { id: "x", error: { status_code: 409, message: "Saved Object already exists" } },
            ],
          });
        };
        await world.tryApply("--bootstrap");
        expect(world.sent.filter(({ path }) => path.includes("/rules/_import"))).toHaveLength(1);
        world.rewrite = undefined;
        world.setFaults([]);
        await world.tryApply();
        expect((await world.rules()).map(({ rule_id }) => String(rule_id)).sort()).toEqual(["r1", "r2"]);
        expect(await world.rule("r1")).toMatchObject({ enabled: true });
        expect(await world.changes()).toEqual([]);
      },
    ));

  it("21: one changed rule is one write; one exported rule takes only what it names along", () =>
    use(
      {
        [RULE]: rule({
          exceptions: ["trusted"],
          actions: [{ connector: "soc-slack", params: { message: "m" } }],
        }),
        "rules/r2.rule.yml": rule({ rule_id: "r2", name: "Rule two", exceptions: ["other"] }),
        [LIST]: list([item("a")]),
        "rules/other.exceptions.yml": list([item("b"), item("c")], { list_id: "other", name: "Others" }),
        [CONNECTOR]: slack,
      },
      async (world) => {
        await world.apply();
        world.write("rules/r2.rule.yml", rule({ rule_id: "r2", name: "Rule 2", exceptions: ["other"] }));
        world.forget();
        await world.apply();
        expect(world.writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
          "PUT /api/detection_engine/rules",
        ]);
        const { out } = await world.run("export", "rules/r2.rule.yml", "--out", "-");
        const lines = out
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Json);
        expect(lines.at(-1)).toMatchObject({
          exported_rules_count: 1,
          exported_exception_list_count: 1,
          exported_exception_list_item_count: 2,
          exported_action_connector_count: 0,
        });
        expect(out).not.toContain("trusted");
      },
    ));
});
