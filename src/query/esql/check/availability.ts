import type { Call, Command, Source } from "../ast.js";
import type { FunctionFacts } from "../functions/index.js";
import type { Context } from "./context.js";

/**
 * The first releases that have a command or a function, one for each line that is maintained: `8.19` and `9.1` came
 * out together. From the release notes, and on the late side nowhere: what is not here may be in any release.
 */
const COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["change_point", ["8.19", "9.1"]],
  ["completion", ["8.19", "9.1"]],
  ["fork", ["8.19", "9.1"]],
  ["fuse", ["9.2"]],
  ["inline stats", ["9.1"]],
  ["lookup join", ["8.18", "9.0"]],
  ["rerank", ["8.19", "9.1"]],
  ["sample", ["8.19", "9.1"]],
  ["ts", ["9.1"]],
]);

const FUNCTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["kql", ["8.17", "9.0"]],
  ["match", ["8.17", "9.0"]],
  ["qstr", ["8.17", "9.0"]],
]);

/** Warns of a command or a source that the stack does not have yet. */
export function checkCommandAge(context: Context, command: Command | Source, name: string): void {
  const since = COMMANDS.get(name);
  if (since === undefined || !precedes(context.stack, since)) return;
  report(context, name.toUpperCase(), since, { start: command.start, end: command.start + name.length });
}

/** Warns of a function that the stack does not have yet, or that no release has. */
export function checkFunctionAge(context: Context, call: Call, facts: FunctionFacts): void {
  const name = `${facts.name.toUpperCase()}()`;
  if (facts.snapshot) context.findings.add("esql/snapshot-only", { name }, call.nameSpan);
  const since = FUNCTIONS.get(facts.name);
  if (since !== undefined && precedes(context.stack, since)) report(context, name, since, call.nameSpan);
}

/** A condition of one aggregate came later than the rest of `STATS`. */
export function checkConditionAge(context: Context, span: { start: number; end: number }): void {
  const since = ["8.16"];
  if (precedes(context.stack, since)) report(context, "WHERE within STATS", since, span);
}

function report(
  context: Context,
  name: string,
  since: readonly string[],
  span: { start: number; end: number },
): void {
  const params = { name, since: since.join(" and "), stack: context.stack! };
  context.findings.add("esql/newer-than-stack", params, span);
}

/** Whether the stack comes before the release of its own line, or before all of them. */
function precedes(stack: string | undefined, since: readonly string[]): boolean {
  if (stack === undefined) return false;
  const [major = 0, minor = 0] = stack.split(".").map(Number);
  const own = since.map((version) => version.split(".").map(Number)).filter(([line]) => line === major);
  if (own.length > 0) return own.every(([, first]) => minor < first!);
  return since.every((version) => Number(version.split(".")[0]) > major);
}
