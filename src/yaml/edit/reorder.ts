import type { LocatedDocument } from "../document.js";
import { styleOf } from "../emit/options.js";
import { lineFrom } from "../lines.js";
import { parseDocument } from "../parse.js";
import { endOfEntry } from "./arrange.js";
import { changes } from "./changes.js";
import { isSame } from "./equal.js";
import { Session } from "./session.js";
import { applyEdits, columnOf, commentColumn, isBlankLine, lineBreakOf, lineStart, Unsafe } from "./text.js";
import { type EditEntry, type EditNode, endsInKeptBlock, readTree } from "./tree.js";

/** What a reordering may be told. */
export interface ReorderOptions {
  /** Keys of the outermost mapping that exactly one empty line is put before. Of the others, only those below a heading get one. */
  readonly spaced?: ReadonlySet<string>;
}

/**
 * The document's text with the keys of its outermost mapping in this order; keys that are not in it come last, in the order that they
 * have. With a key go the comments above it, those in its lines, and the empty lines before it. The comments at a file's top stay
 * there, and so do those below its last key. An alias that would come before its anchor is written out. A document with findings, or
 * in braces, stays as it is. Done twice it is as done once, and the data is the same.
 */
export function reorder(
  document: LocatedDocument,
  order: readonly string[],
  options: ReorderOptions = {},
): string {
  const { text, data, diagnostics } = document;
  if (diagnostics.length > 0) return text;
  try {
    const inPlace = arranged(text, order, options);
    if (isData(inPlace, data)) return inPlace;
    const free = arranged(withoutAliases(text, data), order, options);
    return isData(free, data) ? free : text;
  } catch (thrown) {
    if (thrown instanceof Unsafe) return text;
    throw thrown;
  }
}

function isData(text: string, data: unknown): boolean {
  const document = parseDocument(text, "");
  return document.diagnostics.length === 0 && isSame(document.data, data);
}

/** A key with all that goes with it. */
interface Section {
  readonly name: string;
  /** The empty lines before it. */
  readonly gap: string;
  /** Its comments and its lines, each ended by a line break. */
  readonly lines: string;
  /** Whether its comments begin with a heading, which an empty line parts from what is below it. */
  readonly headed: boolean;
  /** Whether empty lines below it would become part of its text. */
  readonly kept: boolean;
}

function arranged(text: string, order: readonly string[], { spaced }: ReorderOptions): string {
  const { root } = readTree(text);
  const lineBreak = lineBreakOf(text);
  const { top, sections, bottom } = sectionsOf(text, root, lineBreak);
  const sorted = sortedBy(order, sections);
  let result = top;
  for (const [i, { name, gap, headed, lines }] of sorted.entries()) {
    if (i > 0 && !sorted[i - 1]!.kept)
      result += spaced === undefined ? gap : headed || spaced.has(name) ? lineBreak : "";
    result += lines;
  }
  result += sorted.at(-1)!.kept ? bottom.replace(/^(?:[ \t]*(?:\r\n|\r|\n))+/, "") : bottom;
  return bottom === "" && !/[\r\n]$/.test(text) ? result.replace(/(?:\r\n|\r|\n)$/, "") : result;
}

function sectionsOf(
  text: string,
  root: EditNode,
  lineBreak: string,
): { top: string; sections: Section[]; bottom: string } {
  const { entries, flow } = root;
  const column = columnOf(text, entries[0]?.start ?? 0);
  if (flow || entries.some(({ start, after }) => columnOf(text, start) !== column || text[after - 1] !== ":"))
    throw new Unsafe("no keys at the beginnings of lines");
  const first = startOfFirst(text, entries[0]!);
  let from = first;
  const sections = entries.map((entry) => {
    const end = lineFrom(text, endOfEntry(text, entry, column)).next;
    let start = from;
    while (start < entry.start && isBlankLine(text, start)) start = lineFrom(text, start).next;
    const comments = pulled(text, start, lineStart(text, entry.start), column);
    const headed = /#[^\r\n]*(?:\r\n|\r|\n)[ \t]*[\r\n]/.test(comments);
    const own = text.slice(lineStart(text, entry.start), end);
    const lines = comments + (/[\r\n]$/.test(own) ? own : own + lineBreak);
    const section = {
      name: entry.name,
      gap: text.slice(from, start),
      headed,
      lines,
      kept: endsInKeptBlock(entry.node),
    };
    from = end;
    return section;
  });
  return { top: text.slice(0, first), sections, bottom: text.slice(from) };
}

/** The lines above a key with their comments in its column: deeper ones would be text under a block of it. */
function pulled(text: string, start: number, end: number, column: number): string {
  let result = "";
  for (let at = start; at < end; at = lineFrom(text, at).next) {
    const deep = Math.max((commentColumn(text, at) ?? 0) - column, 0);
    result += text.slice(at + deep, lineFrom(text, at).next);
  }
  return result;
}

/**
 * Where the first key's section begins. What stands above it speaks of the file, but for the last of several groups of comments: that is
 * the key's, unless it tells kdac what to ignore, which it does for the whole file there.
 */
function startOfFirst(text: string, { start }: EditEntry): number {
  const line = lineStart(text, start);
  const above = text.slice(0, line);
  const group = /(?:^|\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)((?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n))+)$/.exec(above)?.[1];
  if (group === undefined || !above.slice(0, -group.length).includes("#") || IGNORE.test(group)) return line;
  return line - group.length;
}

const IGNORE = /#\s*kdac-ignore/;

/** In this order; but a key whose comment tells kdac what to ignore does not come first, where it would do so for the whole file. */
function sortedBy(order: readonly string[], sections: readonly Section[]): Section[] {
  const ranks = new Map(order.map((name, i) => [name, i]));
  const rank = ({ name }: Section) => ranks.get(name) ?? order.length;
  const sorted = [...sections].sort((a, b) => rank(a) - rank(b));
  const first = sorted.findIndex(
    (section) => section === sections[0] || !/^[ \t]*#\s*kdac-ignore/m.test(section.lines),
  );
  return [sorted[first]!, ...sorted.filter((_, i) => i !== first)];
}

/** The text with each alias replaced by what it stands for. */
function withoutAliases(text: string, data: unknown): string {
  const options = { order: [], spaced: new Set<string>(), coarse: new Set<string>(), withoutAliases: true };
  const tree = readTree(text);
  const session = new Session(text, tree, styleOf({}), options, changes);
  session.change(tree.root, data, data, { indent: -2, after: 0, key: "", depth: 0, flow: tree.root.flow });
  return applyEdits(text, session.edits, lineBreakOf(text));
}
