import type { SourceOrigin, SourceProblem } from "../bundle/sources/index.js";
import {
  type Code,
  type Diagnostic,
  type ParamsOf,
  report,
  type ReportOptions,
  type Severity,
} from "../diagnostics/index.js";
import type { ImportNote } from "../rule/decompile/index.js";
import type { ImportFinding } from "./model.js";

/** Of one code no more are kept: an export of any size must not fill the memory with what is odd about it. */
const MOST = 1_000;

/** Problems of a source that mean that something in it is not kept. A library may shrug at them, an import may not. */
const LOSSES: ReadonlySet<string> = new Set([
  "source/error-answer",
  "source/other-saved-object",
  "source/toml-unknown-table",
  "source/unknown-object",
  "source/unused-plugin",
]);

/** Said here of all sources together, where a source can only speak of itself. */
const OURS: ReadonlySet<string> = new Set(["source/duplicate-id", "source/several-versions"]);

/** Collects what is odd about an import. */
export class Findings {
  readonly omitted = new Map<string, number>();
  readonly severities: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  readonly #kept: ImportFinding[] = [];
  readonly #counts = new Map<string, number>();
  /** Files in the order of reading. */
  readonly #files = new Map<string, number>();

  /** Notes that a file is read, so that findings come in this order. */
  meet({ file }: SourceOrigin): void {
    if (!this.#files.has(file)) this.#files.set(file, this.#files.size);
  }

  /** A finding about a place in a source. */
  about<C extends Code>(
    origin: SourceOrigin,
    code: C,
    params: ParamsOf<C>,
    { pointer, ...options }: ReportOptions & { readonly pointer?: string } = {},
  ): void {
    const target = { file: origin.file, ...(pointer ? { pointer } : {}) };
    this.add(report(code, params, target, options), origin);
  }

  problem({ code, params, origin }: SourceProblem): void {
    if (OURS.has(code)) return;
    const severity = LOSSES.has(code) ? ({ severity: "error" } as const) : {};
    this.about(origin, code, params, severity);
  }

  notes(notes: readonly ImportNote[], origin: SourceOrigin): void {
    for (const { code, params, pointer } of notes) this.about(origin, code, params, { pointer });
  }

  add(diagnostic: Diagnostic, origin: SourceOrigin): void {
    const { code, severity } = diagnostic;
    this.severities[severity]++;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= MOST) this.#kept.push({ diagnostic, origin });
    else this.omitted.set(code, count - MOST);
  }

  /** All that are kept, in the order of the sources. */
  list(): ImportFinding[] {
    const rank = ({ origin }: ImportFinding): number => this.#files.get(origin.file) ?? -1;
    return this.#kept.toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        compare(a.origin.path ?? "", b.origin.path ?? "") ||
        (a.origin.line ?? 0) - (b.origin.line ?? 0),
    );
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** `rules.ndjson, line 4`; what stands in an archive with its name there. */
export function placeText({ file, path, line }: SourceOrigin): string {
  return [file, ...(path === undefined ? [] : [path]), ...(line === undefined ? [] : [`line ${line}`])].join(
    ", ",
  );
}
