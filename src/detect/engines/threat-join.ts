import type { ThreatMapEntry, ThreatMapping } from "../../kibana/rule.js";
import type { Fields } from "../../fields/index.js";
import { fetchedValues, type Event } from "../../query/index.js";
import { dsl } from "../../query/index.js";
import type { Hit } from "../search.js";

/** An indicator that an event matches, by one of the fields. */
export interface Threat {
  readonly indicator: Hit;
  /** The field of the event. */
  readonly field: string;
  readonly value: unknown;
}

export interface Matched {
  readonly event: Hit;
  readonly threats: readonly Threat[];
}

/** Which side of an entry's two fields. */
type Side = "field" | "value";

/**
 * The events that indicators are about, oldest first. The mappings are alternatives; all entries of one have to hold. The
 * smaller side is gone through, and the other one searched: where both fields are keywords or addresses, for the first of several
 * values, and otherwise for a single one.
 */
export function joinThreats(
  mapping: readonly ThreatMapping[],
  events: readonly Hit[],
  indicators: readonly Hit[],
): Matched[] {
  const found = new Map<Hit, Threat[]>();
  const eventsFirst = events.length < indicators.length;
  const [outer, inner] = eventsFirst ? [events, indicators] : [indicators, events];
  const sides: readonly [Side, Side] = eventsFirst ? ["field", "value"] : ["value", "field"];
  for (const { entries } of mapping) {
    const join = new GroupJoin(entries, inner, sides);
    for (const hit of outer) {
      for (const other of join.partnersOf(hit)) {
        const [event, indicator] = eventsFirst ? [hit, other] : [other, hit];
        const threats = found.get(event) ?? [];
        if (threats.length === 0) found.set(event, threats);
        for (const { field, value } of entries.filter((entry) => entry.negate !== true))
          addOnce(threats, { indicator, field, value: firstOf(indicator, value) });
      }
    }
  }
  return events.flatMap((event) => {
    const threats = found.get(event);
    return threats === undefined ? [] : [{ event, threats }];
  });
}

function addOnce(threats: Threat[], threat: Threat): void {
  if (!threats.some(({ indicator, field }) => indicator === threat.indicator && field === threat.field))
    threats.push(threat);
}

function firstOf({ doc }: Hit, field: string): unknown {
  return valuesOf(doc.event, doc.mapping.fields, field)[0];
}

function valuesOf(event: Event, fields: Fields, field: string): readonly unknown[] {
  return fetchedValues({ fields }, field)(event);
}

/** The entries of one group, with the side that is searched. */
class GroupJoin {
  readonly #entries: readonly ThreatMapEntry[];
  readonly #inner: readonly Hit[];
  readonly #own: Side;
  readonly #other: Side;
  /** The searched side by the values of the first entry that has to hold, where they can be looked up. */
  readonly #byValue = new Map<string, Hit[]>();
  readonly #first: ThreatMapEntry | undefined;

  constructor(
    entries: readonly ThreatMapEntry[],
    inner: readonly Hit[],
    [own, other]: readonly [Side, Side],
  ) {
    this.#entries = entries;
    this.#inner = inner;
    this.#own = own;
    this.#other = other;
    this.#first = entries.find((entry) => entry.negate !== true);
    if (this.#first === undefined) return;
    for (const hit of inner)
      for (const value of new Set(
        valuesOf(hit.doc.event, hit.doc.mapping.fields, this.#first[other]).map(String),
      )) {
        const same = this.#byValue.get(value);
        if (same === undefined) this.#byValue.set(value, [hit]);
        else same.push(hit);
      }
  }

  /** What of the searched side goes with a document. */
  partnersOf(hit: Hit): readonly Hit[] {
    const tests: ((other: Hit) => boolean)[] = [];
    for (const entry of this.#entries) {
      const test = this.#testOf(entry, hit);
      if (test === undefined) return [];
      if (test !== "any") tests.push(test);
    }
    return this.#candidates(hit).filter((other) => tests.every((test) => test(other)));
  }

  /** The test of an entry; undefined where nothing can go with the document. */
  #testOf(entry: ThreatMapEntry, { doc }: Hit): ((other: Hit) => boolean) | "any" | undefined {
    const values = valuesOf(doc.event, doc.mapping.fields, entry[this.#own]);
    const field = entry[this.#other];
    const isThere = (other: Hit): boolean =>
      valuesOf(other.doc.event, other.doc.mapping.fields, field).length > 0;
    if (entry.negate === true) {
      if (values.length === 0) return isThere;
      if (values.length > 1) return "any";
      const equals = equality(field, values[0]);
      return (other) => !equals(other);
    }
    if (values.length === 0) return undefined;
    const isSimple = this.#entries.length === 1 && isExact(doc.mapping.fields, entry[this.#own]);
    if (values.length > 1 && !isSimple) return undefined;
    return equality(field, values[0]);
  }

  /** The documents that may go with one: by value where its kind is exact on both sides, else all. */
  #candidates({ doc }: Hit): readonly Hit[] {
    const entry = this.#first;
    const other = this.#inner[0];
    if (entry === undefined || other === undefined) return this.#inner;
    const fields = doc.mapping.fields;
    const isLookup =
      isKeyword(fields, entry[this.#own]) &&
      this.#inner.every(({ doc: { mapping } }) => isKeyword(mapping.fields, entry[this.#other]));
    if (!isLookup) return this.#inner;
    const [value] = valuesOf(doc.event, fields, entry[this.#own]);
    return this.#byValue.get(String(value)) ?? [];
  }
}

/** Whether a field of another document matches a value, by its mapping. */
function equality(field: string, value: unknown): (other: Hit) => boolean {
  const tests = new Map<Fields, (event: Event) => boolean>();
  return ({ doc: { event, mapping } }) => {
    let test = tests.get(mapping.fields);
    if (test === undefined)
      tests.set(
        mapping.fields,
        (test = dsl.compile({ match: { [field]: value } }, { fields: mapping.fields })),
      );
    return test(event);
  };
}

const EXACT: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard", "ip"]);

function isExact(fields: Fields, name: string): boolean {
  const type = fields.find(name)?.type;
  return type === undefined || EXACT.has(type);
}

function isKeyword(fields: Fields, name: string): boolean {
  const info = fields.find(name);
  return info !== undefined && info.type === "keyword" && info.normalizer === undefined;
}
