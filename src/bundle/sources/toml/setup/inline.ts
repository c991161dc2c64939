import { strip } from "../python-text.js";

/**
 * The text of a paragraph as detection-rules puts it into `setup`: marks of emphasis and the addresses of links are gone, code
 * stays between backticks.
 */
export function inlineText(text: string): string {
  return render(text, 0);
}

/** Links in link texts, no deeper than this. */
const DEEPEST = 8;
/** Emphasis in emphasis, no deeper than this. */
const MOST_OPEN = 64;

/** A run of `*`, `_` or `~` that may begin or end emphasis. */
interface Run {
  readonly at: number;
  readonly sign: string;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
  left: number;
}

const SPECIAL_SIGN = /[`\\<![ *_~]/g;

function render(text: string, depth: number): string {
  const parts: string[] = [];
  const runs: Run[] = [];
  const inner: Inner = { depth, ticks: new BacktickRuns(text), closing: closingBrackets(text) };
  let at = 0;
  while (at < text.length) {
    SPECIAL_SIGN.lastIndex = at;
    const next = SPECIAL_SIGN.exec(text)?.index ?? text.length;
    if (next > at) parts.push(text.slice(at, next));
    at = next;
    const sign = text[at];
    if (sign === undefined) break;
    const special = SPECIAL[sign]?.(text, at, inner);
    if (special !== undefined) {
      parts.push(special.text);
      at = special.end;
    } else if (sign === "*" || sign === "_" || sign === "~") {
      const run = runAt(text, at, parts.length);
      runs.push(run);
      parts.push("");
      at += run.length;
    } else {
      parts.push(sign);
      at++;
    }
  }
  pair(runs);
  for (const run of runs) parts[run.at] = run.sign.repeat(run.left);
  return strip(parts.join(""));
}

interface Inner {
  readonly depth: number;
  readonly ticks: BacktickRuns;
  /** Where the brackets close that open at an index. */
  readonly closing: ReadonlyMap<number, number>;
}

type Special = (
  text: string,
  at: number,
  inner: Inner,
) => { readonly text: string; readonly end: number } | undefined;

const ADDRESS = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,200}@[^\s<>@]{1,200})>/y;

const SPECIAL: Readonly<Record<string, Special>> = {
  "`": (text, at, { ticks }) => {
    const length = ticks.lengthAt(at);
    const close = ticks.next(at + length, length);
    if (close === undefined) return { text: "`".repeat(length), end: at + length };
    return { text: `\`${escapeHtml(codeText(text.slice(at + length, close)))}\``, end: close + length };
  },
  "\\": (text, at) => {
    const next = text[at + 1];
    if (next === "\n") return { text: "\n", end: at + 2 };
    return next !== undefined && /[!-/:-@[-`{-~]/.test(next) ? { text: next, end: at + 2 } : undefined;
  },
  "<": (text, at) => {
    ADDRESS.lastIndex = at;
    const found = ADDRESS.exec(text);
    return found === null ? undefined : { text: found[1]!, end: at + found[0].length };
  },
  "!": (text, at, inner) => (text[at + 1] === "[" ? link(text, at + 1, inner) : undefined),
  "[": link,
  " ": (text, at) => {
    let end = at;
    while (text[end] === " ") end++;
    return { text: text[end] === "\n" ? "" : text.slice(at, end), end };
  },
};

/** `[text](address "title")`. */
function link(
  text: string,
  at: number,
  { depth, closing }: Inner,
): { text: string; end: number } | undefined {
  if (depth >= DEEPEST) return undefined;
  const close = closing.get(at);
  const end = close === undefined || text[close + 1] !== "(" ? undefined : closing.get(close + 1);
  if (close === undefined || end === undefined) return undefined;
  return { text: render(text.slice(at + 1, close), depth + 1), end: end + 1 };
}

/** For each bracket that is closed, round or square, where it is. */
function closingBrackets(text: string): Map<number, number> {
  const closing = new Map<number, number>();
  const square: number[] = [];
  const round: number[] = [];
  for (const { 0: sign, index } of text.matchAll(/\\[^]|[[\]()]/g)) {
    if (sign === "[") square.push(index);
    else if (sign === "(") round.push(index);
    else if (sign === "]" || sign === ")") {
      const open = (sign === "]" ? square : round).pop();
      if (open !== undefined) closing.set(open, index);
    }
  }
  return closing;
}

function codeText(text: string): string {
  const line = text.replaceAll("\n", " ");
  return line.startsWith(" ") && line.endsWith(" ") && line.trim() !== "" ? line.slice(1, -1) : line;
}

/** Code is escaped for HTML on its way into `setup`. */
function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Runs of backticks by their lengths: code ends at the next run that is as long as the one that began it. */
class BacktickRuns {
  readonly #lengths = new Map<number, number>();
  readonly #starts = new Map<number, { readonly all: number[]; at: number }>();

  constructor(text: string) {
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      this.#lengths.set(index, run.length);
      const starts = this.#starts.get(run.length);
      if (starts === undefined) this.#starts.set(run.length, { all: [index], at: 0 });
      else starts.all.push(index);
    }
  }

  lengthAt(index: number): number {
    return this.#lengths.get(index) ?? 1;
  }

  /** The first run of a length from an index on. Those before it are forgotten: asked is from front to back. */
  next(from: number, length: number): number | undefined {
    const starts = this.#starts.get(length);
    if (starts === undefined) return undefined;
    while (starts.at < starts.all.length && starts.all[starts.at]! < from) starts.at++;
    return starts.all[starts.at];
  }
}

const isSpace = (sign: string | undefined): boolean => sign === undefined || /\s/.test(sign);
const isPunctuation = (sign: string | undefined): boolean => sign !== undefined && /[\p{P}\p{S}]/u.test(sign);

/** Whether a run opens or closes follows from what stands on its sides (CommonMark, "left-flanking"). */
function runAt(text: string, at: number, part: number): Run {
  const sign = text[at]!;
  let end = at;
  while (text[end] === sign) end++;
  const before = text[at - 1];
  const after = text[end];
  const leftFlanking = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const rightFlanking =
    !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  const word = sign === "_";
  const opens = leftFlanking && (!word || !rightFlanking || isPunctuation(before));
  const closes = rightFlanking && (!word || !leftFlanking || isPunctuation(after));
  return { at: part, sign, length: end - at, opens, closes, left: end - at };
}

/** Takes from the runs what makes emphasis, one or two signs on each side. `~` counts in twos only. */
function pair(runs: readonly Run[]): void {
  const open: Run[] = [];
  for (const run of runs) {
    while (run.closes && run.left > 0) {
      const found = open.findLastIndex((opener) => matches(opener, run));
      if (found < 0) break;
      const opener = open[found]!;
      open.length = found + 1;
      const used = run.sign === "~" || (opener.left > 1 && run.left > 1) ? 2 : 1;
      opener.left -= used;
      run.left -= used;
      if (opener.left === 0) open.pop();
    }
    if (!run.opens || run.left === 0) continue;
    if (open.length === MOST_OPEN) open.shift();
    open.push(run);
  }
}

function matches(opener: Run, closer: Run): boolean {
  if (opener.sign !== closer.sign) return false;
  if (opener.sign === "~") return opener.left >= 2 && closer.left >= 2;
  const both = (opener.opens && opener.closes) || (closer.opens && closer.closes);
  return (
    !both || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0)
  );
}
