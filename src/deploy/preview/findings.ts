import { type Diagnostic, report, type Target } from "../../diagnostics/index.js";
import type { PreviewLog } from "../../kibana/endpoints/index.js";
import type { CompiledRule } from "../../rule/index.js";

/** Where Elasticsearch's parsers of EQL and ES|QL say that something is wrong: line and column from 1. */
const PLACE = /\bline (\d+):(\d+)/;
/** What Kibana says, without the index's name, where alerts of previews may not be read. */
const UNREADABLE = /^Missing "read" privileges for the "\.preview\.alerts/;

/** What the runs said, each text once, at the place of the rule that it is about. */
export function findingsOf(compiled: CompiledRule, logs: readonly PreviewLog[]): Diagnostic[] {
  const errors = new Set(logs.flatMap((log) => log.errors));
  const warnings = new Set(logs.flatMap((log) => log.warnings));
  return [
    ...[...errors].map((text) => {
      const help = UNREADABLE.test(text)
        ? { help: 'grant the key or role read on the index ".preview.alerts-security.alerts-*"' }
        : {};
      return report("preview/failed", { problem: oneLine(text) }, targetOf(compiled, text), help);
    }),
    ...[...warnings].map((text) =>
      report("preview/warning", { problem: oneLine(text) }, targetOf(compiled, text)),
    ),
  ];
}

/**
 * The place of a message: in the query where it names a line and column, else the field that it speaks of, as far as its words
 * tell.
 */
export function targetOf(compiled: CompiledRule, text: string): Target {
  const place = PLACE.exec(text);
  const { query } = compiled.rule as { query?: unknown };
  if (place !== null && typeof query === "string") {
    const within = wordAt(query, Number(place[1]), Number(place[2]));
    const target = fieldTarget(compiled, "query");
    return within === undefined ? target : { ...target, within };
  }
  if (/index pattern|matching ind(?:ex|ices)|no such index|unknown index/i.test(text))
    return fieldTarget(compiled, "esql" === compiled.rule.type ? "query" : "index");
  if (/timestamp override/i.test(text)) return fieldTarget(compiled, "timestamp_override");
  if (/max alerts per run|maximum alert limit/i.test(text)) return fieldTarget(compiled, "max_signals");
  if (/machine learning|\bML\b/.test(text)) return fieldTarget(compiled, "machine_learning_job_id");
  // Kibana's refusals begin with the field: `threshold.value: Number must be …`.
  const named = /^(?:\[request body\]: )?([a-z_]+)(?:[.[][\w.[\]]*)?: /.exec(text)?.[1];
  if (named !== undefined && named in compiled.rule) return fieldTarget(compiled, named);
  return fieldTarget(compiled, "query" in compiled.rule ? "query" : "type");
}

/** Where a field of the compiled rule was written: in its file, in the configuration, or in a translation. */
function fieldTarget({ source, provenance }: CompiledRule, field: string): Target {
  return provenance.get(field)?.target ?? { file: source.file, pointer: `/${field}` };
}

/** The word at a line and column; undefined where the text has no such place. */
function wordAt(text: string, line: number, column: number): { start: number; end: number } | undefined {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1);
  const at = lines[line - 1];
  if (at === undefined || column < 1 || column > at.length) return undefined;
  const start = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  const word = /^(?:[\w.]+|.)/su.exec(text.slice(start))?.[0] ?? "";
  return { start, end: start + Math.max(1, word.length) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
