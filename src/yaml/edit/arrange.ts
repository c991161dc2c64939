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
    let texts: string[] = [];
    let last = -1;
    for (const step of [...plan, this.entries.length]) {
      if (typeof step === "string") texts.push(step);
      else {
        this.fill(last, step, texts);
        texts = [];
        last = step;
      }
    }
  }

  /** Removes what stands between two entries that stay, and puts new ones there; the ends of the list count as entries. */
  private fill(last: number, next: number, texts: readonly string[]): void {
    if (last < 0 && (next > 0 || texts.length > 0) && !beginsLine(this.text, this.entries[0]!.start)) {
      if (next === this.entries.length) this.replaceAll(texts);
      else this.fillCompact(next, texts);
      return;
    }
    let first = last + 1;
    if (texts.length > 0) {
      // What comes in place of an entry stands where that stood.
      if (first < next) this.replaceOne(first++, texts);
      else if (last >= 0) this.putBelow(this.entries[last]!, texts);
      else this.session.edit(this.leadOf(next), this.leadOf(next), `${joined(texts)}\n`);
    }
    for (let i = first; i < next; i++) this.remove(i, this.entries[last], first > last + 1);
  }

  /** All entries of a collection that begins in the line of a dash. */
  private replaceAll(texts: readonly string[]): void {
    const { start } = this.entries[0]!;
    this.putLines(start, joined(texts).slice(this.column), this.endOf(this.entries.at(-1)!));
  }

  /** The beginning of a collection that begins in the line of a dash: its first entry stands behind that. */
  private fillCompact(next: number, texts: readonly string[]): void {
    const top = this.entries[0]!.start;
    const lead = this.leadOf(next);
    const lines = joined(texts).slice(this.column);
    if (next === 0) this.session.edit(top, top, `${lines}\n${" ".repeat(this.column)}`);
    else if (texts.length > 0) this.session.edit(top, lead, `${lines}\n`);
    // The entry that now comes first moves up to the dash, unless comments stand above it.
    else if (lead === lineStart(this.text, this.entries[next]!.start))
      this.session.edit(top, this.entries[next]!.start, "");
    else this.session.edit(this.text.slice(0, top).trimEnd().length, lead, "\n");
  }

  private replaceOne(index: number, texts: readonly string[]): void {
    this.putLines(this.leadOf(index), joined(texts), this.endOf(this.entries[index]!));
  }

  private putLines(start: number, lines: string, end: number): void {
    const first = lines.split("\n", 1)[0]!;
    this.session.edit(start, lineEnd(this.text, start), first);
    putBelow(this.session, { line: start, end, column: this.column }, lines.slice(first.length), first);
  }

  private putBelow(entry: EditEntry, texts: readonly string[]): void {
    const end = this.endOf(entry);
    const lines = endsInKeptBlock(entry.node)
      ? `\n${joined(texts)}`
      : texts.map((text) => `\n${text}`).join("");
    putBelow(this.session, { line: end, end, column: this.column }, lines);
  }

  /**
   * Removes an entry with the comments that belong to it, and the empty lines on one side of it. Nothing is left above it where it comes
   * before all entries that stay, unless the first one was replaced.
   */
  private remove(index: number, last: EditEntry | undefined, replaced: boolean): void {
    const { text, session } = this;
    let start = this.leadOf(index);
    let end = this.endOf(this.entries[index]!);
    const below = () => lineFrom(text, end).next;
    const isFirst = last === undefined && !replaced;
    const kept =
      session.keptUntil >= (last ?? this.entries[0]!).start ||
      (last !== undefined && endsInKeptBlock(last.node));
    if (kept || isFirst) while (isBlankLine(text, below())) end = lineEnd(text, below());
    else if (below() === text.length || isBlankLine(text, below())) start = this.skipBlankAbove(start, index);
    // Up to the end of its own last line, below which outer collections may have something to add.
    if (isFirst) session.edit(start, below(), "");
    else session.edit(withoutLineBreak(text, start), end, "");
  }

  private skipBlankAbove(from: number, index: number): number {
    const floor = lineFrom(this.text, this.endOf(this.entries[index - 1]!)).next;
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

/** New entries below each other, the first without its empty line. */
function joined(texts: readonly string[]): string {
  return texts.join("\n").replace(/^\n/, "");
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
