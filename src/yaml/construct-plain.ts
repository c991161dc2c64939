import {
  boolCoreTag,
  type Event,
  EVENT_ID,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  type MappingEvent,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { MERGE_KEY } from "./tags.js";

const ABSENT = -1;

/** What a plain scalar may be beside text, in the order in which YAML's core schema asks, by how it begins. */
const TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag] as const;
const IMPLICIT = new Map<string, (typeof TAGS)[number][]>();
for (const tag of TAGS)
  for (const first of tag.implicitFirstChars ?? [])
    IMPLICIT.set(first, [...(IMPLICIT.get(first) ?? []), tag]);

/**
 * The data of a document whose root is a mapping, as js-yaml's own constructor makes it with the core schema, in half the time.
 * Undefined where something is in it that this does not know: a tag, an alias, a key that is no text, a key that is there
 * twice. Files of people have such things now and then; js-yaml's constructor takes those.
 */
export function constructPlain(text: string, events: readonly Event[]): Record<string, unknown> | undefined {
  const construction = new Construction(text, events);
  const data = construction.node();
  return construction.isPlain ? (data as Record<string, unknown>) : undefined;
}

class Construction {
  isPlain = true;
  readonly #text: string;
  readonly #events: readonly Event[];
  /** Of the next event; 0 is the document itself. */
  #next = 1;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  node(): unknown {
    const event = this.#events[this.#next++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.SEQUENCE:
        this.#expect(event.tagStart === ABSENT);
        return this.#sequence();
      case EVENT_ID.MAPPING:
        return this.#mapping(event);
      default:
        this.#expect(false);
        return undefined;
    }
  }

  #sequence(): unknown[] {
    const items: unknown[] = [];
    while (this.#hasMore()) items.push(this.node());
    return items;
  }

  #mapping({ tagStart }: MappingEvent): Record<string, unknown> {
    this.#expect(tagStart === ABSENT);
    const fields: Record<string, unknown> = {};
    while (this.#hasMore()) {
      const key = this.node();
      const isUsual = typeof key === "string" && key !== MERGE_KEY && key !== "__proto__";
      this.#expect(isUsual && !Object.hasOwn(fields, key));
      if (this.isPlain) fields[key as string] = this.node();
    }
    return fields;
  }

  #scalar(event: ScalarEvent): unknown {
    this.#expect(event.tagStart === ABSENT);
    const source = getScalarValue(this.#text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return source;
    for (const tag of IMPLICIT.get(source.charAt(0)) ?? []) {
      const value = tag.resolve(source, false, tag.tagName);
      if (value !== NOT_RESOLVED) return value;
    }
    return source;
  }

  #expect(isTrue: boolean): void {
    if (!isTrue) this.isPlain = false;
  }

  /** Takes the closing event where there are no more. Nothing more is read once something unusual was found. */
  #hasMore(): boolean {
    if (!this.isPlain) return false;
    if (this.#events[this.#next]!.type !== EVENT_ID.POP) return true;
    this.#next++;
    return false;
  }
}
