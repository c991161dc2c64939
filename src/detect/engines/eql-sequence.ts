import { isJson, type Json } from "../../json/index.js";
import { fetchedValues } from "../../query/index.js";
import { alertOn, buildAlert, timeOf } from "../alert/build.js";
import { alertSource } from "../alert/source.js";
import { ancestorsOf } from "../alert/ancestors.js";
import { type Candidate, uuidOf } from "../create.js";
import { hashOf } from "../id.js";
import type { RunContext } from "../run-context.js";
import type { Hit } from "../search.js";
import type { InMemory } from "../suppression/in-memory.js";
import type { Alert } from "../types.js";

interface Made {
  readonly uuid: string;
  readonly alert: Alert;
}

/** The alerts of one sequence or sample: one for each event, and one for all of them. */
export interface SequenceAlerts {
  readonly shell: Made;
  readonly blocks: readonly Made[];
  /** The times of the first and the last event, in milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

/** The shell alert has what all events have in common; the others are building blocks, which Kibana hides. */
export function sequenceAlerts(context: RunContext, hits: readonly Hit[]): SequenceAlerts {
  const { alertContext } = context;
  const ids = hits.map(({ doc }) => uuidOf(context, doc));
  const uuid = hashOf(["sequence", ...ids]);
  const group = hashOf(["group", uuid]);
  const blocks = hits.map(({ doc }, index): Made => {
    const id = hashOf([...ids, index]);
    const fields = {
      "kibana.alert.building_block_type": "default",
      "kibana.alert.group.id": group,
      "kibana.alert.group.index": index,
    };
    return { uuid: id, alert: alertOn(doc, id, alertContext, fields) };
  });
  const ancestors = hits.flatMap(({ doc }, index) => [
    ...ancestorsOf(doc),
    {
      id: blocks[index]!.uuid,
      type: "signal" as const,
      index: "",
      depth: Number(blocks[index]!.alert["kibana.alert.depth"]),
      rule: context.rule.uuid,
    },
  ]);
  const times = hits.map(({ time }) => time);
  const shell = buildAlert(
    {
      uuid,
      source: common(hits.map(({ doc }) => alertSource(doc))),
      ancestors,
      originalTime: timeOf(hits[0]!.doc),
      isBuildingBlock: false,
      fields: { "kibana.alert.group.id": group },
    },
    alertContext,
  );
  return { shell: { uuid, alert: shell }, blocks, start: Math.min(...times), end: Math.max(...times) };
}

/** What all the objects have: equal values, and of lists the values that are in each. */
function common(objects: readonly Json[]): Json {
  const [first = {}, ...others] = objects;
  return others.reduce(intersection, first);
}

function intersection(a: Json, b: Json): Json {
  const both: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(a)) {
    const other = b[key];
    if (isJson(value) && isJson(other)) {
      const below = intersection(value, other);
      if (Object.keys(below).length > 0) both[key] = below;
    } else if (Array.isArray(value) && Array.isArray(other)) {
      const shared = value.filter((each) => other.includes(each));
      if (shared.length > 0) both[key] = shared;
    } else if (value === other) both[key] = value;
  }
  return both;
}

/** A sequence with the group that its shell alert is in. `alone` makes it where it is not suppressed. */
export function suppressibleSequence(
  { shell, blocks, start, end }: SequenceAlerts,
  groupBy: readonly string[],
  alone: () => Candidate,
): InMemory {
  const terms = groupBy.map((field) => {
    const values = fetchedValues({ fields: undefined }, field)(shell.alert);
    return { field, value: values.length === 0 ? null : values.length === 1 ? values[0] : values };
  });
  return {
    uuid: shell.uuid,
    terms,
    start,
    end,
    count: 0,
    alone: alone(),
    build: (fields) => ({ ...shell.alert, ...fields }),
    related: () => blocks,
  };
}
