import {
  type AliasEvent,
  constructFromEvents,
  type Event,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { type Diagnostic, type OffsetRange, report } from "../diagnostics/index.js";
import { limits } from "./limits.js";
import { MERGE_KEY } from "./tags.js";

/** What a closer look at a document's events found. */
export interface Structure {
  readonly diagnostics: readonly Diagnostic[];
  /** The events, mended so that they construct; undefined where no data can or should be made of them. */
  readonly events: readonly Event[] | undefined;
}

/**
 * Looks at what YAML's grammar allows and a rule file may not have: duplicate and odd keys, unknown tags, aliases that lead
 * nowhere, to themselves, or to too much. Only files whose quick construction failed, or that use aliases, come here.
 */
export function inspectStructure(text: string, file: string, events: readonly Event[]): Structure {
  return new Inspector(text, file).inspect(events);
}

interface Frame {
  readonly kind: "document" | "sequence" | "mapping";
  readonly start: number;
  readonly anchor?: Anchor;
  /** In a mapping: the keys so far, and whether the next node is a key. */
  readonly keys: Map<string, OffsetRange>;
  expectsKey: boolean;
  /** Values inside, with aliases followed. */
  size: number;
}

interface Anchor {
  readonly name: string;
  size: number;
  open: boolean;
}

const CORE_TAG =
  /^(?:!|!!(?:str|int|float|bool|null|map|seq)|!<tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)>)$/;

/** How numbers, booleans and null begin; a key that begins otherwise is text. */
const NO_STRING_START = /[-+.\d~nNtTfF]/;

class Inspector {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly anchors = new Map<string, Anchor>();
  private readonly stack: Frame[] = [];
  private aliases = 0;
  private constructible = true;

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  inspect(events: readonly Event[]): Structure {
    const mended = events.map((event) => this.take(event));
    return { diagnostics: this.diagnostics, events: this.constructible ? mended : undefined };
  }

  private take(event: Event): Event {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.push("document", 0, undefined);
        return event;
      case EVENT_ID.POP:
        this.pop();
        return event;
      case EVENT_ID.ALIAS:
        return this.alias(event);
      case EVENT_ID.SCALAR:
        if (this.parent.expectsKey) this.key(event);
        this.anchor(event, 1);
        this.add(1);
        return this.withoutUnknownTag(event);
      default: {
        if (this.parent.expectsKey) this.complexKey(event.start);
        const kind = event.type === EVENT_ID.MAPPING ? "mapping" : "sequence";
        this.push(kind, event.start, this.anchor(event, Infinity));
        return this.withoutUnknownTag(event);
      }
    }
  }

  private get parent(): Frame {
    return this.stack.at(-1)!;
  }

  private push(kind: Frame["kind"], start: number, anchor: Anchor | undefined): void {
    const frame = {
      kind,
      start,
      keys: new Map<string, OffsetRange>(),
      expectsKey: kind === "mapping",
      size: 1,
    };
    this.stack.push(anchor === undefined ? frame : { ...frame, anchor });
  }

  private pop(): void {
    const frame = this.stack.pop()!;
    if (frame.anchor !== undefined) {
      frame.anchor.open = false;
      frame.anchor.size = frame.size;
    }
    if (frame.kind !== "document") this.add(frame.size);
  }

  /** Counts a finished node in its parent, and turns from key to value or back. */
  private add(size: number): void {
    const { parent } = this;
    const before = parent.size;
    parent.size += size;
    if (before <= limits.expandedNodes && parent.size > limits.expandedNodes && parent.kind === "document")
      this.refuse(report("yaml/alias-expansion", { limit: limits.expandedNodes }, { file: this.file }));
    if (parent.kind === "mapping") parent.expectsKey = !parent.expectsKey;
  }

  private anchor(event: { anchorStart: number; anchorEnd: number }, size: number): Anchor | undefined {
    if (event.anchorStart < 0) return undefined;
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const anchor = { name, size, open: size === Infinity };
    this.anchors.set(name, anchor);
    return anchor;
  }

  private alias(event: AliasEvent): Event {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const target = { file: this.file, range: { start: event.anchorStart - 1, end: event.anchorEnd } };
    const anchor = this.anchors.get(name);
    this.aliases++;
    if (this.aliases === limits.aliases + 1)
      this.refuse(report("yaml/too-many-aliases", { limit: limits.aliases }, target));
    if (anchor === undefined) this.find(report("yaml/unknown-alias", { name }, target));
    else if (anchor.open) this.refuse(report("yaml/recursive-alias", { name }, target));
    else if (this.parent.expectsKey && anchor.size > 1) this.complexKey(target.range.start);
    this.add(anchor === undefined || anchor.open ? 1 : anchor.size);
    return anchor === undefined ? asText(event) : event;
  }

  private key(event: ScalarEvent): void {
    const key = event.valueStart < 0 ? "null" : getScalarValue(this.text, event);
    const range = keyRange(event) ?? { start: this.parent.start, end: this.parent.start };
    const target = { file: this.file, range };
    if (key === MERGE_KEY) {
      this.find(report("yaml/merge-key", {}, target));
      return;
    }
    if (typeof this.constructed(event) !== "string")
      this.find(report("yaml/non-string-key", { key }, target));
    const first = this.parent.keys.get(key);
    if (first === undefined) {
      this.parent.keys.set(key, range);
      return;
    }
    const related = [{ message: "it stands here first", target: { file: this.file, range: first } }];
    this.find(report("yaml/duplicate-key", { key }, target, { related }));
  }

  private complexKey(start: number): void {
    const target = { file: this.file, range: { start, end: start + 1 } };
    this.refuse(report("yaml/complex-key", {}, target));
  }

  private constructed(event: ScalarEvent): unknown {
    if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) return "";
    if (event.valueStart >= 0 && !NO_STRING_START.test(this.text[event.valueStart]!)) return "";
    const alone: Event[] = [
      { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] },
      { ...event, anchorStart: -1, anchorEnd: -1 },
      { type: EVENT_ID.POP },
    ];
    return constructFromEvents(alone, { source: this.text })[0];
  }

  private withoutUnknownTag<E extends { tagStart: number; tagEnd: number }>(event: E): E {
    if (event.tagStart < 0) return event;
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    if (CORE_TAG.test(tag)) return event;
    const range = { start: event.tagStart, end: event.tagEnd };
    this.find(report("yaml/unknown-tag", { tag }, { file: this.file, range }));
    return { ...event, tagStart: -1, tagEnd: -1 };
  }

  private refuse(diagnostic: Diagnostic): void {
    this.find(diagnostic);
    this.constructible = false;
  }

  private find(diagnostic: Diagnostic): void {
    if (this.diagnostics.length < limits.structureErrors) this.diagnostics.push(diagnostic);
  }
}

function keyRange({ valueStart, valueEnd, style }: ScalarEvent): OffsetRange | undefined {
  const quotes = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
  return valueStart < 0 ? undefined : { start: valueStart - quotes, end: valueEnd + quotes };
}

/** An alias that leads nowhere, as the text that was probably meant. */
function asText({ anchorStart, anchorEnd }: AliasEvent): ScalarEvent {
  return {
    type: EVENT_ID.SCALAR,
    valueStart: anchorStart - 1,
    valueEnd: anchorEnd,
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    style: SCALAR_STYLE.SINGLE_QUOTED,
    chomping: 1,
    indent: -1,
    fast: true,
  };
}
