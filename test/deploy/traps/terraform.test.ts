/** What the Terraform provider's users ran into, tried through the command line on each flavour of Kibana. */
import { describe, expect, it } from "vitest";
import { DeployWorld, item, type Json, list, rule, slack, touched } from "../../support/deploy-world.js";
import { FLAVOURS } from "../../support/flavours.js";

const RULE = "rules/r1.rule.yml";
const LIST = "rules/trusted.exceptions.yml";
const CONNECTOR = "rules/soc-slack.connector.yml";
const SLACK_URL = "https://hooks.example.com/services/very-secret";

/** Kibana's kinds of exception lists that rules may name. */
const LIST_TYPES = [
  "detection",
  "rule_default",
  "endpoint",
  "endpoint_trusted_apps",
  "endpoint_events",
  "endpoint_host_isolation_exceptions",
  "endpoint_blocklists",
];

/** Lists that a file may leave out or leave empty, which is the same. */
const EMPTY_LISTS: Json = {
  author: [],
  tags: [],
  references: [],
  false_positives: [],
  threat: [],
  severity_mapping: [],
  risk_score_mapping: [],
  related_integrations: [],
  exceptions_list: [],
  filters: [],
};

const threatMatch = (fields: Json = {}): Json =>
  rule({
    type: "threat_match",
    query: "*:*",
    threat_index: ["ti-*"],
    threat_query: "*:*",
    threat_mapping: [{ entries: [{ field: "source.ip", type: "mapping", value: "threat.indicator.ip" }] }],
    ...fields,
  });

