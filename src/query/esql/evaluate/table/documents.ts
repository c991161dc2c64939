/** Documents of an index as columns. */
import { type FieldInfo, type Fields } from "../../../../fields/index.js";
import {
  type Event,
  indexedValues,
  parseDate,
  type Read,
  textOf,
  toBoolean,
  toMillis,
  toNumber,
} from "../../../match/index.js";
import { typeOfField } from "../../check/types.js";
import {
  type Cell, cellOf, type Cells, Failure, LONG, millisToNanos, orderOf, type Point, readAddress, readDateNanos, UNSIGNED,
  type Value, valueFromText,
} from "../values/index.js"; // prettier-ignore

/** A document of an index as a search gives it, or its source alone. */
export type Document = Readonly<Record<string, unknown>>;

/** What `METADATA` says of documents. */
export interface Identity {
  readonly id: string;
  readonly index: string;
  readonly version: number;
}

/** Some documents of one index. The columns are read when they are first asked for, and kept. */
export class Documents {
  readonly sources: readonly Event[];
  readonly fields: Fields;
  readonly #documents: readonly Document[];
  readonly #index: string;
  readonly #first: number;
  readonly #columns = new Map<string, Cells>();

  /** @param first the number of the first document in its index, which is its `_id` where it has none */
  constructor(documents: readonly Document[], index: string, fields: Fields, first = 0) {
    this.fields = fields;
    this.sources = documents.map(sourceOf);
    this.#documents = documents;
    this.#index = index;
    this.#first = first;
  }

  get size(): number {
    return this.sources.length;
  }

  get identities(): readonly Identity[] {
    return this.#documents.map((document, at) => identityOf(document, this.#index, this.#first + at));
  }

  column(field: FieldInfo): Cells {
    let cells = this.#columns.get(field.name);
    if (cells === undefined) {
      const read = cellReader(field, this.fields);
      this.#columns.set(field.name, (cells = this.sources.map(read)));
    }
    return cells;
  }
}

function isHit(document: Document): boolean {
  return typeof document["_source"] === "object" && document["_source"] !== null;
}

export function sourceOf(document: Document): Event {
  return isHit(document) ? (document["_source"] as Event) : document;
}

function identityOf(document: Document, index: string, number: number): Identity {
  const { _id: id, _index: own, _version: version } = document;
  return {
    id: typeof id === "string" ? id : String(number),
    index: typeof own === "string" ? own : index,
    version: typeof version === "number" ? version : 1,
  };
}

/** Reads the cell of a field. Values are sorted as Elasticsearch keeps them; those that the type does not hold are left out. */
function cellReader(field: FieldInfo, fields: Fields): (event: Event) => Cell {
  const type = typeOfField(field);
  const convert = READ[field.type] ?? READ[type];
  if (convert === undefined) return () => null;
  const read = field.type === "geo_point" ? pointReader(field) : indexedValues({ fields }, field.name);
  const compare = orderOf(type);
  const isSet = SETS.has(type);
  const isSorted = !field.type.endsWith("point");
  return (event) => {
    const value = read(event);
    if (value === undefined) return null;
    if (!Array.isArray(value)) return convert(value);
    const values = value.map(convert).filter((each): each is Value => each !== null);
    if (!isSorted) return cellOf(values);
    return cellOf((isSet ? [...new Set(values)] : values).sort(compare));
  };
}

/** Types of which an index keeps each value of a document once. */
const SETS: ReadonlySet<string> = new Set(["ip", "keyword", "version"]);

type Convert = (value: unknown) => Value | null;

const integer: Convert = (value) => {
  const number = toNumber(value);
  return number === undefined ? null : Math.trunc(number);
};

/** A whole number of 64 bits, also one that is written as a text. */
function wholeOf(check: (value: bigint) => Value): Convert {
  return (value) => {
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    try {
      const text = typeof value === "bigint" ? String(value) : textOf(value);
      return /^[+-]?\d+$/.test(text) ? check(BigInt(text)) : check(BigInt(Math.trunc(Number(text))));
    } catch {
      return null;
    }
  };
}

const double: Convert = (value) => toNumber(value) ?? null;

/** Numbers that are kept in fewer bits. */
function rounded(round: (value: number) => number): Convert {
  return (value) => {
    const number = toNumber(value);
    return number === undefined ? null : round(number);
  };
}

/** 16 bits hold 11 of a number's. */
function toHalf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value)))) - 10);
  return Math.round(value / unit) * unit;
}

/** What is written in a document, by mapping type or else by the type in ES|QL. */
const READ: Readonly<Record<string, Convert>> = {
  boolean: (value) => toBoolean(value) ?? null,
  date: (value) => toMillis(value) ?? (typeof value === "string" ? (parseDate(value, 0)?.ms ?? null) : null),
  date_nanos: (value) => {
    try {
      if (typeof value === "string") return readDateNanos(value) ?? null;
      const millis = toMillis(value);
      return millis === undefined ? null : millisToNanos(millis);
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  },
  double,
  float: rounded(Math.fround),
  half_float: rounded(toHalf),
  geo_point: (value) => {
    const point = value as Partial<Point>;
    if (typeof point.x === "number" && typeof point.y === "number") return { x: point.x, y: point.y };
    return pointOf(String(value));
  },
  integer,
  ip: (value) => readAddress(textOf(value)) ?? null,
  keyword: textOf,
  long: wholeOf((value) => LONG.check(value)),
  text: textOf,
  unsigned_long: wholeOf((value) => UNSIGNED.check(value)),
  version: textOf,
};

/** `lat,lon`, or `POINT (lon lat)` */
function pointOf(text: string): Point | null {
  const [lat, lon] = text.split(",").map(Number);
  if (lon !== undefined && !Number.isNaN(lat) && !Number.isNaN(lon)) return { x: lon, y: lat! };
  try {
    return valueFromText(text, "geo_point") as Point;
  } catch {
    return null;
  }
}

/** Points are texts, or objects of `lat` and `lon`. */
function pointReader({ name }: FieldInfo): Read {
  const [own, lat, lon] = [name, `${name}.lat`, `${name}.lon`].map((each) =>
    indexedValues({ fields: undefined }, each),
  );
  return (event) => {
    const [y, x] = [toNumber(lat!(event)), toNumber(lon!(event))];
    return x === undefined || y === undefined ? own!(event) : { x, y };
  };
}
