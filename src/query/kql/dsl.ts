/** Kibana's translation of KQL to Elasticsearch's query DSL. */
import { type FieldInfo, type Fields, type FieldsInput, fieldsOf, isDate } from "../../fields/index.js";
import { Findings, QueryError } from "../core/index.js";
import type { Condition, Literal, Name, Nested, Query, Range, Value } from "./ast.js";
import { readable, refuse } from "./evaluate.js";
import { isAny, meantBy } from "./patterns.js";
import { nestedPathOf } from "./scope.js";
import { type Single, spread } from "./spread.js";
import { isPlainKeyword } from "./value-tests.js";

/** A query of Elasticsearch, as JSON. */
export type Dsl = Readonly<Record<string, unknown>>;

/** Settings of Kibana that change the translation. Rules run with leading wildcards and the time zone `Zulu`. */
export interface DslConfig {
  /** On by default. */
  readonly allowLeadingWildcards?: boolean;
  /** Sent along with terms and patterns on keyword fields. */
  readonly caseInsensitive?: boolean;
  /** The time zone sent along with dates. */
  readonly dateFormatTZ?: string;
  /** `must` in place of `filter`. */
  readonly filtersInMustClause?: boolean;
  /** Sent along with nested queries. */
  readonly nestedIgnoreUnmapped?: boolean;
}

export interface DslOptions {
  readonly fields?: FieldsInput;
  readonly config?: DslConfig;
}

/**
 * The search that Kibana sends for a query. The types of fields decide on much of it; a field that is not given is
 * taken by its name alone. Throws `QueryError` where the query has errors.
 */
export function toElasticsearchQuery(query: Query | string, { fields, config = {} }: DslOptions = {}): Dsl {
  const { body } = readable(query);
  if (body === undefined) return { match_all: {} };
  return new Translator(fields === undefined ? undefined : fieldsOf(fields), config).of(body, undefined);
}

class Translator {
  readonly #fields: Fields | undefined;
  readonly #config: DslConfig;
  readonly #timeZone: Dsl;

  constructor(fields: Fields | undefined, config: DslConfig) {
    this.#fields = fields;
    this.#config = config;
    this.#timeZone = config.dateFormatTZ === undefined ? {} : { time_zone: config.dateFormatTZ };
  }

  of(condition: Condition, path: string | undefined): Dsl {
    switch (condition.kind) {
      case "and": {
        const all = condition.operands.map((operand) => this.of(operand, path));
        return { bool: this.#config.filtersInMustClause === true ? { must: all } : { filter: all } };
      }
      case "or":
        return anyOf(condition.operands.map((operand) => this.of(operand, path)));
      case "not":
        return { bool: { must_not: this.of(condition.operand, path) } };
      case "is": {
        const { value } = condition;
        return value.kind === "value"
          ? this.#is({ ...condition, value }, path)
          : this.of(spread(condition), path);
      }
      case "range":
        return this.#range(condition, path);
      case "nested":
        return this.#nested(condition, path);
      case "error":
        return refuse(condition);
    }
  }

  #is({ field: name, value }: Single, path: string | undefined): Dsl {
    this.#refuseLeading(value);
    if (name === undefined) return bare(value);
    if (isAny(name) && isAny(value)) return { match_all: {} };
    return this.#onFields(name, path, (field) => this.#onField(field, value));
  }

