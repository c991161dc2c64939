import { type Code, oneOf, type Severity } from "../diagnostics/index.js";
import type { Fields } from "./catalog.js";
import { ecsFields } from "./ecs.js";
import { type NameNode, nodeAt, treeOf } from "./name-tree.js";
import { nearFields } from "./near.js";
import { isKeyword, isObject } from "./types.js";

/** What there is to say of a name that no field has. */
export interface UnknownField {
  readonly code: Extract<Code, "field/is-object" | "field/unknown">;
  readonly severity: Severity;
  /** What to do; without it the help of the code holds. */
  readonly help?: string;
}

/** Names that are kept with what was said of them: rules ask for the same ones, and each costs a search among all names. */
const MOST_KEPT = 2000;
/** Longer names are not kept. */
const MAX_LENGTH = 200;

const judged = new WeakMap<Fields, Map<string, UnknownField | undefined>>();

/**
 * Judges a name that `fields` does not have. Undefined where it may well be right: without the mappings of a stack only ECS
 * and the project's own fields are known, and integrations and agents have many more. Then a name is reported
 *
 * - when a field that is known has nearly this name (`proces.name`, `event.catgory`, `src.ip`), or
 * - when it stands right below an object of ECS (`process.nmae_x`), or below a field that has a value (`process.name.x`).
 *
 * Not reported are names under namespaces that ECS does not have (`winlog.event_data.LogonType`), objects that others
 * hang below one of ECS (`http.request.headers.host`), names with capital letters, which ECS leaves to others
 * (`process.Ext.token.elevation`), the `caseless` variants of Elastic Defend, and what is known to be written below
 * objects of ECS (`gen_ai.guardrail_id`, `log.offset`).
 */
export function judgeUnknown(fields: Fields, name: string): UnknownField | undefined {
  let known = judged.get(fields);
  if (known === undefined) judged.set(fields, (known = new Map()));
  if (known.has(name)) return known.get(name);
  const verdict = judge(fields, name);
  if (known.size < MOST_KEPT && name.length <= MAX_LENGTH) known.set(name, verdict);
  return verdict;
}

function judge(fields: Fields, name: string): UnknownField | undefined {
  const node = nodeAt(treeOf(fields), name);
  if (node !== undefined && hasBelow(node)) return isAnObject(name, node);
  const severity = fields.closed ? "error" : "warning";
  const help = helpFor(fields, name);
  if (help !== undefined) return { code: "field/unknown", severity, help };
  return fields.closed || isOdd(fields, name) ? { code: "field/unknown", severity } : undefined;
}

/** Whether fields stand below this name, which is none itself: `process`. */
export function hasFieldsBelow(fields: Fields, name: string): boolean {
  const node = nodeAt(treeOf(fields), name);
  return node !== undefined && hasBelow(node);
}

function hasBelow(node: NameNode): boolean {
  return node.segments().length > 0;
}

/** What people mean most often when they name an object. */
const LIKELY = ["name", "type", "id", "ip", "path", "category"];

function isAnObject(name: string, node: NameNode): UnknownField {
  const fields = node.segments().filter((segment) => node.child(segment)?.isField === true);
  const likely = LIKELY.filter((segment) => fields.includes(segment));
  const offered = [...likely, ...fields.filter((segment) => !likely.includes(segment))].slice(0, 3);
  return {
    code: "field/is-object",
    severity: "error",
    help:
      offered.length === 0
        ? "name a field below it"
        : `name a field below it, such as ${either(offered.map((segment) => `${name}.${segment}`))}`,
  };
}

function helpFor(fields: Fields, name: string): string | undefined {
  const parent = name.slice(0, Math.max(name.lastIndexOf("."), 0));
  const last = name.slice(parent.length + 1);
  const above = parent === "" ? undefined : fields.find(parent);
  if (above !== undefined && (last === "keyword" || last === "text" || last === "raw"))
    return isKeyword(above.type) && last !== "text"
      ? `"${parent}" is a keyword itself: write it without ".${last}"`
      : `"${parent}" is of type ${above.type} and has no "${last}" beside it`;
  if (isLeftToOthers(fields, name)) return undefined;
  const near = nearFields(fields, name);
  if (near.length === 0) return undefined;
  return near[0]!.toLowerCase() === name.toLowerCase()
    ? `names of fields are case-sensitive: write ${either(near)}`
    : `did you mean ${either(near)}?`;
}

/** Variants that Elastic Defend keeps of keywords, for comparing without regard to case. */
const CASELESS = ".caseless";

/** Whether a name is of a kind that ECS leaves to others: it is not in any table, and no slip either. */
function isLeftToOthers(fields: Fields, name: string): boolean {
  if (fields.closed) return false;
  if (name.endsWith(CASELESS) && fields.find(name.slice(0, -CASELESS.length)) !== undefined) return true;
  const segments = name.split(".");
  return (
    segments.length > 1 &&
    segments.slice(1).some((segment) => /\p{Lu}/u.test(segment)) &&
    !isCased(fields, name)
  );
}

/** Whether it is but the case that sets a name apart from one that is there. */
function isCased(fields: Fields, name: string): boolean {
  return fields.find(name.toLowerCase()) !== undefined;
}

/** Objects of ECS in which integrations have names of their own. */
const OPEN: ReadonlySet<string> = new Set(["gen_ai", "related"]);

/** What Beats write right below objects of ECS. */
const OF_BEATS: ReadonlySet<string> = new Set([
  "agent.hostname", "dns.additionals_count", "dns.answers_count", "dns.authorities_count",
  "dns.question.etld_plus_one", "file.origin", "file.setgid", "file.setuid", "host.containerized", "host.os.build",
  "host.os.codename", "http.request.params", "http.response.status_phrase", "log.flags", "log.offset",
]); // prettier-ignore

/** Whether a name without a near one cannot be right: it stands right below an object of ECS, or below a value. */
function isOdd(fields: Fields, name: string): boolean {
  if (isLeftToOthers(fields, name) || OF_BEATS.has(name)) return false;
  const segments = name.split(".");
  if (OPEN.has(segments[0]!)) return false;
  let node = treeOf(fields);
  let known = 0;
  for (const segment of segments) {
    const next = node.child(segment);
    if (next === undefined) break;
    node = next;
    known++;
  }
  const prefix = segments.slice(0, known).join(".");
  if (known === 0 || nodeAt(treeOf(ecsFields()), prefix) === undefined) return false;
  const above = fields.find(prefix);
  const isValue = above !== undefined && !isObject(above.type);
  // An object of which ECS says nothing more may hold anything.
  return isValue || (hasBelow(node) && known === segments.length - 1);
}

const either = (names: readonly string[]): string => oneOf(names.map((name) => `"${name}"`));
