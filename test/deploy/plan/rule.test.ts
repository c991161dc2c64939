import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/deploy/plan/types.js";
import type { LiveRule } from "../../../src/kibana/endpoints/index.js";
import {
  action,
  applied,
  connectorLive,
  desiredRule,
  listLive,
  listOf,
  only,
  planOne,
  reference,
  ruleFields,
  ruleOf,
  stored,
} from "../support.js";

const bodyOf = (change: ReturnType<typeof only>): Record<string, unknown> => change.write!.body;
const mine = (changed: Record<string, unknown> = {}): LiveRule => applied(desiredRule(), changed);

describe("a rule that the space does not have", () => {
  it("is created as compiled, with the mark", () => {
    const change = only(planOne({ rules: [desiredRule({ meta: { from: "1m" } })] }));
    expect(change).toMatchObject({ action: "create", id: "r1", file: "rules/r1.rule.yml", diff: [] });
    expect(bodyOf(change)).toEqual({
      ...ruleOf(),
      meta: {
        from: "1m",
        kdac: { project: "acme", rule_id: "r1", digest: expect.stringMatching(/^2:[0-9a-f]{16}$/) as string },
      },
    });
  });

  it("keeps the mark small, because each alert carries it", () => {
    const { kdac } = bodyOf(only(planOne({ rules: [desiredRule()] })))["meta"] as { kdac: unknown };
    expect(JSON.stringify(kdac).length).toBeLessThan(100);
  });
});