  #onField(field: FieldInfo, value: Value): Dsl {
    const { name } = field;
    if (isAny(value)) return { exists: { field: name } };
    const isKeyword = isPlainKeyword(field);
    const { caseInsensitive } = this.#config;
    const folding = caseInsensitive === undefined ? {} : { case_insensitive: caseInsensitive };
    if (value.pieces !== undefined) {
      return isKeyword
        ? { wildcard: { [name]: { value: pattern(value.pieces), ...folding } } }
        : { query_string: { fields: [name], query: queryString(value.pieces) } };
    }
    const meant = value.value;
    if (isDate(field.type)) return { range: { [name]: { gte: meant, lte: meant, ...this.#timeZone } } };
    if (isKeyword) return { term: { [name]: { value: meant, ...folding } } };
    return { [value.quoted ? "match_phrase" : "match"]: { [name]: meant } };
  }

  #range({ field: name, operator, value }: Range, path: string | undefined): Dsl {
    const bound = { [BOUNDS[operator]]: value.value };
    return this.#onFields(name, path, (field) => ({
      range: { [field.name]: isDate(field.type) ? { ...bound, ...this.#timeZone } : bound },
    }));
  }

  /** A query for each field that the name means, any of which will do. */
  #onFields(name: Name, path: string | undefined, query: (field: FieldInfo) => Dsl): Dsl {
    return anyOf(
      this.#meant(name, path).map((field) => {
        const nestedIn = name.pieces === undefined || path !== undefined ? undefined : nestedPathOf(field);
        return nestedIn === undefined ? query(field) : this.#wrapped(nestedIn, query(field));
      }),
    );
  }

  /** The fields that a name means; the name itself where there are none. */
  #meant(name: Name, path: string | undefined): FieldInfo[] {
    const full = path === undefined ? name.name : `${path}.${name.name}`;
    const found =
      name.pieces === undefined
        ? [this.#fields?.find(full)]
        : this.#matching(meantBy({ ...name, name: full }));
    const known = found.filter((field) => field !== undefined);
    return known.length > 0 ? known : [{ name: full, type: "", source: "given" }];
  }

  #matching(isMeant: (name: string) => boolean): (FieldInfo | undefined)[] {
    const { find, names } = {
      find: (name: string) => this.#fields?.find(name),
      names: this.#fields?.names() ?? [],
    };
    return [...names]
      .filter(isMeant)
      .map(find)
      .filter((field) => field?.type !== "object" && field?.type !== "nested");
  }

  #nested({ path: name, body }: Nested, path: string | undefined): Dsl {
    const full = path === undefined ? name.name : `${path}.${name.name}`;
    return this.#wrapped(full, this.of(body, full));
  }

  #wrapped(path: string, query: Dsl): Dsl {
    const { nestedIgnoreUnmapped: ignored } = this.#config;
    const option = ignored === undefined ? {} : { ignore_unmapped: ignored };
    return { nested: { path, query, score_mode: "none", ...option } };
  }

  #refuseLeading(value: Value): void {
    if (this.#config.allowLeadingWildcards !== false || value.pieces?.[0] !== "" || isAny(value)) return;
    const findings = new Findings();
    findings.add("kql/leading-wildcard", {}, value);
    throw new QueryError(findings.all);
  }
}

const BOUNDS: Readonly<Record<Range["operator"], string>> = {
  "<": "lt",
  "<=": "lte",
  ">": "gt",
  ">=": "gte",
};

function anyOf(should: readonly Dsl[]): Dsl {
  return { bool: { should, minimum_should_match: 1 } };
}

/** A value without a field. */
function bare({ value, pieces, quoted }: Value): Dsl {
  if (pieces !== undefined) return { query_string: { query: queryString(pieces) } };
  return { multi_match: { type: quoted ? "phrase" : "best_fields", query: value, lenient: true } };
}

/** A pattern for a `wildcard` query, which knows `*`, `?` and the backslash. */
function pattern(pieces: NonNullable<Literal["pieces"]>): string {
  return pieces.map((piece) => piece.replace(/[\\*?]/g, "\\$&")).join("*");
}

/**
 * A pattern for a `query_string` query. Kibana escapes all that lies between `+` and `=` in ASCII, digits and the point
 * among it; the escapes mean nothing but the characters.
 */
function queryString(pieces: NonNullable<Literal["pieces"]>): string {
  return pieces.map((piece) => piece.replace(/[+-=&|><!(){}[\]^"~*?:\\/]/g, "\\$&")).join("*");
}
