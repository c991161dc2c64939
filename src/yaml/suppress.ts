import {
  type Diagnostic,
  didYouMean,
  meansInvalid,
  type OffsetRange,
  registry,
  report,
} from "../diagnostics/index.js";
import type { LocatedDocument } from "./document.js";
import { limits } from "./limits.js";
import { lineAt, lineFrom } from "./lines.js";

const MARKER = "kdac-ignore";

/** One `# kdac-ignore` comment that has codes and a reason. */
interface Suppression {
  readonly codes: ReadonlyMap<string, OffsetRange>;
  /** Findings that begin in here are meant; undefined stands for the whole file. */
  readonly scope: OffsetRange | undefined;
}

/**
 * Leaves out the findings of a document that its comments suppress, and adds findings about comments that do so badly.
 *
 * `# kdac-ignore <code>[, <code>…] -- <reason>` holds for what begins in its own line (and for the rest of a block of text that opens
 * there); on a line of its own for the entry that follows, with everything in it; above the file's first key for the whole file. What is
 * invalid cannot be suppressed: the comment that tries is a finding itself. Findings of other files pass through.
 */
export function applySuppressions(
  document: LocatedDocument,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  if (document.data === undefined || !document.text.includes(MARKER)) return [...diagnostics];
  const { suppressions, complaints } = readSuppressions(document);
  const used = new Set<OffsetRange>();
  const kept = diagnostics.filter((diagnostic) => {
    const by =
      diagnostic.target.file === document.file ? suppressing(document, diagnostic, suppressions) : [];
    for (const comment of by) used.add(comment);
    return by.length === 0;
  });
  const unused = suppressions.flatMap(({ codes }) =>
    [...codes]
      .filter(([, range]) => !used.has(range))
      .map(([code, range]) => report("yaml/unused-suppression", { code }, { file: document.file, range })),
  );
  return [...kept, ...complaints, ...unused];
}

/** Where the finding's code is named by a comment that covers it. */
function suppressing(
  document: LocatedDocument,
  diagnostic: Diagnostic,
  suppressions: readonly Suppression[],
): OffsetRange[] {
  return suppressions.flatMap(({ codes, scope }) => {
    const named = codes.get(diagnostic.code);
    return named !== undefined && (scope === undefined || covers(document, scope, diagnostic)) ? [named] : [];
  });
}

function covers(document: LocatedDocument, scope: OffsetRange, { target }: Diagnostic): boolean {
  if (target.pointer === undefined && target.range === undefined) return false;
  const { start } = document.rangeOf(target);
  return start >= scope.start && start < scope.end;
}

function readSuppressions(document: LocatedDocument): {
  suppressions: Suppression[];
  complaints: Diagnostic[];
} {
  const suppressions: Suppression[] = [];
  const complaints: Diagnostic[] = [];
  for (const comment of document.comments()) {
    if (suppressions.length + complaints.length >= limits.suppressions) break;
    const match = /^#\s*kdac-ignore(?![\w-])(.*)$/.exec(document.text.slice(comment.start, comment.end));
    if (match === null) continue;
    const [list = "", ...reason] = match[1]!.split(/(?<=^|\s)--(?=\s|$)/);
    const codes = codesIn(list, comment.end - match[1]!.length);
    const target = { file: document.file, range: comment };
    if (codes.size === 0) complaints.push(report("yaml/suppression-without-code", {}, target));
    else if (reason.join("--").trim() === "")
      complaints.push(report("yaml/suppression-without-reason", {}, target));
    else {
      for (const [code, range] of codes) {
        if (isSuppressible(code)) continue;
        codes.delete(code);
        complaints.push(refusal(code, { file: document.file, range }));
      }
      suppressions.push({ codes, scope: scopeOf(document, comment) });
    }
  }
  return { suppressions, complaints };
}

function codesIn(list: string, offset: number): Map<string, OffsetRange> {
  const codes = new Map<string, OffsetRange>();
  for (const { 0: code, index } of list.matchAll(/[^\s,]+/g))
    codes.set(code, { start: offset + index, end: offset + index + code.length });
  return codes;
}

function isSuppressible(code: string): boolean {
  return (
    Object.hasOwn(registry, code) &&
    !meansInvalid(code) &&
    (!code.startsWith("yaml/") || code === "yaml/non-string-key")
  );
}

function refusal(code: string, target: { file: string; range: OffsetRange }): Diagnostic {
  if (meansInvalid(code)) return report("yaml/cannot-suppress", { code }, target);
  const guess = didYouMean(code, Object.keys(registry).filter(isSuppressible));
  return report("yaml/unknown-suppression", { code }, target, guess === undefined ? {} : { help: guess });
}

function scopeOf(document: LocatedDocument, comment: OffsetRange): OffsetRange | undefined {
  const { text } = document;
  const line = lineAt(text, comment.start);
  if (text.slice(line.start, comment.start).replace("\ufeff", "").trim() !== "") {
    const last = document.entriesStartingIn({ start: line.start, end: line.next }).at(-1);
    return {
      start: line.start,
      end: last?.scalar === true ? Math.max(line.next, last.range.end) : line.next,
    };
  }
  if (comment.end <= document.rangeOf({ pointer: "" }).start) return undefined;
  let next = lineFrom(text, line.next);
  while (next.end < text.length && /^\s*(?:#|$)/.test(text.slice(next.start, next.end)))
    next = lineFrom(text, next.next);
  const range = { start: next.start, end: next.next };
  return document.entriesStartingIn(range)[0]?.range ?? range;
}
