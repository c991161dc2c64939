import { jsonText } from "../../report/index.js";
import { isJson } from "../../json/index.js";
import { type Diagnostic, report } from "../../diagnostics/index.js";
import { formatDuration } from "../../kibana/date-math.js";
import { stateHash } from "../form/state.js";
import { type Plan, PLAN_VERSION } from "./types.js";

/** When a plan is written or read, and by which kdac. */
export interface Moment {
  /** Version of kdac. */
  readonly kdac: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface PlanReading extends Moment {
  /** Seconds after which a plan is too old. */
  readonly maxAge?: number;
}

/** What a plan's file has besides the plan. */
interface Stamp {
  readonly kdac: string;
  /** ISO time. */
  readonly created_at: string;
  /** Of all the rest. Anybody can make one: it tells of accidents and of careless edits, and is no signature. */
  readonly digest: string;
}

/** A day: long enough for a review, and shorter than what people forget. */
export const MAX_PLAN_AGE = 86_400;
/** Clocks of two machines differ by so many milliseconds at most. */
const CLOCK_SKEW = 60_000;
/** Bytes of a file: no estate has a larger plan, and a larger file is not read. */
export const LARGEST_PLAN = 256 * 1024 * 1024;
/** Levels of a plan; a rule's own fields have some ten. */
const DEEPEST = 64;

/** Writes a plan as the file that `apply` takes. It holds no secret, only the names of variables. */
export function writePlan({ version, ...plan }: Plan, { kdac, now }: Moment): string {
  const body = { version, kdac, created_at: new Date(now).toISOString(), ...plan };
  return jsonText({ ...body, digest: stateHash(body) });
}

/**
 * Reads a plan that was written by `writePlan`. A file of another form, version or age is a finding, and there is no plan. One that
 * was edited is a finding too; what it says then is returned all the same, so that it can be told what differs.
 */
export function readPlan(
  text: string,
  file: string,
  { kdac, now, maxAge = MAX_PLAN_AGE }: PlanReading,
): { plan?: Plan; diagnostics: Diagnostic[] } {
  const refused = (problem: string): { diagnostics: Diagnostic[] } => ({
    diagnostics: [report("deploy/broken-plan", { problem }, { file })],
  });
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    return refused("it is not JSON");
  }
  if (isDeeperThan(value, DEEPEST)) return refused("it is nested deeper than any plan");
  if (isJson(value) && typeof value["version"] === "number" && value["version"] !== PLAN_VERSION) {
    return { diagnostics: [report("deploy/plan-version", { version: value["version"] }, { file })] };
  }
  const problem = problemOf(value);
  if (problem !== undefined) return refused(problem);
  const { kdac: by, created_at: createdAt, digest, ...plan } = value as Plan & Stamp;
  if (by !== kdac)
    return { diagnostics: [report("deploy/plan-of-other-kdac", { made: by, applies: kdac }, { file })] };
  const age = problemOfAge(createdAt, now, maxAge);
  if (age !== undefined) return { diagnostics: [report("deploy/plan-expired", { problem: age }, { file })] };
  // In one form: a key that comes twice, of which a reader may see one and kdac the other, is not written like that.
  const isAsWritten =
    digest === stateHash({ ...plan, kdac: by, created_at: createdAt }) && text === jsonText(value);
  return { plan, diagnostics: isAsWritten ? [] : [report("deploy/plan-edited", {}, { file })] };
}

function problemOfAge(createdAt: string, now: number, maxAge: number): string | undefined {
  const age = now - Date.parse(createdAt);
  if (Number.isNaN(age)) return `it was made at "${createdAt}", which is no time`;
  if (age < -CLOCK_SKEW) return `it was made at ${createdAt}, which is in the future`;
  if (age <= maxAge * 1000) return undefined;
  return `it was made at ${createdAt}, more than ${formatDuration(maxAge)} ago`;
}

/** Level by level, because a deep value would exhaust the stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let i = 0; i <= levels; i++) {
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function problemOf(value: unknown): string | undefined {
  if (!isJson(value) || value["version"] !== PLAN_VERSION) return "it has no version";
  for (const key of ["kdac", "created_at", "digest", "project", "environment", "url"]) {
    if (typeof value[key] !== "string") return `"${key}" is missing`;
  }
  if (!isJson(value["summary"])) return '"summary" is missing';
  if (!isJson(value["policy"])) return '"policy" is missing';
  if (!Array.isArray(value["spaces"])) return '"spaces" is missing';
  for (const space of value["spaces"]) {
    if (!isJson(space) || typeof space["space"] !== "string" || !Array.isArray(space["changes"]))
      return 'an entry of "spaces" is not one of a plan';
    if (!space["changes"].every(isChange))
      return `a change of space "${space["space"]}" is not one of a plan`;
  }
  return undefined;
}

const ACTIONS = new Set<unknown>([
  "create",
  "update",
  "replace",
  "delete",
  "orphan",
  "unchanged",
  "conflict",
]);
const KINDS = new Set<unknown>(["connector", "value-list", "exception-list", "exception-item", "rule"]);
/** Actions that send a body, and those that need to know what they change. */
const WRITES = new Set<unknown>(["create", "update", "replace"]);
const CHANGES = new Set<unknown>(["update", "replace", "delete"]);

function isChange(value: unknown): boolean {
  if (!isJson(value) || !ACTIONS.has(value["action"]) || !KINDS.has(value["kind"])) return false;
  const { action, write } = value;
  return (
    ["key", "id", "name", "file", "state"].every((key) => typeof value[key] === "string") &&
    Array.isArray(value["diff"]) &&
    (!WRITES.has(action) || (isJson(write) && isJson(write["body"]) && isValues(write["values"]))) &&
    (!CHANGES.has(action) || isJson(value["expected"])) &&
    (action !== "conflict" || isJson(value["conflict"]))
  );
}

function isValues(value: unknown): boolean {
  if (value === undefined) return true;
  const isTexts = (list: unknown): boolean =>
    Array.isArray(list) && list.every((text) => typeof text === "string");
  return isJson(value) && isTexts(value["add"]) && isTexts(value["remove"]);
}
