import type { Style } from "../emit/options.js";
import { lineFrom } from "../lines.js";
import { isCollection, isMapping, isSame } from "./equal.js";
import { type Edit, isBlankLine, lineEnd, Unsafe } from "./text.js";
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
}

/** One attempt at a merge: collects the edits of a text while it is walked from top to bottom. */
export class Session {
  readonly edits: Edit[] = [];
  /** What each anchor's value is in the text as edited so far. */
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
      const stays = this.anchors.has(node.alias) && isSame(this.anchors.get(node.alias), next);
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

/**
 * Puts lines below a line, in place of what follows up to `end`. `lines` begins with a line break, or is empty. Empty lines
 * under a block that keeps its last line breaks would become part of its text, so they go.
 */
export function putBelow(session: Session, line: number, end: number, lines: string): void {
  const { text } = session;
  const start = lineEnd(text, line);
  let until = Math.max(start, end);
  if (lines.endsWith("\n"))
    for (let at = lineFrom(text, until).next; isBlankLine(text, at); at = lineFrom(text, at).next)
      until = lineEnd(text, at);
  session.edit(start, until, lines.endsWith("\n") && until === text.length ? `${lines}\n` : lines);
}

/** Whether a value can be changed by edits inside it: both are lists or both are mappings, and neither is empty. */
function isInside(node: EditNode, old: unknown, next: unknown): boolean {
  if (!isCollection(old) || !isCollection(next) || isMapping(old) !== isMapping(next)) return false;
  return node.entries.length > 0 && Object.keys(next).length > 0;
}
