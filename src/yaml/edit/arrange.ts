import { lineFrom, withoutLineBreak } from "../lines.js";
import { putBelow, type Session } from "./session.js";
import { beginsLine, columnOf, commentColumn, isBlankLine, lineEnd, lineStart } from "./text.js";
import { type EditEntry, type EditNode, endsInKeptBlock } from "./tree.js";

/** The entries of a collection as they are to be: old ones by their index, ascending, and the texts of new ones. */
export type Plan = readonly (number | string)[];

/**
 * Removes and adds whole entries of a block mapping or list. The texts of new entries are indented and end without a line break; one
 * that begins with a line break has an empty line above it.
 */
export function arrange(session: Session, node: EditNode, plan: Plan, isRoot: boolean): void {
  new Arranger(session, node.entries, columnOf(session.text, node.entries[0]!.start), isRoot).apply(plan);
}

class Arranger {
  private readonly text: string;

  constructor(
    private readonly session: Session,
    private readonly entries: readonly EditEntry[],
    private readonly column: number,
    private readonly isRoot: boolean,
  ) {
    this.text = session.text;
  }

  apply(plan: Plan): void {
    const kept = new Set(plan.filter((step) => typeof step === "number"));
    const [first] = kept;
    if (first === undefined) {
      this.replaceAll(plan.map(String));
      return;
    }
    const head: string[] = [];
    const below = new Map<number, string[]>();
    let previous = -1;
    for (const step of plan) {
      if (typeof step === "number") previous = step;
      else if (previous < 0) head.push(step);
      else if (below.get(previous)?.push(step) === undefined) below.set(previous, [step]);
    }
    this.putHead(first, head);
    let last: EditEntry | undefined;
    for (const [i, entry] of this.entries.entries()) {
      const added = below.get(i) ?? [];
      if (kept.has(i)) last = entry;
      else if (i > first || beginsLine(this.text, this.entries[0]!.start)) this.remove(i, last);
      if (added.length > 0) this.putBelow(entry, added);
    }
  }

  private replaceAll(texts: readonly string[]): void {
    const { start } = this.entries[0]!;
    const [first, ...rest] = texts.map((text) => text.replace(/^\n/, ""));
    const lines = [first!.slice(this.column), ...rest].join("\n");
    const firstLine = lines.split("\n", 1)[0]!;
    this.session.edit(start, lineEnd(this.text, start), firstLine);
    const end = this.endOf(this.entries.at(-1)!);
    putBelow(
      this.session,
      { line: start, end, column: this.column },
      lines.slice(firstLine.length),
      firstLine,
    );
  }

  /** New entries above the first one that stays. */
  private putHead(first: number, texts: readonly string[]): void {
    const top = this.entries[0]!.start;
    const lead = this.leadOf(first);
    const lines = texts.map((text) => text.replace(/^\n/, "")).join("\n");
    if (beginsLine(this.text, top)) {
      if (texts.length > 0) this.session.edit(lead, lead, `${lines}\n`);
    } else if (first === 0) {
      if (texts.length > 0)
        this.session.edit(top, top, `${lines.slice(this.column)}\n${" ".repeat(this.column)}`);
    } else if (texts.length > 0) this.session.edit(top, lead, `${lines.slice(this.column)}\n`);
    // The entry that now comes first moves up to its dash, unless comments stand above it.
    else if (lead === lineStart(this.text, this.entries[first]!.start))
      this.session.edit(top, this.entries[first]!.start, "");
    else this.session.edit(this.text.slice(0, top).trimEnd().length, lead, "\n");
  }

  private putBelow(entry: EditEntry, texts: readonly string[]): void {
    const end = this.endOf(entry);
    const [first, ...rest] = texts;
    const lines = [endsInKeptBlock(entry.node) ? first!.replace(/^\n/, "") : first, ...rest];
    const below = lines.map((line) => `\n${line}`).join("");
    putBelow(this.session, { line: end, end, column: this.column }, below);
  }

  /** Removes an entry with the comments that belong to it; of the empty lines around it those above go if there are some below. */
  private remove(index: number, last: EditEntry | undefined): void {
    const { text, session } = this;
    let start = this.leadOf(index);
    let end = this.endOf(this.entries[index]!);
    const below = () => lineFrom(text, end).next;
    const kept = last !== undefined && (endsInKeptBlock(last.node) || session.keptUntil >= last.start);
    if (kept) while (isBlankLine(text, below())) end = lineEnd(text, below());
    else if (below() === text.length || isBlankLine(text, below())) start = this.skipBlankAbove(start, index);
    // Up to the end of its own last line, below which outer collections may have something to add.
    if (last === undefined) session.edit(start, below(), "");
    else session.edit(withoutLineBreak(text, start), end, "");
  }

  private skipBlankAbove(from: number, index: number): number {
    const floor = index === 0 ? 0 : lineFrom(this.text, this.endOf(this.entries[index - 1]!)).next;
    let start = from;
    while (start > floor) {
      const above = lineStart(this.text, withoutLineBreak(this.text, start));
      if (above === start || !isBlankLine(this.text, above)) break;
      start = above;
    }
    return Math.max(start, floor);
  }

  /** Where the comments begin that stand directly above an entry, in its column. What is above a file's first key speaks of the file. */
  private leadOf(index: number): number {
    const line = lineStart(this.text, this.entries[index]!.start);
    return this.isRoot && index === 0 ? line : leadingComments(this.text, line, this.column);
  }

  /** Where the last line of an entry ends: its comment and the deeper comments below it belong to it. */
  private endOf(entry: EditEntry): number {
    return endOfEntry(this.text, entry, this.column);
  }
}

/** Where the comments directly above a line begin that stand in `column`; the line itself where there are none. */
export function leadingComments(text: string, line: number, column: number): number {
  let start = line;
  while (start > 0) {
    const above = lineStart(text, withoutLineBreak(text, start));
    if (above === start || commentColumn(text, above) !== column) break;
    start = above;
  }
  return start;
}

/** The end of the last line that belongs to an entry whose key or dash is in `column`. */
export function endOfEntry(text: string, { after, node }: EditEntry, column: number): number {
  let end = lineEnd(text, Math.max(after, node.end));
  for (;;) {
    const { next } = lineFrom(text, end);
    if (next >= text.length || next === end || (commentColumn(text, next) ?? -1) <= column) return end;
    end = lineEnd(text, next);
  }
}
