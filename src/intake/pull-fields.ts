import { isJson, type Json } from "../json/index.js";
import { isSame } from "../deploy/form/canonical.js";
import { fromLookback } from "../rule/schedule.js";
import { offsetSeconds, parseInterval } from "../kibana/date-math.js";
import { actionsInForm } from "./pull-actions.js";
import { type Expand, inFormsOf } from "./pull-forms.js";

/** The short form that a field may have in a file. */
export const SHORT_FORMS: Readonly<Record<string, string>> = {
  threat: "attack",
  note: "guide",
  from: "lookback",
  exceptions_list: "exceptions",
};

/** Fields that mean something else where they are left out, even where they have Kibana's own values. */
const SAID: ReadonlySet<string> = new Set(["enabled", "version"]);

/** What a file and the space have, in the forms that fields are taken over in. */
export interface Taking {
  /** The file's data. */
  readonly authored: Json;
  /** What the file compiles to. */
  readonly compiled: Json;
  readonly live: Json;
  /** The live rule as a file of its own. */
  readonly decompiled: Json;
  /** `exceptions` or `exceptions_list` as the file is to have it. */
  readonly exceptions: Json;
  /** The interval that stands where the rule has none. */
  readonly interval: string | undefined;
  readonly expand: Expand;
}

/** Texts that may have fragments in them. */
const WITH_FRAGMENTS: ReadonlySet<string> = new Set(["note", "guide", "setup"]);

/**
 * The file's data with these fields, by Kibana's names, as the space has them. Whatever else the file has stays; so do the forms that
 * its author chose, where they can say the new value.
 */
export function withFields(fields: ReadonlySet<string>, taking: Taking): Json {
  const { authored, decompiled } = taking;
  const data: Record<string, unknown> = { ...authored };
  const extra: Record<string, unknown> = { ...(authored["extra"] as Json | undefined) };
  for (const field of fields) {
    const short = SHORT_FORMS[field];
    delete data[field];
    delete extra[field];
    if (short !== undefined) delete data[short];
    const more = decompiled["extra"];
    if (isJson(more) && Object.hasOwn(more, field)) extra[field] = more[field];
    else Object.assign(data, inItsForm(field, taking));
  }
  if (fields.has("actions")) delete data["throttle"];
  // Last, since what it is reckoned from may be taken too.
  if (fields.has("from")) Object.assign(data, lookbackOf(data, taking));
  if (data["lookback"] !== undefined) delete data["from"];
  delete data["extra"];
  return Object.keys(extra).length === 0 ? data : { ...data, extra };
}

/** A field as it goes into the file; empty where the file is to leave it out. */
function inItsForm(field: string, taking: Taking): Json {
  const { authored, live, decompiled, exceptions } = taking;
  switch (field) {
    case "exceptions_list":
      return exceptions;
    case "meta":
      return metaOf(taking);
    case "actions":
      return { actions: actionsInForm(taking) };
    case "tags":
      return tagsOf(taking);
    case "threat":
      if (isJson(decompiled["attack"]) && isJson(authored["attack"]))
        return { attack: labelsOf(decompiled["attack"], authored["attack"]) };
  }
  const short = SHORT_FORMS[field] ?? field;
  const key = decompiled[short] === undefined ? field : short;
  if (isOneLine(authored[field]) && isOneLine(live[field])) return { [field]: live[field] };
  if (decompiled[key] !== undefined) {
    const expand: Expand = WITH_FRAGMENTS.has(key) ? taking.expand : (text) => text;
    return { [key]: inFormsOf(authored[key], decompiled[key], expand) };
  }
  // Left out, it would be left to Kibana.
  return SAID.has(field) && live[field] !== undefined ? { [field]: live[field] } : {};
}

/** A text that no block has to hold: in a block it would get a line break at its end. */
function isOneLine(value: unknown): boolean {
  return typeof value === "string" && !value.includes("\n");
}

/** The keys of `meta` that the file has, as the space has them: the others are no business of the file's. */
function metaOf({ authored, live }: Taking): Json {
  const { meta } = live as { meta?: Json };
  const own = Object.keys((authored["meta"] ?? {}) as Json).filter((key) => meta?.[key] !== undefined);
  return own.length === 0 ? {} : { meta: Object.fromEntries(own.map((key) => [key, meta![key]])) };
}

/** A look-back for the new `from`, where the file had one and one can say it. */
function lookbackOf(data: Json, { authored, interval: usual }: Taking): Json {
  const { from, interval = usual } = data;
  if (authored["lookback"] === undefined || typeof from !== "string") return {};
  const every = typeof interval === "string" ? interval : undefined;
  const seconds = -(offsetSeconds(from) ?? 0) - (parseInterval(every ?? "5m") ?? 0);
  const units = [`${seconds / 3600}h`, `${seconds / 60}m`, `${seconds}s`];
  const lookback = units.find((text) => /^[1-9]\d*[hms]$/.test(text) && fromLookback(text, every) === from);
  return lookback === undefined ? {} : { lookback };
}

/** A plain list in the author's order, new tags last; tags by kind with the scalars and lists that the author wrote. */
function tagsOf({ authored, live, decompiled }: Taking): Json {
  const before = authored["tags"];
  const tags = live["tags"];
  const made = decompiled["tags"];
  if (Array.isArray(before) && Array.isArray(tags) && tags.length > 0) {
    const stays = (before as unknown[]).filter((tag) => tags.includes(tag));
    return { tags: [...stays, ...(tags as unknown[]).filter((tag) => !before.includes(tag))] };
  }
  if (!isJson(before) || !isJson(made)) return made === undefined ? {} : { tags: made };
  const kinds = Object.entries(made).map(([kind, values]) => {
    const own = before[kind];
    return [kind, isSame([own].flat(), [values].flat()) ? own : values];
  });
  return { tags: Object.fromEntries(kinds) as Json };
}

/** Techniques with the labels that the author gave them: with or without their names. */
function labelsOf(attack: Json, authored: Json): Json {
  const tactics = Object.entries(attack).map(([tactic, labels]) => {
    const own = authored[tactic];
    if (!Array.isArray(own) || !Array.isArray(labels)) return [tactic, labels];
    const byId = new Map((own as unknown[]).map((label) => [idOf(label), label]));
    return [tactic, (labels as unknown[]).map((label) => byId.get(idOf(label)) ?? label)];
  });
  return Object.fromEntries(tactics) as Json;
}

const idOf = (label: unknown): string => String(label).trim().split(/\s/, 1)[0]!;
