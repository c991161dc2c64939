import { Findings, type QueryDiagnostic, type Span } from "../../core/index.js";
import { compileWildcard } from "../../match/wildcard.js";
import type { ColumnSelector, Command, Query, Selection } from "../ast.js";

/** What a rule that does not aggregate has to give back, so that alerts carry the document and are made once. */
const IDENTITY = ["_id", "_index", "_version"];

/** No query gives more rows than this. */
const MAX_ROWS = 10_000;

/** Whether the query's rows are groups and not documents: Kibana asks for a `STATS`; `INLINE STATS` does not count. */
export function isAggregating(ast: Query): boolean {
  return ast.commands.some((command) => command.kind === "stats" && !command.inline);
}

/** What a detection rule asks of its query beyond that it runs. */
export function checkRule(ast: Query): readonly QueryDiagnostic[] {
  const findings = new Findings();
  checkSource(findings, ast);
  if (!isAggregating(ast)) checkIdentity(findings, ast);
  for (const command of ast.commands) {
    if (command.kind !== "limit" || command.count.kind !== "literal") continue;
    const { value } = command.count;
    if (typeof value === "number" && value > MAX_ROWS)
      findings.add("esql/rule-limit", { limit: MAX_ROWS }, command.count);
  }
  return findings.all;
}

function checkSource(findings: Findings, { source }: Query): void {
  if (source.kind === "from" || source.kind === "ts" || source.kind === "error") return;
  findings.add("esql/rule-source", { source: source.kind.toUpperCase() }, headOf(source, source.kind));
}

function checkIdentity(findings: Findings, { commands, source }: Query): void {
  if (source.kind !== "from" && source.kind !== "ts") return;
  const named = new Set(source.metadata.map(({ name }) => name));
  if (!named.has("_id")) {
    findings.add("esql/rule-without-id", {}, headOf(source, source.kind));
    return;
  }
  for (const command of commands) {
    const lost = lostBy(command, named);
    if (lost.length === 0) continue;
    const params = { command: command.kind.toUpperCase(), fields: lost.join(", ") };
    const help =
      command.kind === "keep"
        ? `add ${lost.join(", ")} to this KEEP`
        : `leave ${lost.join(", ")} as ${lost.length > 1 ? "they are" : "it is"}`;
    findings.add("esql/rule-loses-id", params, headOf(command, command.kind), { help });
    for (const name of lost) named.delete(name);
  }
}

/** Which of the document's marks a command takes away or writes over. */
function lostBy(command: Command, named: ReadonlySet<string>): string[] {
  const present = IDENTITY.filter((name) => named.has(name));
  switch (command.kind) {
    case "keep":
      return present.filter((name) => !selects(command, name));
    case "drop":
      return present.filter((name) => selects(command, name));
    case "rename":
      return present.filter((name) =>
        command.renamings.some(({ from, to }) => isNamed(from, name) || isNamed(to, name)),
      );
    case "eval":
      return present.filter((name) =>
        command.columns.some(({ target }) => target !== undefined && isNamed(target, name)),
      );
    default:
      return [];
  }
}

function selects({ columns }: Selection, name: string): boolean {
  return columns.some((selector) =>
    selector.kind === "pattern"
      ? compileWildcard(selector.pieces)(name)
      : selector.kind === "parameter" || isNamed(selector, name),
  );
}

function isNamed(selector: ColumnSelector, name: string): boolean {
  return selector.kind === "column" && selector.name === name;
}

/** The word that a command starts with. */
function headOf({ start, end }: Span, word: string): Span {
  return { start, end: Math.min(end, start + word.length) };
}
