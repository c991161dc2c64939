import { isAscii } from "node:buffer";
import { isJson, type Json } from "../../json/index.js";
import { type Asked, incomplete } from "./values.js";

/** What the lines of an export are. */
type Kind = "rules" | "lists" | "items" | "connectors" | "others";

/** The summary's count of each kind. Versions before 8.0 count rules alone; connectors are counted from 8.7 on. */
const COUNTS = {
  rules: "exported_rules_count",
  lists: "exported_exception_list_count",
  items: "exported_exception_list_item_count",
  connectors: "exported_action_connector_count",
} as const;

/** Lists of what is missing, with the count that the summary has beside each. */
const MISSING = {
  missing_rules: "missing_rules_count",
  missing_exception_lists: "missing_exception_lists_count",
  missing_exception_list_items: "missing_exception_list_item_count",
  missing_action_connections: "missing_action_connection_count",
  excluded_action_connections: "excluded_action_connection_count",
} as const;

/** What is known of an export when its last line is read. */
interface Seen {
  readonly counts: Record<Kind, number>;
  readonly ruleIds: ReadonlySet<string>;
}

/**
 * The objects of an export of rules. Its last line is a summary that counts the lines before: only with it, and with
 * counts that match, the export is whole. A body that is cut between two lines looks like a smaller export otherwise.
 *
 * @param wanted the rules that were asked for, each of which the export has or names as missing; undefined for all
 * @param keep what is kept of a line, each of which is given to it when it is read, so that an estate need not be held whole
 * @throws KibanaError of kind `incomplete`
 */
export function readExport(
  body: string | Uint8Array,
  asked: Asked,
  wanted?: readonly string[],
  keep: (line: Json) => Json = (line) => line,
): Json[] {
  const lines: Json[] = [];
  const counts: Record<Kind, number> = { rules: 0, lists: 0, items: 0, connectors: 0, others: 0 };
  const ruleIds = new Set<string>();
  let summary: Json | undefined;
  let number = 0;
  for (const text of typeof body === "string" ? body.split("\n") : linesOf(body)) {
    number++;
    if (text.trim() === "") continue;
    if (summary !== undefined) throw incomplete(asked, `line ${number} comes after the summary`);
    const line = objectIn(text);
    if (line === undefined) throw incomplete(asked, `line ${number} is not a JSON object`);
    if (line["exported_count"] !== undefined) {
      summary = line;
      continue;
    }
    const kind = kindOf(line);
    counts[kind]++;
    if (kind === "rules") ruleIds.add(String(line["rule_id"]));
    lines.push(keep(line));
  }
  if (summary === undefined) throw incomplete(asked, "it ends without its summary line");
  const why = mismatch(summary, { counts, ruleIds }, wanted);
  if (why !== undefined) throw incomplete(asked, why);
  return lines;
}

/** As Kibana's own import tells the lines of an export apart. */
function kindOf(line: Json): Kind {
  if (isJson(line["attributes"])) return "connectors";
  if (typeof line["item_id"] === "string") return "items";
  if (typeof line["list_id"] === "string") return "lists";
  return typeof line["rule_id"] === "string" ? "rules" : "others";
}

/** What a summary says otherwise than its export; undefined where they agree. What a version does not count is not compared. */
function mismatch(
  summary: Json,
  { counts, ruleIds }: Seen,
  wanted: readonly string[] | undefined,
): string | undefined {
  for (const [kind, field] of Object.entries(COUNTS) as [keyof typeof COUNTS, string][]) {
    const told = summary[field];
    if (told !== undefined && told !== counts[kind])
      return `its summary has ${field} ${JSON.stringify(told)}, and it has ${counts[kind]}`;
  }
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isOld = summary[COUNTS.rules] === undefined;
  const told = summary["exported_count"];
  if (told !== all && !(isOld && told === counts.rules))
    return `its summary has exported_count ${JSON.stringify(told)}, and it has ${isOld ? counts.rules : all}`;
  for (const [names, field] of Object.entries(MISSING)) {
    const [named, count] = [summary[names], summary[field]];
    if (named === undefined && (count === undefined || count === 0)) continue;
    if (!Array.isArray(named)) return `its summary has ${field} ${JSON.stringify(count)}, and no ${names}`;
    if (count !== undefined && count !== named.length)
      return `its summary has ${field} ${JSON.stringify(count)}, and names ${named.length}`;
  }
  const missing = new Set(
    (Array.isArray(summary["missing_rules"]) ? summary["missing_rules"] : []).map(ruleIdOf),
  );
  const lost = wanted?.find((id) => !ruleIds.has(id) && !missing.has(id));
  return lost === undefined ? undefined : `it neither has the rule "${lost}" nor names it as missing`;
}

function ruleIdOf(rule: unknown): unknown {
  return isJson(rule) ? rule["rule_id"] : undefined;
}

function objectIn(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The lines of a text in UTF-8, decoded one by one. Where any of its characters is not of ASCII, to decode megabytes at
 * once takes half as long as to parse them, and they double in size.
 */
function* linesOf(body: Uint8Array): Generator<string> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const decoder = new TextDecoder();
  for (let from = 0, to = 0; from < bytes.length; from = to + 1) {
    to = bytes.indexOf("\n", from);
    if (to < 0) to = bytes.length;
    const line = bytes.subarray(from, to);
    yield isAscii(line) ? line.toString("latin1") : decoder.decode(line);
  }
}
