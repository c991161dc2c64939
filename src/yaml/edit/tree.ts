import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import type { OffsetRange } from "../../diagnostics/index.js";
import { limits } from "../limits.js";
import { lineFrom } from "../lines.js";
import { buildTree, type LocatedNode } from "../node-tree.js";
import { Unsafe } from "./text.js";

/** A node with all that an editor has to know of how it is written. */
export interface EditNode {
  readonly kind: "scalar" | "alias" | "list" | "mapping";
  /** Where its anchor or tag begins, or else the value. */
  readonly full: number;
  /** Where its anchor and tag end; 0 where it has none. */
  readonly propertiesEnd: number;
  /** Where the value begins, without anchor and tag. */
  readonly start: number;
  readonly end: number;
  /** Whether it is a collection in brackets, or a pair inside them. */
  readonly flow: boolean;
  /** Whether anything stands for the value; `key:` alone means null. */
  readonly written: boolean;
  readonly tagged: boolean;
  readonly anchor?: string;
  /** The name of the anchor that an alias stands for. */
  readonly alias?: string;
  readonly scalar?: ScalarEvent;
  readonly entries: readonly EditEntry[];
}

/** `key: value`, `- value`, or an item in brackets. */
export interface EditEntry {
  /** The key, or the index. */
  readonly name: string;
  /** Where the key, the dash or the item begins. */
  readonly start: number;
  /** The offset after the colon or the dash; where it begins for an item in brackets, the key's end where the colon is elsewhere. */
  readonly after: number;
  readonly node: EditNode;
}

export interface EditTree {
  readonly root: EditNode;
  /** Whether the text uses aliases: then what one place says may be read in another. */
  readonly aliases: boolean;
}

/** The tree of a text that parses without a finding. Throws Unsafe where a key is written in a way that cannot be edited. */
export function readTree(text: string): EditTree {
  const events = parseEvents(text, { maxDepth: limits.depth });
  const root = new Reader(text, events).node(buildTree(text, events));
  return { root, aliases: events.some((event) => event.type === EVENT_ID.ALIAS) };
}

/** Whether nothing at all stands for a value, not even an anchor. */
export function isUnwritten(node: EditNode): boolean {
  return !node.written && node.propertiesEnd === 0;
}

export function isBlockScalar({ scalar, written }: EditNode): boolean {
  return (
    written && (scalar?.style === SCALAR_STYLE.LITERAL_BLOCK || scalar?.style === SCALAR_STYLE.FOLDED_BLOCK)
  );
}

/** Whether a node ends with a block (`|+`) that empty lines below it would become part of. */
export function endsInKeptBlock(node: EditNode): boolean {
  const last = node.flow ? undefined : node.entries.at(-1);
  if (last !== undefined) return endsInKeptBlock(last.node);
  return isBlockScalar(node) && node.scalar?.chomping === CHOMPING_MODE.KEEP;
}

const BARE = { propertiesEnd: 0, flow: false, written: true, tagged: false, entries: [] } as const;

/** Walks the located nodes and the events that they were made of side by side. */
class Reader {
  private next = 1;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  node(located: LocatedNode): EditNode {
    const event = this.events[this.next++];
    const { start, end } = located.range;
    switch (event?.type) {
      case EVENT_ID.ALIAS: {
        const alias = this.text.slice(event.anchorStart, event.anchorEnd);
        return { ...BARE, kind: "alias", full: start, start, end, alias };
      }
      case EVENT_ID.SCALAR: {
        const written = event.valueStart >= 0;
        const { propertiesEnd, ...properties } = this.properties(event, start);
        const value = propertiesEnd > start ? this.skipSpace(propertiesEnd) : start;
        return {
          ...BARE,
          ...properties,
          kind: "scalar",
          propertiesEnd,
          start: value,
          end,
          written,
          scalar: event,
        };
      }
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return this.collection(event, located);
      default:
        throw new Unsafe("no node");
    }
  }

  private collection(event: SequenceEvent | MappingEvent, located: LocatedNode): EditNode {
    const keyed = event.type === EVENT_ID.MAPPING;
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const entries: EditEntry[] = [];
    for (const [name, child] of located.children ?? []) {
      if (keyed) entries.push(this.pair(name, child));
      else if (flow) {
        const node = this.node(child);
        entries.push({ name, start: node.full, after: node.full, node });
      } else entries.push(this.item(name, child, entries.at(-1), event.start));
    }
    this.next++;
    const end = flow ? located.range.end : Math.max(located.range.end, entries.at(-1)?.node.end ?? 0);
    const properties = this.properties(event, event.start);
    return {
      ...BARE,
      ...properties,
      kind: keyed ? "mapping" : "list",
      start: event.start,
      end,
      flow,
      entries,
    };
  }

  private pair(name: string, located: LocatedNode): EditEntry {
    const event = this.events[this.next++];
    const { key } = located;
    if (key === undefined || event?.type !== EVENT_ID.SCALAR || event.tagStart >= 0 || event.anchorStart >= 0)
      throw new Unsafe("unusual key");
    const after = this.afterColon(key);
    const node = this.node(located);
    return { name, start: key.start, after, node: isUnwritten(node) ? at(node, after) : node };
  }

  private afterColon(key: OffsetRange): number {
    COLON.lastIndex = key.end;
    if (COLON.test(this.text)) return COLON.lastIndex;
    return key.end;
  }

  private item(name: string, located: LocatedNode, before: EditEntry | undefined, first: number): EditEntry {
    const start = before === undefined ? first : this.skipComments(before.node.end);
    if (this.text[start] !== "-") throw new Unsafe("no dash");
    const node = this.node(located);
    return { name, start, after: start + 1, node: isUnwritten(node) ? at(node, start + 1) : node };
  }

  private properties(
    event: { anchorStart: number; anchorEnd: number; tagStart: number; tagEnd: number },
    start: number,
  ): Pick<EditNode, "full" | "propertiesEnd" | "tagged" | "anchor"> {
    const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
    const tag = tagStart < 0 ? start : tagStart;
    if (anchorStart < 0)
      return { full: Math.min(tag, start), propertiesEnd: Math.max(tagEnd, 0), tagged: tagStart >= 0 };
    return {
      full: Math.min(tag, start, anchorStart - 1),
      propertiesEnd: Math.max(tagEnd, anchorEnd),
      tagged: tagStart >= 0,
      anchor: this.text.slice(anchorStart, anchorEnd),
    };
  }

  private skipSpace(at: number): number {
    let end = at;
    while (/[ \t]/.test(this.text[end] ?? "")) end++;
    return end;
  }

  private skipComments(from: number): number {
    let at = from;
    while (/[\s#]/.test(this.text[at] ?? ""))
      at = this.text[at] === "#" ? lineFrom(this.text, at).next : at + 1;
    return at;
  }
}

const COLON = /[ \t]*:/y;

/** A value that is not written, at the place where it would be. */
function at(node: EditNode, place: number): EditNode {
  return { ...node, full: place, start: place, end: place };
}