describe.each(FLAVOURS)("what Terraform's provider ran into, on $name", (flavour) => {
  const use = (
    files: Readonly<Record<string, string | Json>>,
    test: (world: DeployWorld) => Promise<void>,
    spaces: readonly (string | Json)[] = ["default"],
  ): Promise<void> =>
    DeployWorld.use(files, { flavour, spaces }, (world) => {
      world.env["SLACK_URL"] = SLACK_URL;
      return test(world);
    });

  it("1: a rule goes to the spaces that want it, and to no other", () =>
    use(
      { [RULE]: rule(), "rules/r2.rule.yml": rule({ rule_id: "r2", name: "Rule two" }) },
      async (world) => {
        await world.apply();
        const ids = async (space: string): Promise<unknown[]> =>
          (await world.rules(space)).map(({ rule_id }) => String(rule_id)).sort();
        expect(await ids("soc")).toEqual(["r2"]);
        expect(await ids("apac")).toEqual(["r1", "r2"]);
        expect(await ids("default")).toEqual([]);
        world.write(RULE, rule({ severity: "high" }));
        world.write("rules/r2.rule.yml", rule({ rule_id: "r2", name: "Rule two", severity: "high" }));
        world.forget();
        await world.apply("--space", "soc");
        expect(new Set(world.writes.map(({ space }) => space))).toEqual(new Set(["soc"]));
        expect(await world.rule("r2", "soc")).toMatchObject({ severity: "high" });
        expect(await world.rule("r2", "apac")).toMatchObject({ severity: "low" });
      },
      [{ id: "soc", rules: ["rules/r2.rule.yml"] }, "apac"],
    ));

  it("2: a list that is left out and one that is empty are the same", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      for (const key of Object.keys(EMPTY_LISTS)) {
        world.write(RULE, rule({ [key]: [] }));
        expect(await world.changes(), key).toEqual([]);
      }
      world.write(RULE, rule(EMPTY_LISTS));
      expect(await world.changes()).toEqual([]);
      await world.send("delete", "/api/detection_engine/rules?rule_id=r1");
      await world.apply();
      expect(await world.changes()).toEqual([]);
      world.write(RULE, rule());
      expect(await world.changes()).toEqual([]);
    }));

  it("3: so are tags and os_types of exception lists and items", () =>
    use({ [LIST]: list([item("a"), item("b", { tags: [], os_types: [], comments: [] })]) }, async (world) => {
      await world.apply();
      expect(await world.changes()).toEqual([]);
      world.write(
        LIST,
        list([item("a", { tags: [], os_types: [], comments: [] }), item("b")], { tags: [], os_types: [] }),
      );
      expect(await world.changes()).toEqual([]);
    }));

  it("4: filters of indicators arrive as they are written, and are compared as they are", () => {
    const filter = (value: string): Json => ({
      meta: { negate: false, alias: null, disabled: false, key: "threat.feed.name", type: "phrase" },
      query: { match_phrase: { "threat.feed.name": value } },
    });
    return use(
      { [RULE]: threatMatch({ threat_filters: [filter("otx"), filter("misp")] }) },
      async (world) => {
        await world.apply();
        expect(await world.rule("r1")).toMatchObject({ threat_filters: [filter("otx"), filter("misp")] });
        expect(await world.changes()).toEqual([]);
        world.write(RULE, threatMatch({ threat_filters: [filter("otx")] }));
        const [change, ...others] = await world.changes();
        expect([change!.action, touched(change), others]).toEqual(["update", ["threat_filters"], []]);
        await world.apply();
        expect((await world.rule("r1"))!["threat_filters"]).toEqual([filter("otx")]);
        world.write(RULE, threatMatch());
        await world.apply();
        expect(await world.changes()).toEqual([]);
      },
    );
  });

  it("5: params of actions are JSON of any shape", () => {
    const params = {
      message: "{{context.rule.name}}",
      level: 3,
      urgent: true,
      nothing: null,
      documents: [{ nested: { deep: [1, "2", { three: 3.5 }] } }],
      "dotted.key": "stays",
    };
    return use(
      { [RULE]: rule({ actions: [{ connector: "soc-slack", params }] }), [CONNECTOR]: slack },
      async (world) => {
        await world.apply();
        expect(await world.rule("r1")).toMatchObject({ actions: [{ params }] });
        expect(await world.changes()).toEqual([]);
      },
    );
  });

  it("6: an action's alerts_filter keeps its shape", () => {
    const alerts_filter = {
      timeframe: { days: [1, 2, 3], timezone: "Europe/Berlin", hours: { start: "08:00", end: "17:30" } },
      query: {
        kql: 'host.name : "a.b" and kibana.alert.risk_score > 47',
        filters: [{ meta: { key: "x.y" }, query: { match_phrase: { "x.y": "z" } } }],
      },
    };
    const actions = [{ connector: "soc-slack", params: { message: "m" }, alerts_filter }];
    return use({ [RULE]: rule({ actions }), [CONNECTOR]: slack }, async (world) => {
      await world.apply();
      expect(await world.rule("r1")).toMatchObject({ actions: [{ alerts_filter }] });
      expect(await world.changes()).toEqual([]);
      const later = structuredClone(actions);
      later[0]!.alerts_filter.timeframe.days = [6, 7];
      world.write(RULE, rule({ actions: later }));
      const [change, ...others] = await world.changes();
      expect([change!.action, touched(change), others]).toEqual(["update", ["actions"], []]);
      await world.apply();
      expect(await world.changes()).toEqual([]);
    });
  });

  it("7: lists of every kind that Kibana has may be attached to a rule, and stay", () => {
    const types = flavour.name === "8.18" ? LIST_TYPES : [...LIST_TYPES, "endpoint_trusted_devices"];
    const attached = types.map((type, i) => ({
      id: `object-${i}`,
      list_id: `list-${i}`,
      type,
      namespace_type: type.startsWith("endpoint") ? "agnostic" : "single",
    }));
    return use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      await world.send("patch", "/api/detection_engine/rules", { rule_id: "r1", exceptions_list: attached });
      expect(await world.changes()).toEqual([]);
      world.write(RULE, rule({ note: "changed" }));
      await world.apply();
      expect(await world.rule("r1")).toMatchObject({ note: "changed", exceptions_list: attached });
      expect(await world.changes()).toEqual([]);
    });
  });

  it("8: a rule that is made anew does not refer to a rule_default list that nobody would make", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      const { id } = (await world.rule("r1"))!;
      await world.send("post", `/api/detection_engine/rules/${String(id)}/exceptions`, {
        items: [{ name: "x", description: "d", type: "simple", entries: item("x")["entries"] }],
      });
      expect(await world.changes()).toEqual([]);
      const lists = await world.lists();
      await world.send("delete", "/api/detection_engine/rules?rule_id=r1");
      await world.apply();
      expect((await world.rule("r1"))!["exceptions_list"]).toEqual([]);
      expect(await world.lists(), "the analyst's list is still there").toEqual(lists);
      // No file may name such a list: nothing would make it.
      world.write(
        RULE,
        rule({
          exceptions_list: [{ id: "x", list_id: "x", type: "rule_default", namespace_type: "single" }],
        }),
      );
      world.forget();
      const ran = await world.tryApply();
      if (ran.exit === 0) expect(await world.changes()).toEqual([]);
      else expect(world.writes).toEqual([]);
    }));

  it("9: index and data_view_id are known when the plan is made, and one takes the place of the other", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      const { index: _, ...without } = rule();
      world.write(RULE, { ...without, data_view_id: "logs-view" });
      const [change] = await world.changes();
      expect(touched(change).sort()).toEqual(["data_view_id", "index"]);
      await world.apply();
      const live = (await world.rule("r1"))!;
      expect(live).toMatchObject({ data_view_id: "logs-view" });
      expect(live).not.toHaveProperty("index");
      expect(await world.changes()).toEqual([]);
    }));

  it("10: a tag that Kibana or somebody in it added breaks nothing, and is shown as what it is", () =>
    use({ [RULE]: rule({ tags: ["a"] }) }, async (world) => {
      await world.apply();
      const { id } = (await world.rule("r1"))!;
      await world.send("post", "/api/detection_engine/rules/_bulk_action", {
        action: "edit",
        ids: [id],
        edit: [{ type: "add_tags", value: ["added"] }],
      });
      const [change] = await world.changes();
      expect(change).toMatchObject({ action: "conflict", conflict: { code: "drift" }, drift: true });
      expect(touched(change)).toEqual(["tags"]);
      expect(JSON.stringify(change!.diff)).toContain("added");
      expect((await world.tryApply()).exit).toBe(1);
      expect(await world.rule("r1")).toMatchObject({ tags: ["a", "added"] });
      await world.apply("--overwrite-drift");
      expect(await world.rule("r1")).toMatchObject({ tags: ["a"] });
      expect(await world.changes()).toEqual([]);
    }));

  it.each<[string, Json, Json]>([
    ["no config at all", slack, { config: null }],
    ["an empty config", { ...slack, config: {} }, { config: {} }],
    [
      "defaults of the server",
      {
        name: "hook",
        connector_type_id: ".webhook",
        config: { url: "https://example.com" },
        secrets: { user: "${HOOK_USER}", password: "${SLACK_URL}" },
      },
      {
        config: {
          url: "https://example.com",
          method: "post",
          headers: null,
          hasAuth: true,
          authType: "webhook-authentication-basic",
          verificationMode: null,
        },
      },
    ],
  ])("11: a connector with %s never shows in a plan again", async (_, file, live) => {
    const name = String(file["name"]);
    await use(
      { [CONNECTOR]: file, [RULE]: rule({ actions: [{ connector: name, params: { message: "m" } }] }) },
      async (world) => {
        world.env["HOOK_USER"] = "kdac";
        await world.apply();
        expect(await world.changes()).toEqual([]);
        world.rewrite = ({ path }, text) =>
          path === "/api/actions/connectors"
            ? JSON.stringify((JSON.parse(text) as Json[]).map((each) => ({ ...each, ...live })))
            : text;
        expect(await world.changes()).toEqual([]);
      },
    );
  });

  it("12: a change of type is announced as delete and create, and is made so", () =>
    use({ [RULE]: rule({ enabled: true }) }, async (world) => {
      await world.apply();
      const before = (await world.rule("r1"))!;
      const { index } = rule();
      world.write(RULE, rule({ type: "eql", query: "process where true", index, enabled: true }));
      const [change] = await world.changes();
      expect(change).toMatchObject({ action: "replace", id: "r1" });
      expect(change!.warnings?.map(({ code }) => code)).toContain("replaced");
      const shown = await world.run("plan", "--env", "test");
      expect(shown.out).toMatch(/1 to replace/);
      await world.apply();
      const after = (await world.rule("r1"))!;
      expect(after).toMatchObject({ type: "eql", enabled: true, rule_id: "r1" });
      expect(after["id"]).not.toBe(before["id"]);
      expect(await world.rules()).toHaveLength(1);
      expect(await world.changes()).toEqual([]);
    }));

  it("12: a rule is known by its rule_id, and by no UUID of a space", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      for (const sent of world.writes) expect(sent.body).not.toHaveProperty("id");
      // Made anew by somebody, from an export: another UUID, the same rule.
      const [line] = await world.exported();
      await world.send("delete", "/api/detection_engine/rules?rule_id=r1");
      await world.api.upload("/api/detection_engine/rules/_import", `${JSON.stringify(line)}\n`);
      expect(await world.changes()).toEqual([]);
    }));

  it("12: the legacy throttle of a rule becomes the frequency of its actions", () =>
    use(
      {
        [RULE]: rule({ throttle: "1h", actions: [{ connector: "soc-slack", params: { message: "m" } }] }),
        [CONNECTOR]: slack,
      },
      async (world) => {
        await world.apply();
        expect(await world.rule("r1")).toMatchObject({
          actions: [{ frequency: { summary: true, throttle: "1h", notifyWhen: "onThrottleInterval" } }],
        });
        expect(await world.changes()).toEqual([]);
      },
    ));
});