describe("a rule of this project", () => {
  it("2, 11, 40: is unchanged although Kibana filled in defaults and its own fields", () => {
    expect(only(planOne({ rules: [desiredRule()] }, { rules: [mine()] }))).toMatchObject({
      action: "unchanged",
      diff: [],
    });
  });

  it("is updated when the file changes, with what differs", () => {
    const change = only(
      planOne({ rules: [desiredRule({ severity: "high", tags: ["a"], note: "n" })] }, { rules: [mine()] }),
    );
    expect(change.action).toBe("update");
    expect(change.diff).toEqual([
      { path: "severity", before: "low", after: "high" },
      { path: "tags", after: "a" },
      { path: "note", after: "n" },
    ]);
    expect(change.expected).toEqual({ id: expect.any(String) as string, revision: 0 });
  });

  it("loses a field that the file no longer has", () => {
    const before = desiredRule({ note: "n", timeline_id: "t", timeline_title: "T" });
    const change = only(planOne({ rules: [desiredRule()] }, { rules: [applied(before)] }));
    expect(change.diff.map(({ path }) => path)).toEqual(["note", "timeline_id", "timeline_title"]);
    expect(bodyOf(change)).not.toHaveProperty("note");
  });

  it.each([
    ["tags", ["a", "b"], ["b", "a"]],
    ["index", ["x-*", "y-*"], ["y-*", "x-*"]],
    [
      "required_fields",
      [
        { name: "a", type: "keyword" },
        { name: "b", type: "ip" },
      ],
      [
        { name: "b", type: "ip", ecs: true },
        { name: "a", type: "keyword", ecs: false },
      ],
    ],
  ])("is unchanged when only the order of %s differs, which has no meaning", (field, wanted, live) => {
    const rule = desiredRule({ [field]: wanted });
    expect(only(planOne({ rules: [rule] }, { rules: [applied(rule, { [field]: live })] })).action).toBe(
      "unchanged",
    );
  });

  it("is changed by the order of index patterns when one of them excludes", () => {
    const rule = desiredRule({ index: ["logs-*", "-logs-old-*"] });
    const change = only(
      planOne({ rules: [desiredRule({ index: ["-logs-old-*", "logs-*"] })] }, { rules: [applied(rule)] }),
    );
    expect(change.diff).toEqual([
      { path: "index", before: ["logs-*", "-logs-old-*"], after: ["-logs-old-*", "logs-*"] },
    ]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "4: empty threat_filters",
      {
        type: "threat_match",
        threat_query: "q",
        threat_index: ["t"],
        threat_mapping: [{ entries: [{ field: "a", type: "mapping", value: "b" }] }],
      },
      {
        threat_filters: [],
        threat_mapping: [{ entries: [{ field: "a", type: "mapping", value: "b", negate: false }] }],
      },
    ],
    ["empty filters", {}, { filters: [] }],
    [
      "a threshold field as text",
      { type: "threshold", threshold: { field: "host.name", value: 2 } },
      { threshold: { field: ["host.name"], value: 2, cardinality: [] } },
    ],
    [
      "a job id as text",
      { type: "machine_learning", query: undefined, anomaly_threshold: 50, machine_learning_job_id: "j" },
      { machine_learning_job_id: ["j"] },
    ],
    [
      "the default strategy of a suppression",
      { alert_suppression: { group_by: ["a"] } },
      { alert_suppression: { group_by: ["a"], missing_fields_strategy: "suppress" } },
    ],
    [
      "empty techniques",
      { threat: [{ framework: "MITRE ATT&CK", tactic: { id: "TA0001", name: "n", reference: "r" } }] },
      {
        threat: [
          { framework: "MITRE ATT&CK", tactic: { id: "TA0001", name: "n", reference: "r" }, technique: [] },
        ],
      },
    ],
    ["an empty note", {}, { note: "" }],
    ["a fallback that is not disabled", {}, { timestamp_override_fallback_disabled: false }],
    [
      "a legacy list of investigation fields",
      { investigation_fields: { field_names: ["a"] } },
      { investigation_fields: ["a"] },
    ],
    ["an echo of saved-object resolution", {}, { outcome: "exactMatch" }],
    [
      "the default of a process action",
      {
        response_actions: [
          { action_type_id: ".endpoint", params: { command: "kill-process", config: { field: "" } } },
        ],
      },
      {
        response_actions: [
          {
            action_type_id: ".endpoint",
            params: { command: "kill-process", config: { field: "", overwrite: true } },
          },
        ],
      },
    ],
  ])("2: is unchanged when Kibana returns %s", (_, wanted, live) => {
    const rule = desiredRule(wanted);
    expect(only(planOne({ rules: [rule] }, { rules: [applied(rule, live)] }))).toMatchObject({
      action: "unchanged",
      diff: [],
    });
  });

  it("16: is changed by a line break at the end of its query, and only by that", () => {
    const rule = desiredRule({ query: "a: b\n" });
    expect(only(planOne({ rules: [rule] }, { rules: [applied(rule)] })).action).toBe("unchanged");
    expect(bodyOf(only(planOne({ rules: [rule] })))["query"]).toBe("a: b\n");
  });

  it("37: is sent with the live version where the file leaves it to Kibana, and without enabled", () => {
    const live = applied(desiredRule(), { version: 7, enabled: true });
    const change = only(planOne({ rules: [desiredRule({ severity: "high" })] }, { rules: [live] }));
    expect(change.action).toBe("update");
    expect(bodyOf(change)).toMatchObject({ version: 7 });
    expect(bodyOf(change)).not.toHaveProperty("enabled");
  });

  it("keeps enabled as the file says where it says so", () => {
    const rule = desiredRule({ enabled: true });
    const change = only(
      planOne({ rules: [rule] }, { rules: [applied(rule, { enabled: false })] }, { overwriteDrift: true }),
    );
    expect(change.diff).toEqual([{ path: "enabled", before: false, after: true }]);
  });

  it("30: carries over what is not ours: newer fields, other keys of meta, actions and response actions", () => {
    const foreign = {
      actions: [{ ...action({ id: "c9" }), uuid: "u9" }],
      response_actions: [{ action_type_id: ".osquery", params: { query: "select 1" } }],
      threat_mappings: [{ newer: true }],
    };
    const live = mine();
    const meta = { ...(live["meta"] as object), kibana_siem_app_url: "https://k/app" };
    const change = only(
      planOne({ rules: [desiredRule({ severity: "high" })] }, { rules: [{ ...live, ...foreign, meta }] }),
    );
    expect(change.action).toBe("update");
    expect(bodyOf(change)).toMatchObject({ ...foreign, meta: { kibana_siem_app_url: "https://k/app" } });
    expect(change.diff.map(({ path }) => path)).toEqual(["severity"]);
    for (const field of [
      "id",
      "immutable",
      "rule_source",
      "revision",
      "created_at",
      "updated_by",
      "execution_summary",
    ])
      expect(bodyOf(change)).not.toHaveProperty(field);
  });

  it("38: does not carry over known fields of another rule type", () => {
    const change = only(
      planOne(
        { rules: [desiredRule({ severity: "high" })] },
        { rules: [{ ...mine(), threat_query: "x", anomaly_threshold: 3 }] },
      ),
    );
    expect(bodyOf(change)).not.toHaveProperty("threat_query");
    expect(bodyOf(change)).not.toHaveProperty("anomaly_threshold");
  });

  describe("12: whose type changes", () => {
    const wanted = desiredRule({ type: "eql", language: "eql", query: "any where true" });
    const personal = { id: "x", list_id: "own", type: "rule_default", namespace_type: "single" };
    const live = mine({ enabled: true, version: 7, exceptions_list: [personal] });

    it("is deleted and made anew, with what is not the file's carried over", () => {
      const change = only(planOne({ rules: [wanted] }, { rules: [live] }, { overwriteDrift: true }));
      expect(change).toMatchObject({ action: "replace", expected: { id: live.id } });
      expect(change.warnings!.map(({ code }) => code)).toContain("replaced");
      expect(bodyOf(change)).toMatchObject({
        type: "eql",
        enabled: true,
        version: 7,
        exceptions_list: [personal],
        meta: { kdac: { project: "acme", rule_id: "r1" } },
      });
      expect(bodyOf(change)).not.toHaveProperty("saved_id");
      expect(bodyOf(change)).not.toHaveProperty("execution_summary");
    });

    it.each([
      ["somebody else's, even when it is taken over", stored(ruleFields()), { adopt: true }],
      [
        "one that lost its mark",
        { ...mine(), revision: 3, meta: { kibana_siem_app_url: "u" } },
        { overwriteDrift: true },
      ],
    ])("%s is left alone: what does not carry our mark is never deleted", (_, rule, policy) => {
      const change = only(planOne({ rules: [wanted] }, { rules: [rule] }, policy));
      expect(change).toMatchObject({ action: "conflict", conflict: { code: "type-change" } });
      expect(change.write).toBeUndefined();
    });

    it("is in conflict when it was changed outside git", () => {
      const drifted = mine({ note: "an analyst's" });
      const change = only(planOne({ rules: [wanted] }, { rules: [drifted] }));
      expect(change).toMatchObject({ action: "conflict", state: "conflicting", conflict: { code: "drift" } });
    });
  });

  it("may change between query and saved_query, as Kibana's own form does", () => {
    const wanted = desiredRule({ type: "saved_query", saved_id: "s" });
    expect(only(planOne({ rules: [wanted] }, { rules: [mine()] })).action).toBe("update");
  });

  it("that exists twice is left alone", () => {
    const change = only(planOne({ rules: [desiredRule({ severity: "high" })] }, { rules: [mine(), mine()] }));
    expect(change.conflict).toMatchObject({ code: "ambiguous" });
  });

  it("10: is changed back when a tag was added, but as drift", () => {
    const change = only(
      planOne({ rules: [desiredRule()] }, { rules: [applied(desiredRule(), { tags: ["added"] })] }),
    );
    expect(change).toMatchObject({
      action: "conflict",
      drift: true,
      diff: [{ path: "tags", before: "added" }],
    });
  });
});

