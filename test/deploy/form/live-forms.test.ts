import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DesiredRule } from "../../../src/deploy/desired/desired.js";
import { RULE_TYPES } from "../../../src/kibana/rule.js";
import type { LiveRule } from "../../../src/kibana/endpoints/index.js";
import { twoVersions } from "../arbitrary.js";
import { applied, connectorLive, connectorOf, listLive, only, planOne } from "../support.js";

type Fields = Record<string, unknown>;
const lists = [listLive(), listLive({ list_id: "other" })];
const connectors = [connectorLive()];
const state = { lists, connectors };

const reversed = (value: unknown): unknown =>
  Array.isArray(value) ? (value as unknown[]).toReversed() : value;
const excludes = (value: unknown): boolean =>
  Array.isArray(value) && value.some((entry) => String(entry).startsWith("-"));
const each = (value: unknown, change: (entry: Fields) => Fields): unknown =>
  Array.isArray(value) ? value.map((entry: Fields) => change(entry)) : value;
const over = (live: Fields, field: string, change: (value: unknown) => unknown): Fields =>
  live[field] === undefined || live[field] === null ? live : { ...live, [field]: change(live[field]) };
const all = (live: Fields, fields: readonly string[], change: (value: unknown) => unknown): Fields =>
  fields.reduce((rule, field) => over(rule, field, change), live);

/** What a Kibana of some version may make of the same rule, without anybody having changed it. */
const FORMS: Readonly<Record<string, (live: Fields) => Fields>> = {
  "sets in another order": (live) =>
    all(live, ["tags", "required_fields", "related_integrations", "threat", "exceptions_list"], reversed),
  "index patterns in another order": (live) =>
    all(live, ["index", "threat_index"], (value) => (excludes(value) ? value : reversed(value))),
  "actions in another order": (live) => over(live, "actions", reversed),
  "techniques in another order, or an empty list of them": (live) =>
    over(live, "threat", (threat) =>
      each(threat, (entry) => ({ ...entry, technique: reversed(entry["technique"] ?? []) })),
    ),
  "16: another line break at the end": (live) =>
    all(
      live,
      ["query", "threat_query", "note", "setup", "description"],
      (text) => `${String(text).trimEnd()}\n`,
    ),
  "no line break at the end": (live) =>
    all(live, ["query", "threat_query", "note", "setup", "description"], (text) => String(text).trimEnd()),
  "a threshold's field as a text": (live) =>
    over(live, "threshold", (threshold) => {
      const { field, ...rest } = threshold as { field: string[] };
      return { ...rest, field: field.length === 1 ? field[0] : field.length === 0 ? "" : field };
    }),
  "2: an empty list for none": (live) =>
    over({ filters: [], threat_filters: [], response_actions: [], ...live }, "threshold", (threshold) => ({
      cardinality: [],
      ...(threshold as Fields),
    })),
  "2: null for what is absent": (live) => ({
    note: null,
    license: null,
    timeline_id: null,
    namespace: null,
    ...live,
  }),
  "one job's id as a text": (live) =>
    over(live, "machine_learning_job_id", (ids) =>
      Array.isArray(ids) && ids.length === 1 ? (ids as unknown[])[0] : ids,
    ),
  "investigation fields as before 8.11": (live) =>
    over(live, "investigation_fields", (fields) => (fields as { field_names: string[] }).field_names),
  "ECS flags": (live) =>
    over(live, "required_fields", (fields) => each(fields, (field) => ({ ...field, ecs: false }))),
  "new uuids of actions": (live) =>
    over(live, "actions", (actions) =>
      each(actions, (one) => ({ ...one, uuid: `new-${String(one["uuid"])}` })),
    ),
  "suppression with its default spelt out": (live) =>
    over(live, "alert_suppression", (value) =>
      live["type"] === "threshold" ? value : { missing_fields_strategy: "suppress", ...(value as Fields) },
    ),
  "negate spelt out": (live) =>
    over(live, "threat_mapping", (groups) =>
      each(groups, (group) => ({
        ...group,
        entries: each(group["entries"], (entry) => ({ negate: false, ...entry })),
      })),
    ),
  "17: fields that only Kibana writes": (live) => ({
    ...live,
    outcome: "exactMatch",
    rule_source: { type: "internal" },
    updated_at: "2027-01-01T00:00:00.000Z",
    updated_by: "somebody",
    created_at: "2020-01-01T00:00:00.000Z",
    execution_summary: undefined,
  }),
  "a field of a newer Kibana": (live) => ({ ...live, field_of_tomorrow: { some: ["value"] } }),
};

const rule = fc.oneof(...RULE_TYPES.map((type) => twoVersions(type).map(([one]) => one)));

describe("40: a rule as Kibana returns it is no difference from what was sent", () => {
  const plannedWith = (wanted: DesiredRule, live: LiveRule): unknown => {
    const {
      action,
      state: is,
      diff,
    } = only(planOne({ rules: [wanted], connectors: [connectorOf()] }, { rules: [live], ...state }));
    return { action, is, diff };
  };

  it.each(Object.entries(FORMS))("with %s", (_, form) => {
    fc.assert(
      fc.property(rule, (wanted) => {
        const live = form(applied(wanted, {}, state)) as LiveRule;
        expect(plannedWith(wanted, live)).toEqual({ action: "unchanged", is: "in-sync", diff: [] });
      }),
      { numRuns: 25 },
    );
  });

  it("with all of that at once", () => {
    fc.assert(
      fc.property(rule, fc.shuffledSubarray(Object.values(FORMS)), (wanted, forms) => {
        const live = forms.reduce<Fields>((one, form) => form(one), applied(wanted, {}, state)) as LiveRule;
        expect(plannedWith(wanted, live)).toEqual({ action: "unchanged", is: "in-sync", diff: [] });
      }),
      { numRuns: 60 },
    );
  });
});
