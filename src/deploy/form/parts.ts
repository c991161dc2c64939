import { isJson, type Json } from "../../json/index.js";
import { formatDuration, parseInterval } from "../../kibana/date-math.js";
import { canonical } from "./canonical.js";

/**
 * The comparable forms of a rule's parts: what Kibana adds is taken off, an empty form and an absent one become the
 * same, and lists whose order has no meaning are sorted. Each takes a value of any shape, because live rules come from
 * Kibanas of any version.
 */
export type Form = (value: unknown) => unknown;

/** A list where only membership counts. */
export const set: Form = (value) =>
  Array.isArray(value)
    ? [...new Map(value.map((entry) => [canonical(entry), entry as unknown])).entries()]
        .sort(byKey)
        .map(([, entry]) => entry)
    : value;

/** Index patterns: a set, but where one excludes (`-logs-old-*`), because an exclusion acts on what stands before it. */
export const indexPatterns: Form = (value) =>
  Array.isArray(value) && value.some((entry) => typeof entry === "string" && entry.startsWith("-"))
    ? value
    : set(value);

export const absentWhenEmptyList: Form = (value) =>
  Array.isArray(value) && value.length === 0 ? undefined : value;
export const absentWhenEmptyText: Form = (value) => (value === "" ? undefined : value);
export const absentWhenFalse: Form = (value) => (value === false ? undefined : value);

/** A text without the white space at its end: editors and forms add and take line breaks there, and it means nothing. */
export const text: Form = (value) => (typeof value === "string" ? value.trimEnd() : value);

/** Kibana's form and its bulk edits write a look-back in seconds: `now-360s` for `now-6m`. */
export const lookback: Form = (value) => {
  const ago =
    typeof value === "string" && value.startsWith("now-") ? parseInterval(value.slice(4)) : undefined;
  return ago === undefined ? value : `now-${formatDuration(ago)}`;
};

/** Kibana adds whether a field is of ECS. */
export const requiredFields: Form = (value) =>
  set(
    Array.isArray(value)
      ? value.map((field) => (isJson(field) ? without(field, "ecs") : (field as unknown)))
      : value,
  );

/** Since 8.11 an object; 8.10 had the list alone. */
export const investigationFields: Form = (value) =>
  Array.isArray(value) ? { field_names: value as unknown[] } : value;

/** Techniques and tactics without order; an empty list of techniques is none. */
export const threat: Form = (value) =>
  set(
    eachOf(value, (entry) => withSet(entry, "technique", (technique) => withSet(technique, "subtechnique"))),
  );

export const threshold: Form = (value) =>
  isJson(value) ? { ...value, cardinality: absentWhenEmptyList(value["cardinality"]) } : value;

export const threatMapping: Form = (value) =>
  eachOf(value, (group) => ({
    ...group,
    entries: eachOf(group["entries"], (entry) => ({ ...entry, negate: absentWhenFalse(entry["negate"]) })),
  }));

/** To leave the strategy out means to suppress. */
export const suppression: Form = (value) =>
  isJson(value) && value["missing_fields_strategy"] === "suppress"
    ? without(value, "missing_fields_strategy")
    : value;

/** Kibana fills in that a process action takes the process from the alert. */
export const responseActions: Form = (value) =>
  absentWhenEmptyList(
    eachOf(value, (action) => {
      const params = isJson(action["params"]) ? action["params"] : {};
      const config = params["config"];
      if (!isJson(config) || params["command"] === "runscript") return action;
      return {
        ...action,
        params: { ...params, config: { ...config, overwrite: config["overwrite"] ?? true } },
      };
    }),
  );

/**
 * Actions without order and without the `uuid`s that Kibana gives them; the Elasticsearch query that it derives from an
 * alerts filter's KQL is taken off. A system action has no group, any other has `default` when it names none.
 */
export const actions: Form = (value) =>
  set(
    eachOf(value, (action) => {
      const filter = action["alerts_filter"];
      const query = isJson(filter) ? filter["query"] : undefined;
      return {
        ...without(action, "uuid"),
        group: action["group"] ?? (action["frequency"] === undefined ? undefined : "default"),
        ...(isJson(filter) && isJson(query)
          ? { alerts_filter: { ...filter, query: without(query, "dsl") } }
          : {}),
      };
    }),
  );

function withSet(entry: Json, key: string, form?: (entry: Json) => unknown): Json {
  const value = form === undefined ? entry[key] : eachOf(entry[key], form);
  return { ...entry, [key]: absentWhenEmptyList(set(value)) };
}

function eachOf(value: unknown, form: (entry: Json) => unknown): unknown {
  return Array.isArray(value) ? value.map((entry: unknown) => (isJson(entry) ? form(entry) : entry)) : value;
}

function without(value: Json, key: string): Json {
  const { [key]: _, ...rest } = value;
  return rest;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