describe("fields of `extra`", () => {
  it("are sent, and not again when Kibana dropped them", () => {
    const rule = desiredRule({ newer_field: { a: 1 } });
    expect(bodyOf(only(planOne({ rules: [rule] })))).toMatchObject({ newer_field: { a: 1 } });
    const live = applied(rule);
    expect(live).not.toHaveProperty("newer_field");
    expect(only(planOne({ rules: [rule] }, { rules: [live] })).action).toBe("unchanged");
  });

  it("are a change when they are new or another", () => {
    const live = applied(desiredRule({ newer_field: 1 }), { newer_field: 1 });
    expect(only(planOne({ rules: [desiredRule({ newer_field: 2 })] }, { rules: [live] })).diff).toEqual([
      { path: "newer_field", before: 1, after: 2 },
    ]);
  });
});

describe("ownership", () => {
  const foreign = stored(ruleFields({ severity: "high" }));

  it("a rule without our mark is never changed, whatever it holds", () => {
    for (const live of [foreign, stored(ruleFields())]) {
      const change = only(planOne({ rules: [desiredRule()] }, { rules: [live] }));
      expect(change).toMatchObject({ action: "conflict", conflict: { code: "not-ours" } });
      expect(change.write).toBeUndefined();
    }
  });

  it("is taken with adopt, and then stays ours", () => {
    const change = only(planOne({ rules: [desiredRule()] }, { rules: [foreign] }, { adopt: true }));
    expect(change).toMatchObject({
      action: "update",
      adopts: true,
      diff: [{ path: "severity", before: "high", after: "low" }],
    });
    const after = stored(bodyOf(change), { revision: 1 });
    expect(only(planOne({ rules: [desiredRule()] }, { rules: [after] })).action).toBe("unchanged");
  });

  it("overwriting drift is no adoption", () => {
    expect(
      only(planOne({ rules: [desiredRule()] }, { rules: [foreign] }, { overwriteDrift: true })).action,
    ).toBe("conflict");
  });

  it("of another project is named", () => {
    const change = only(
      planOne({ rules: [desiredRule({ severity: "high" })] }, { rules: [mine()] }, { project: "other" }),
    );
    expect(change.conflict).toMatchObject({ code: "other-project" });
    expect(change.conflict!.message).toContain('"acme"');
  });

  it("of a copy that carries another rule's mark is nobody's", () => {
    const copy = { ...mine(), rule_id: "r2" };
    const change = only(
      planOne({ rules: [desiredRule({ rule_id: "r2", severity: "high" })] }, { rules: [copy] }),
    );
    expect(change.conflict).toMatchObject({ code: "not-ours" });
  });

  it.each([{ immutable: true }, { rule_source: { type: "external", is_customized: false } }])(
    "37: of a prebuilt rule (%j) is Kibana's, even with adopt",
    (server) => {
      const planned = (fields: Record<string, unknown>): Change =>
        only(
          planOne(
            { rules: [desiredRule(fields)] },
            { rules: [stored(ruleFields(), server)] },
            { adopt: true, overwriteDrift: true },
          ),
        );
      expect(planned({ severity: "high" })).toMatchObject({
        action: "conflict",
        state: "foreign",
        diff: [],
        conflict: {
          code: "prebuilt",
          message:
            'rule "r1" is installed as a prebuilt rule, which Kibana updates itself, and its file says something else',
          help: "take what Kibana has into the file with kdac pull --rule r1, or give yours a rule_id of its own",
        },
      });
      expect(planned({})).toEqual({
        kind: "rule",
        key: "rule/default/r1",
        id: "r1",
        name: "Rule one",
        file: "rules/r1.rule.yml",
        action: "unchanged",
        state: "in-sync",
        diff: [],
        notes: [
          "it is a prebuilt rule of Elastic's, and its file says what it is: Kibana keeps it up to date",
        ],
      });
    },
  );

  it.each([{ kdac: "text" }, { kdac: { project: 1, digest: "1:x" } }, { kdac: null }, "text", null])(
    "is not proved by a broken mark (%j)",
    (meta) => {
      expect(
        only(planOne({ rules: [desiredRule()] }, { rules: [{ ...foreign, meta }] })).conflict?.code,
      ).toBe("not-ours");
    },
  );
});

