import {
  type AliasEvent,
  CHOMPING_MODE,
  type Event,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import type { OffsetRange } from "../diagnostics/index.js";
import { lineAt, lineFrom, withoutLineBreak } from "./lines.js";

/** A node of the document with its place in the text. */
export interface LocatedNode {
  readonly range: OffsetRange;
  /** The key that leads here, where the parent is a mapping. */
  readonly key?: OffsetRange;
  readonly scalar?: ScalarEvent;
  /** By key or by index; absent on scalars and aliases, whose content stands elsewhere. */
  readonly children?: ReadonlyMap<string, LocatedNode>;
}

const ABSENT = -1;

/**
 * Builds the tree of the first document in the events. js-yaml's events say where nodes begin; where collections and
 * block scalars end, and what stands for an empty value, is worked out here. Of duplicate keys the last counts, as in the data.
 */
export function buildTree(text: string, events: readonly Event[]): LocatedNode {
  return new TreeBuilder(text, events).build();
}

class TreeBuilder {
  /** Of the next event; 0 is the document itself. */
  private next = 1;
  /** Where the text read so far ends: everything between here and the next node is punctuation, space and comments. */
  private cursor = 0;
  /** Where the node read last ends; less than the cursor after a block of text, which takes the empty lines below it. */
  private ended = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  build(): LocatedNode {
    return this.events.length === 0 ? { range: { start: 0, end: 0 } } : this.node(undefined);
  }

  private node(key: OffsetRange | undefined): LocatedNode {
    const event = this.events[this.next++];
    const located = key === undefined ? {} : { key };
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const range = this.scalarRange(event) ?? this.placeOfEmpty(event, key);
        this.cursor = Math.max(this.cursor, range.end);
        this.ended = range.end;
        return { ...located, range, scalar: event };
      }
      case EVENT_ID.ALIAS:
        return { ...located, range: this.aliasRange(event) };
      case EVENT_ID.SEQUENCE:
        return { ...located, ...this.sequence(event) };
      case EVENT_ID.MAPPING:
        return { ...located, ...this.mapping(event) };
      default:
        return { ...located, range: { start: this.cursor, end: this.cursor } };
    }
  }

  private sequence(event: SequenceEvent): LocatedNode {
    const start = this.open(event);
    const children = new Map<string, LocatedNode>();
    while (this.hasMore()) children.set(String(children.size), this.node(undefined));
    return { range: { start, end: this.close(event) }, children };
  }

  private mapping(event: MappingEvent): LocatedNode {
    const start = this.open(event);
    const children = new Map<string, LocatedNode>();
    while (this.hasMore()) {
      const name = this.keyName();
      const key = this.node(undefined).range;
      children.set(name, this.node(key));
    }
    return { range: { start, end: this.close(event) }, children };
  }

  private hasMore(): boolean {
    const event = this.events[this.next];
    return event !== undefined && event.type !== EVENT_ID.POP;
  }

  private open(event: SequenceEvent | MappingEvent): number {
    this.cursor = Math.max(this.cursor, event.tagEnd, event.anchorEnd, event.start);
    return event.tagStart === ABSENT ? event.start : event.tagStart;
  }

  /** Takes the closing event and returns where the collection ends: after its bracket, or after its last child. */
  private close(event: SequenceEvent | MappingEvent): number {
    this.next++;
    const bracket = this.text[event.start];
    if (bracket === "[" || bracket === "{")
      this.cursor = this.ended = this.closingBracket(bracket === "[" ? "]" : "}") + 1;
    return this.ended;
  }

  private closingBracket(bracket: string): number {
    let at = this.cursor;
    while (at < this.text.length && this.text[at] !== bracket) {
      if (this.text[at] === "#" && /\s/.test(this.text[at - 1] ?? " ")) at = lineFrom(this.text, at).next;
      else at++;
    }
    return at;
  }

  private keyName(): string {
    const event = this.events[this.next];
    if (event?.type === EVENT_ID.SCALAR)
      return event.valueStart === ABSENT ? "null" : getScalarValue(this.text, event);
    return "";
  }

  private aliasRange(event: AliasEvent): OffsetRange {
    this.cursor = this.ended = event.anchorEnd;
    return { start: event.anchorStart - 1, end: event.anchorEnd };
  }

  private scalarRange(event: ScalarEvent): OffsetRange | undefined {
    if (event.valueStart === ABSENT) return undefined;
    const start = this.scalarStart(event);
    const tagged = event.tagStart === ABSENT ? start : Math.min(start, event.tagStart);
    return { start: tagged, end: this.scalarEnd(event) };
  }

  private scalarStart(event: ScalarEvent): number {
    switch (event.style) {
      case SCALAR_STYLE.PLAIN:
        return event.valueStart;
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return event.valueStart - 1;
      default:
        return this.blockHeader(event);
    }
  }

  private scalarEnd(event: ScalarEvent): number {
    switch (event.style) {
      case SCALAR_STYLE.PLAIN:
        return event.valueEnd;
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return event.valueEnd + 1;
      default:
        this.cursor = event.valueEnd;
        return event.chomping === CHOMPING_MODE.KEEP
          ? withoutLineBreak(this.text, event.valueEnd)
          : this.lastContent(event);
    }
  }

  /** The `|` or `>` before a block scalar: in the line above its first line, after the key and its properties. */
  private blockHeader({ valueStart, tagEnd, anchorEnd }: ScalarEvent): number {
    const line = lineAt(this.text, withoutLineBreak(this.text, valueStart));
    let at = Math.max(this.cursor, line.start, tagEnd, anchorEnd);
    while (at < valueStart && this.text[at] !== "|" && this.text[at] !== ">") at++;
    return at;
  }

  /** The end of a block scalar's last line with content; the empty lines after it mean nothing unless they are kept. */
  private lastContent({ valueStart, valueEnd, indent }: ScalarEvent): number {
    let end = valueEnd;
    while (end > valueStart) {
      const unbroken = withoutLineBreak(this.text, end);
      const { start } = lineAt(this.text, unbroken);
      const lineText = this.text.slice(start, unbroken);
      if (/[^ ]/.test(lineText) || (indent >= 0 && lineText.length > indent)) return unbroken;
      end = start;
    }
    return withoutLineBreak(this.text, valueStart);
  }

  /** What to underline for a value that is not written: its tag or anchor, its key, or the dash of its list entry. */
  private placeOfEmpty(event: ScalarEvent, key: OffsetRange | undefined): OffsetRange {
    if (event.tagStart !== ABSENT) return { start: event.tagStart, end: event.tagEnd };
    if (event.anchorStart !== ABSENT) return { start: event.anchorStart - 1, end: event.anchorEnd };
    if (key !== undefined) return key;
    let at = this.cursor;
    while (/[\s#]/.test(this.text[at] ?? ""))
      at = this.text[at] === "#" ? lineFrom(this.text, at).next : at + 1;
    return this.text[at] === "-" ? { start: at, end: at + 1 } : { start: this.cursor, end: this.cursor };
  }
}
