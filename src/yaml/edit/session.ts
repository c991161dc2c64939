import type { Style } from "../emit/options.js";
import { lineFrom } from "../lines.js";
import { isCollection, isMapping, isSame } from "./equal.js";
import { commentColumn, type Edit, isBlankLine, lineEnd, Unsafe } from "./text.js";
import type { EditNode, EditTree } from "./tree.js";

/** Where a value stands that may have to change. */
export interface Slot {
  /** The column of the key or dash that leads to it. */
  readonly indent: number;
  /** The offset after `key:` or `-`. */
  readonly after: number;
  /** The nearest key above it. */
  readonly key: string;
  /** How many collections are around it. */
  readonly depth: number;
  /** Whether it stands inside brackets, where everything has to stay in flow style. */
  readonly flow: boolean;
}

type Change<Value> = (session: Session, node: EditNode, old: Value, next: Value, slot: Slot) => void;

/** How each kind of value is changed. */
export interface Changes {
  readonly mapping: Change<Readonly<Record<string, unknown>>>;
  readonly list: Change<readonly unknown[]>;
  /** Writes the value anew. */
  readonly replace: (session: Session, node: EditNode, next: unknown, slot: Slot) => void;
}

export interface SessionOptions {
  /** The order of the outermost keys. */
  readonly order: readonly string[];
  /** New outermost keys that get an empty line above them. */
  readonly spaced: ReadonlySet<string>;
  /** Outermost keys whose values are written anew if they change at all. */
  readonly coarse: ReadonlySet<string>;
  /** Whether each alias is written out, so that the order of the keys no longer matters. */
  readonly withoutAliases: boolean;
}

/** One attempt at a merge: collects the edits of a text while it is walked from top to bottom. */
export class Session {
  readonly edits: Edit[] = [];
  /** Where the last block ends that was written to keep its last line breaks; -1 where there is none. */
  keptUntil = -1;
  /** Each anchor's value in the text as edited so far. */
  private readonly anchors = new Map<string, unknown>();
  private readonly aliases: boolean;

  constructor(
    readonly text: string,
    tree: EditTree,
    readonly style: Style,
    readonly options: SessionOptions,
    private readonly changes: Changes,
  ) {
    this.aliases = tree.aliases;
  }

  edit(start: number, end: number, text: string): void {
    if (start < end || text !== "") this.edits.push({ start, end, text });
  }

  /** Makes the value at `node`, which is `old`, equal to `next`. */
  change(node: EditNode, old: unknown, next: unknown, slot: Slot): void {
    if (node.alias !== undefined) {
      const stays =
        !this.options.withoutAliases &&
        this.anchors.has(node.alias) &&
        isSame(this.anchors.get(node.alias), next);
      if (!stays) this.changes.replace(this, node, next, slot);
      return;
    }
    const coarse = slot.depth === 1 && this.options.coarse.has(slot.key);
    const same = !coarse && isSame(old, next);
    // With aliases in the text, what stays has to be looked at too: it may hold an alias to something that does not.
    if (same && !this.aliases) return;
    if (coarse || !(same || isInside(node, old, next))) this.changes.replace(this, node, next, slot);
    else if (this.changeInside(node, old, next, slot)) this.keepAnchor(node, next);
  }

  /** Notes that a node keeps its anchor, with this value. */
  keepAnchor(node: EditNode, value: unknown): void {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, value);
  }

  /** Whether the edits could be made inside the value, so that what it is written with around them stays. */
  private changeInside(node: EditNode, old: unknown, next: unknown, slot: Slot): boolean {
    if (!isInside(node, old, next)) return true;
    const before = this.edits.length;
    try {
      if (Array.isArray(old)) this.changes.list(this, node, old, next as unknown[], slot);
      else this.changes.mapping(this, node, old as object as never, next as never, slot);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Unsafe) || slot.flow || slot.depth === 0 || this.aliases) throw thrown;
      this.edits.length = before;
      this.changes.replace(this, node, next, slot);
      return false;
    }
  }
}

/** Where lines are put: below `line`, in place of what follows up to `end`, under keys or dashes in `column`. Offsets of the text. */
export interface Below {
  readonly line: number;
  readonly end: number;
  readonly column: number;
}

/**
 * Puts lines below a line. `lines` begins with a line break, or is empty; `above` is what is new in the line itself. What would
 * become part of a block of text at their end is kept out of it: of empty lines those under a block that keeps its last line
 * breaks go, and deeper comments move to the column.
 */
export function putBelow(session: Session, { line, end, column }: Below, lines: string, above = ""): void {
  const { text } = session;
  const start = lineEnd(text, line);
  let until = Math.max(start, end);
  if (lines.endsWith("\n"))
    for (let at = lineFrom(text, until).next; isBlankLine(text, at); at = lineFrom(text, at).next)
      until = lineEnd(text, at);
  if (lines.endsWith("\n")) session.keptUntil = until;
  session.edit(start, until, lines.endsWith("\n") && until === text.length ? `${lines}\n` : lines);
  if (lines !== "" && endsInBlock(above + lines)) pullComments(session, until, column);
}

function pullComments(session: Session, end: number, column: number): void {
  const { text } = session;
  let { next } = lineFrom(text, end);
  while (next < text.length) {
    const deep = commentColumn(text, next) ?? (isBlankLine(text, next) ? column : -1);
    if (deep < column) return;
    session.edit(next, next + deep - column, "");
    ({ next } = lineFrom(text, next));
  }
}

/** Whether the last value in the lines is a block of text, as far as one can see: some less indented line above them opens one. */
function endsInBlock(lines: string): boolean {
  let indent = Infinity;
  for (const line of lines.split("\n").toReversed()) {
    const own = line.search(/\S/);
    if (own < 0 || own >= indent) continue;
    if (indent < Infinity && /[|>]\d?[-+]?$/.test(line)) return true;
    indent = own;
  }
  return false;
}

/** Whether a value can be changed by edits inside it: both are lists or both are mappings, and neither is empty. */
function isInside(node: EditNode, old: unknown, next: unknown): boolean {
  if (!isCollection(old) || !isCollection(next) || isMapping(old) !== isMapping(next)) return false;
  return node.entries.length > 0 && Object.keys(next).length > 0;
}