describe("drift", () => {
  const change = { severity: "high" };

  it("is not overwritten silently, and is shown", () => {
    const planned = only(planOne({ rules: [desiredRule()] }, { rules: [applied(desiredRule(), change)] }));
    expect(planned).toMatchObject({
      action: "conflict",
      drift: true,
      conflict: { code: "drift" },
      diff: [{ path: "severity", before: "high", after: "low" }],
    });
  });

  it("is overwritten when the policy says so", () => {
    const planned = only(
      planOne(
        { rules: [desiredRule()] },
        { rules: [applied(desiredRule(), change)] },
        { overwriteDrift: true },
      ),
    );
    expect(planned).toMatchObject({ action: "update", drift: true });
    expect(only(planOne({ rules: [desiredRule()] }, { rules: [stored(bodyOf(planned))] })).action).toBe(
      "unchanged",
    );
  });

  it("is drift even where git changed too", () => {
    const planned = only(
      planOne({ rules: [desiredRule({ note: "n" })] }, { rules: [applied(desiredRule(), change)] }),
    );
    expect(planned).toMatchObject({ action: "conflict", drift: true });
  });

  it("that was taken into git only renews the mark, so that the next change is none", () => {
    const taken = desiredRule(change);
    const planned = only(planOne({ rules: [taken] }, { rules: [applied(desiredRule(), change)] }));
    expect(planned).toMatchObject({ action: "update", diff: [{ path: "meta.kdac" }] });
    expect(planned.drift).toBeUndefined();
    const after = stored(bodyOf(planned));
    expect(only(planOne({ rules: [taken] }, { rules: [after] })).action).toBe("unchanged");
    expect(only(planOne({ rules: [desiredRule({ ...change, note: "n" })] }, { rules: [after] })).action).toBe(
      "update",
    );
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["enabled, which the file leaves to Kibana", {}, { enabled: true }],
    ["version, likewise", {}, { version: 9 }],
    ["actions, likewise", {}, { actions: [{ ...action(), uuid: "u" }] }],
    [
      "response actions, likewise",
      {},
      { response_actions: [{ action_type_id: ".osquery", params: { query: "q" } }] },
    ],
    ["a list that an analyst attached", {}, { exceptions_list: [reference("analysts")] }],
    ["the rule's own default list", {}, { exceptions_list: [reference("d", { type: "rule_default" })] }],
    [
      "the run's summary",
      {},
      { execution_summary: { last_execution: { status: "failed" } }, updated_at: "2027-01-01T00:00:00.000Z" },
    ],
    ["a field of a newer Kibana", {}, { newer: 1 }],
  ])("is not seen in %s", (_, wanted, live) => {
    expect(
      only(planOne({ rules: [desiredRule(wanted)] }, { rules: [applied(desiredRule(wanted), live)] })).action,
    ).toBe("unchanged");
  });

  it("is seen in enabled, version and actions where the file has them", () => {
    const rule = desiredRule({ enabled: true, version: 3, actions: [action()] });
    for (const live of [{ enabled: false }, { version: 4 }, { actions: [] }]) {
      expect(
        only(
          planOne(
            { rules: [rule] },
            { rules: [applied(rule, { ...live, updated_at: "2026-02-01T00:00:00.000Z" })] },
          ),
        ),
      ).toMatchObject({
        drift: true,
      });
    }
  });

  it("is not seen when the file begins or ceases to leave a field to Kibana", () => {
    const [open, closed] = [desiredRule(), desiredRule({ enabled: false })];
    expect(only(planOne({ rules: [closed] }, { rules: [applied(open)] })).action).toBe("unchanged");
    expect(only(planOne({ rules: [open] }, { rules: [applied(closed)] })).action).toBe("unchanged");
  });

  it("is assumed of a rule whose mark a save in Kibana's form dropped", () => {
    const saved = {
      ...mine(),
      severity: "high",
      meta: { kibana_siem_app_url: "https://k/app" },
      revision: 1,
    };
    const planned = only(planOne({ rules: [desiredRule()] }, { rules: [saved] }));
    expect(planned).toMatchObject({ action: "conflict", drift: true, conflict: { code: "drift" } });
    expect(planned.conflict!.message).toMatch(/saved in Kibana's own form/);
    expect(only(planOne({ rules: [desiredRule()] }, { rules: [saved] }, { adopt: true })).action).toBe(
      "conflict",
    );
    expect(
      only(planOne({ rules: [desiredRule()] }, { rules: [saved] }, { overwriteDrift: true })),
    ).toMatchObject({ action: "update", drift: true });
  });

  it("is not claimed of a mark made by another version of kdac", () => {
    const live = mine();
    const meta = { kdac: { project: "acme", rule_id: "r1", digest: "0:abc" } };
    expect(only(planOne({ rules: [desiredRule()] }, { rules: [{ ...live, meta }] })).action).toBe(
      "unchanged",
    );
    expect(
      only(planOne({ rules: [desiredRule({ note: "n" })] }, { rules: [{ ...live, meta }] })).action,
    ).toBe("update");
  });
});

describe("exception lists of a rule", () => {
  const wanted = desiredRule({ exceptions_list: [reference()] });
  const lists = [listLive()];

  it("31: get the id of the space, by list_id and namespace", () => {
    const change = only(planOne({ rules: [wanted] }, { lists }));
    expect(bodyOf(change)["exceptions_list"]).toEqual([reference("trusted", { id: "live-trusted" })]);
  });

  it("31: are written anew when the list was made anew, with another id", () => {
    const change = only(
      planOne({ rules: [wanted] }, { lists: [listLive({ id: "new" })], rules: [applied(wanted)] }),
    );
    expect(change).toMatchObject({
      action: "update",
      diff: [{ path: "exceptions_list[trusted].id", before: "live-trusted", after: "new" }],
    });
  });

  it("keep what analysts attached, and lose what the file no longer has", () => {
    const live = applied(wanted, {
      exceptions_list: [
        reference("trusted", { id: "live-trusted" }),
        reference("analysts"),
        reference("d", { type: "rule_default" }),
      ],
    });
    const change = only(planOne({ rules: [desiredRule()] }, { rules: [live], lists }));
    expect(change).toMatchObject({ action: "update", diff: [{ path: "exceptions_list[trusted]" }] });
    expect((bodyOf(change)["exceptions_list"] as { list_id: string }[]).map((list) => list.list_id)).toEqual([
      "analysts",
      "d",
    ]);
  });

  it("that an analyst attached stay although the project has their file", () => {
    const live = applied(desiredRule(), { exceptions_list: [reference("trusted", { id: "live-trusted" })] });
    expect(
      only(planOne({ rules: [desiredRule()], lists: [listOf()] }, { rules: [live], lists })).action,
    ).toBe("unchanged");
  });

  it("that are detached in Kibana are drift", () => {
    const change = only(
      planOne({ rules: [wanted] }, { rules: [applied(wanted, { exceptions_list: [] })], lists }),
    );
    expect(change).toMatchObject({ action: "conflict", drift: true });
  });

  it("that exist nowhere keep the rule from being written", () => {
    const change = only(planOne({ rules: [wanted] }));
    expect(change).toMatchObject({ action: "conflict", conflict: { code: "missing-reference" } });
    expect(change.conflict!.message).toContain('"trusted"');
  });

  it("of another type than the space's keep it too", () => {
    const change = only(planOne({ rules: [wanted] }, { lists: [listLive({ type: "endpoint" })] }));
    expect(change.conflict).toMatchObject({ code: "blocked" });
  });

  it("may be Kibana's endpoint list, which it makes itself", () => {
    const endpoint = reference("endpoint_list", { type: "endpoint", namespace_type: "agnostic" });
    const change = only(planOne({ rules: [desiredRule({ exceptions_list: [endpoint] })] }));
    expect(bodyOf(change)["exceptions_list"]).toEqual([endpoint]);
  });

  it("7: of every type that Kibana has go through", () => {
    for (const type of ["rule_default", "endpoint_trusted_devices", "endpoint_blocklists"]) {
      const rule = desiredRule({ exceptions_list: [reference("trusted", { type })] });
      expect(only(planOne({ rules: [rule] }, { lists: [listLive({ type })] })).action).toBe("create");
    }
  });
});

describe("actions", () => {
  const connectors = [connectorLive()];
  const wanted = desiredRule({ actions: [action()] }, ["soc-slack"]);

  it("32: get the id that the connector's name has in the space", () => {
    const change = only(planOne({ rules: [wanted] }, { connectors }));
    expect(bodyOf(change)["actions"]).toEqual([action({ id: "c1" })]);
  });

  it("keep their uuid when they are updated, and are the same in any order", () => {
    const two = desiredRule(
      { actions: [action({ params: { message: "a" } }), action({ params: { message: "b" } })] },
      ["soc-slack", "soc-slack"],
    );
    const live = applied(two, {}, { connectors });
    const uuids = (live["actions"] as { uuid: string }[]).map((one) => one.uuid);
    const reversed = { ...live, actions: (live["actions"] as unknown[]).toReversed() };
    expect(only(planOne({ rules: [two] }, { rules: [reversed], connectors })).action).toBe("unchanged");
    const changed = desiredRule({ actions: two.rule.actions, note: "n" }, two.connectors as string[]);
    const body = bodyOf(only(planOne({ rules: [changed] }, { rules: [live], connectors })));
    expect((body["actions"] as { uuid: string }[]).map((one) => one.uuid)).toEqual(uuids);
  });

  it("5, 6: keep params and alerts_filter of any shape, but for the query that Kibana derives", () => {
    const filter = {
      query: { kql: "a: b", filters: [] },
      timeframe: { days: [1], timezone: "UTC", hours: { start: "08:00", end: "17:00" } },
    };
    const rule = desiredRule(
      { actions: [action({ params: { n: 1, deep: { list: [true, null] } }, alerts_filter: filter })] },
      ["soc-slack"],
    );
    const live = applied(rule, {}, { connectors });
    expect((live["actions"] as unknown[])[0]).toMatchObject({
      params: { n: 1, deep: { list: [true, null] } },
      alerts_filter: filter,
    });
    const derived = {
      ...live,
      actions: (live["actions"] as { alerts_filter: typeof filter }[]).map((one) => ({
        ...one,
        alerts_filter: { ...filter, query: { ...filter.query, dsl: "{}" } },
      })),
    };
    expect(only(planOne({ rules: [rule] }, { rules: [derived], connectors })).action).toBe("unchanged");
  });

  it("show the connector's name in a difference", () => {
    const live = applied(wanted, {}, { connectors });
    const changed = desiredRule({ actions: [action({ params: { message: "other" } })] }, ["soc-slack"]);
    expect(only(planOne({ rules: [changed] }, { rules: [live], connectors })).diff).toEqual([
      { path: "actions[soc-slack default].params.message", before: "{{context.rule.name}}", after: "other" },
    ]);
  });

  it("12: take their frequency from the legacy throttle", () => {
    const rule = desiredRule({ actions: [action()], throttle: "1h" }, ["soc-slack"]);
    const live = applied(rule, {}, { connectors });
    expect((live["actions"] as unknown[])[0]).toMatchObject({
      frequency: { throttle: "1h", notifyWhen: "onThrottleInterval" },
    });
    expect(only(planOne({ rules: [rule] }, { rules: [live], connectors })).action).toBe("unchanged");
  });

  it("of a connector that exists nowhere keep the rule from being written", () => {
    expect(only(planOne({ rules: [wanted] })).conflict).toMatchObject({ code: "missing-reference" });
  });

  it("of a connector that only the space has get its id and type from there", () => {
    const rule = desiredRule({ actions: [action({ id: "soc-slack", action_type_id: "" })] }, ["soc-slack"]);
    const change = only(planOne({ rules: [rule] }, { connectors }));
    expect(bodyOf(change)["actions"]).toEqual([action({ id: "c1" })]);
    expect(only(planOne({ rules: [rule] }, { rules: [stored(bodyOf(change))], connectors })).action).toBe(
      "unchanged",
    );
  });

  it("of a name that two connectors have are ambiguous", () => {
    const two = [connectorLive(), connectorLive({ id: "c2" })];
    expect(only(planOne({ rules: [wanted] }, { connectors: two })).conflict).toMatchObject({
      code: "ambiguous",
    });
  });

  it("by the connector's own id are left as they are", () => {
    const change = only(planOne({ rules: [desiredRule({ actions: [action({ id: "raw" })] }, [undefined])] }));
    expect(change).toMatchObject({ action: "create" });
    expect(bodyOf(change)["actions"]).toEqual([action({ id: "raw" })]);
  });
});

describe("a key of meta that the file has", () => {
  const file = desiredRule({ meta: { team: "soc", tier: 1 } });
  const edited = (meta: Record<string, unknown>): LiveRule => {
    const live = applied(file);
    return { ...live, meta: { ...(live["meta"] as object), ...meta } };
  };

  it.each([
    ["another value", { team: "red" }, [{ path: "meta.team", before: "red", after: "soc" }]],
    ["none", { team: undefined }, [{ path: "meta.team", after: "soc" }]],
    [
      "others",
      { team: "red", tier: 2 },
      [
        { path: "meta.team", before: "red", after: "soc" },
        { path: "meta.tier", before: 2, after: 1 },
      ],
    ],
  ])(
    "and to which somebody gave %s in Kibana is drift, and no mere mark that is renewed",
    (_, meta, diff) => {
      const change = only(planOne({ rules: [file] }, { rules: [edited(meta)] }));
      expect(change).toMatchObject({
        action: "conflict",
        state: "drifted",
        drift: true,
        diff,
        conflict: { code: "drift" },
      });
      expect(change.write).toBeUndefined();
      const over = only(planOne({ rules: [file] }, { rules: [edited(meta)] }, { overwriteDrift: true }));
      expect(over).toMatchObject({ action: "update", drift: true, diff });
      expect(over.write!.body["meta"]).toMatchObject({ team: "soc", tier: 1 });
    },
  );

  it("is in conflict when git changes it too, and is no difference when both made the same of it", () => {
    const young = desiredRule({ meta: { team: "blue", tier: 1 } });
    expect(only(planOne({ rules: [young] }, { rules: [edited({ team: "red" })] }))).toMatchObject({
      action: "conflict",
      state: "conflicting",
    });
    expect(only(planOne({ rules: [young] }, { rules: [edited({ team: "blue" })] }))).toMatchObject({
      action: "update",
      diff: [{ path: "meta.kdac" }],
    });
  });

  it("goes with the file, and other keys that somebody set stay", () => {
    const change = only(planOne({ rules: [desiredRule({ meta: { tier: 1 } })] }, { rules: [applied(file)] }));
    expect(change).toMatchObject({ action: "update", diff: [{ path: "meta.team", before: "soc" }] });
    expect(change.write!.body["meta"]).not.toHaveProperty("team");
    const other = only(planOne({ rules: [file] }, { rules: [edited({ theirs: 1 })] }));
    expect(other).toMatchObject({ action: "unchanged", state: "in-sync" });
  });
});
