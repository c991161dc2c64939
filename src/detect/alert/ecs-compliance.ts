/**
 * What Kibana keeps of an event in its alert: values that ECS could not hold are left out, since the index of alerts is
 * mapped as ECS has it.
 */
import { ecsFields, hasFieldsBelow, isEcsField } from "../../fields/index.js";
import { isJson, type Json } from "../../json/index.js";
import { parseIp, toMillis } from "../../query/index.js";

/** Whether a value can be under a name; undefined where ECS says nothing of it. */
type Judge = ((value: unknown) => boolean) | undefined;

const judges = new Map<string, Judge>();
/** Events may have names without end, such as keys of labels. */
const MOST_JUDGES = 20_000;

/** A copy of an event without what ECS could not hold. */
export function compliantCopy(source: Json): Record<string, unknown> {
  return copyOf(source, "");
}

function copyOf(object: Json, path: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const kept = keep(value, path === "" ? key : `${path}.${key}`);
    if (kept !== undefined) copy[key] = kept;
  }
  return copy;
}

function keep(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    const kept = value.map((each) => keep(each, name)).filter((each) => each !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (value !== null && judgeOf(name)?.(value) === false) return undefined;
  return isJson(value) ? copyOf(value, name) : value;
}

function judgeOf(name: string): Judge {
  if (judges.has(name)) return judges.get(name);
  if (judges.size >= MOST_JUDGES) judges.clear();
  const made = makeJudge(name);
  judges.set(name, made);
  return made;
}

function makeJudge(name: string): Judge {
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    // Nothing can be below a field that has a value.
    const above = name.slice(0, dot);
    const type = ownType(above);
    if (type !== undefined && !OBJECTS.has(type)) return () => false;
  }
  const type = ownType(name);
  if (type === undefined) return hasFieldsBelow(ecsFields(), name) ? isJson : undefined;
  return OBJECTS.has(type) ? isJson : (JUDGES[type] ?? ((value) => !isJson(value)));
}

const OBJECTS: ReadonlySet<string> = new Set(["object", "nested", "flattened"]);

/** The type that ECS has for a field; none for the variants of a field (`process.name.text`). */
function ownType(name: string): string | undefined {
  const type = ecsFields().find(name)?.type;
  return type !== undefined && isEcsField(name, type) ? type : undefined;
}

const LONGEST = 2 ** 63;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** A date of which Elasticsearch takes what follows the day to be missing. */
const WITH_T = /^\d{4}-\d\d-\d\dT$/;

const JUDGES: Readonly<Record<string, (value: unknown) => boolean>> = {
  long: (value) => {
    const number = typeof value === "string" && NUMBER.test(value) ? Number(value) : value;
    return typeof number === "number" && number >= -LONGEST && number <= LONGEST;
  },
  date: (value) =>
    typeof value === "number" ||
    (typeof value === "string" &&
      (NUMBER.test(value) || WITH_T.test(value) || toMillis(value) !== undefined)),
  ip: (value) => typeof value === "string" && parseIp(value) !== undefined,
  boolean: (value) => typeof value === "boolean" || value === "true" || value === "false" || value === "",
  // A point is written in many ways.
  geo_point: () => true,
};
