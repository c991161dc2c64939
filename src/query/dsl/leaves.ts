/** The clauses that ask about one field. */
import { type FieldInfo, isText } from "../../fields/index.js";
import { isJson, type Json } from "../../json/index.js";
import {
  anyField,
  anyWord,
  compileRegexp,
  compileWildcard,
  equalTest,
  type Event,
  fold,
  hasValue,
  hasWord,
  hasWordsInRow,
  type Interval,
  never,
  normalization,
  type Piece,
  point,
  rangeTest,
  type ScalarTest,
  type Scope,
  some,
  textOf,
  tokens,
} from "../match/index.js";
import { isOutOfReach } from "../kql/scope.js";
import type { Matcher } from "./compile.js";
import { nameIn, onField } from "./on-field.js";
import { UnsupportedDsl } from "./unsupported.js";

export function exists(body: Json, scope: Scope): Matcher {
  const { field } = body;
  if (typeof field !== "string") throw new UnsupportedDsl("`exists` without a field");
  const name = nameIn(scope, field);
  return name === undefined || isOutOfReach(scope, field) ? () => false : hasValue(scope, name);
}

/** The field of a clause and what it says of it, long (`{value: …}`) or short. */
function readOne(body: Json, clause: string, key: string): [field: string, value: unknown, options: Json] {
  const named = Object.entries(body).filter(([name]) => name !== "boost" && name !== "_name");
  const [field, given] = named[0] ?? [];
  if (field === undefined || named.length > 1) throw new UnsupportedDsl(`\`${clause}\` on several fields`);
  if (isJson(given)) return [field, given[key], given];
  return [field, given, {}];
}

/** A value as the text that a query has for it. Undefined for null, which no field equals. */
function written(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Values as intervals, for fields that hold ranges. */
const points = (...values: readonly unknown[]): Interval[] =>
  values.map(written).flatMap((text) => (text === undefined ? [] : [point(text)]));

/** A word or whole value as it stands, without analysis. */
function termTest(field: FieldInfo | undefined, value: unknown, now: number, anyCase = false): ScalarTest {
  const text = written(value);
  if (text === undefined) return never;
  const wanted = normalization(field)(text);
  if (anyCase) {
    const folded = fold(wanted);
    const same = (found: string): boolean => fold(found) === folded;
    return field !== undefined && isText(field.type) ? anyWord(same) : (found) => same(textOf(found));
  }
  if (field !== undefined && isText(field.type)) return anyWord((word) => word === wanted);
  return equalTest(wanted, field?.type, now);
}

export function term(body: Json, scope: Scope): Matcher {
  const [field, value, options] = readOne(body, "term", "value");
  const anyCase = options["case_insensitive"] === true;
  return onField(scope, field, (info) => termTest(info, value, scope.now, anyCase), points(value));
}

/** More values than this are looked up rather than compared one by one. */
const MANY = 8;

export function terms(body: Json, scope: Scope): Matcher {
  const [field, values] = Object.entries(body).find(([name]) => name !== "boost") ?? [];
  if (field === undefined || !Array.isArray(values)) throw new UnsupportedDsl("`terms` without a list");
  return onField(
    scope,
    field,
    (info) => {
      if (values.length > MANY && info?.type === "keyword") {
        const set = new Set(
          values.map(written).flatMap((text) => (text === undefined ? [] : [normalization(info)(text)])),
        );
        return (found) => set.has(textOf(found));
      }
      const tests = values.map((value) => termTest(info, value, scope.now));
      return tests.length === 0 ? never : some(tests);
    },
    points(...values),
  );
}

function matchTest(field: FieldInfo | undefined, value: unknown, now: number, all: boolean): ScalarTest {
  const text = written(value);
  if (text === undefined) return never;
  if (field === undefined || !isText(field.type))
    return equalTest(normalization(field)(text), field?.type, now);
  const words = tokens(text);
  if (words.length === 0) return never;
  if (!all) return hasWord(words);
  return (found) => {
    const has = new Set(tokens(textOf(found)));
    return words.every((word) => has.has(word));
  };
}

/** Whether an operator between words asks for all of them. */
export const isAnd = (operator: unknown): boolean =>
  typeof operator === "string" && operator.toLowerCase() === "and";

export function match(body: Json, scope: Scope): Matcher {
  const [field, value, options] = readOne(body, "match", "query");
  const all = isAnd(options["operator"]);
  return onField(scope, field, (info) => matchTest(info, value, scope.now, all), points(value));
}

function phraseTest(field: FieldInfo | undefined, value: unknown, now: number, slop = 0): ScalarTest {
  const text = written(value);
  if (text === undefined) return never;
  if (field === undefined || !isText(field.type))
    return equalTest(normalization(field)(text), field?.type, now);
  const words = tokens(text);
  return words.length === 0 ? never : hasWordsInRow(words, field, slop);
}

export function matchPhrase(body: Json, scope: Scope): Matcher {
  const [field, value, { slop }] = readOne(body, "match_phrase", "query");
  return onField(
    scope,
    field,
    (info) => phraseTest(info, value, scope.now, Number(slop ?? 0)),
    points(value),
  );
}

/** In any of the fields named, which may be patterns; in all where none is. */
export function multiMatch(body: Json, scope: Scope): Matcher {
  const { fields, query, type } = body;
  const testOf = (info: FieldInfo | undefined): ScalarTest | undefined => {
    if (info !== undefined && isOutOfReach(scope, info.name)) return undefined;
    return type === "phrase" ? phraseTest(info, query, scope.now) : matchTest(info, query, scope.now, false);
  };
  const names = Array.isArray(fields) ? fields.map(String) : ["*"];
  return some(
    names.map((name): Matcher => {
      if (!name.includes("*")) return onField(scope, name, (info) => testOf(info) ?? never);
      return anyField(scope, compileWildcard(name), testOf);
    }),
  );
}

export function range(body: Json, scope: Scope): Matcher {
  const [field, , bounds] = readOne(body, "range", "");
  const { gt, gte, lt, lte } = bounds;
  const interval = (change: (text: string) => string): Interval => {
    const bound = (value: unknown): string | undefined => {
      const text = written(value);
      return text === undefined ? undefined : change(text);
    };
    return {
      low: bound(gte ?? gt),
      high: bound(lte ?? lt),
      includesLow: (gte ?? undefined) !== undefined,
      includesHigh: (lte ?? undefined) !== undefined,
    };
  };
  return onField(scope, field, (info) => rangeTest(interval(normalization(info)), info?.type, scope.now), [
    interval((text) => text),
  ]);
}

/** A test of whole values of keywords, and of single words of texts. */
function ofText(info: FieldInfo | undefined, test: (text: string) => boolean): ScalarTest {
  return info !== undefined && isText(info.type) ? anyWord(test) : (value) => test(textOf(value));
}

export function prefix(body: Json, scope: Scope): Matcher {
  const [field, value, options] = readOne(body, "prefix", "value");
  return patternOn(field, [String(value), { any: true }], options, scope);
}

export function wildcard(body: Json, scope: Scope): Matcher {
  const [field, value, options] = readOne(body, "wildcard", "value");
  return patternOn(field, piecesOf(String(value ?? options["wildcard"])), options, scope);
}

function patternOn(field: string, pieces: readonly Piece[], options: Json, scope: Scope): Matcher {
  const insensitive = options["case_insensitive"] === true;
  return onField(scope, field, (info) => {
    const normalized = normalization(info);
    const changed = pieces.map((piece) => (typeof piece === "string" ? normalized(piece) : piece));
    return ofText(info, compileWildcard(changed, { insensitive }));
  });
}

/** `*` is any run, `?` one character; a backslash takes the next one as it stands. */
function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === "*" || char === "?") {
      pieces.push(text, char === "*" ? { any: true } : { one: true });
      text = "";
    } else text += char === "\\" && at + 1 < pattern.length ? pattern[++at]! : char;
  }
  return [...pieces, text];
}

export function regexp(body: Json, scope: Scope): Matcher {
  const [field, value, options] = readOne(body, "regexp", "value");
  const insensitive = options["case_insensitive"] === true;
  return onField(scope, field, (info) => {
    const compiled = compileRegexp(normalization(info)(String(value)), { insensitive });
    return compiled.ok ? ofText(info, compiled.test) : never;
  });
}

export function ids(body: Json): Matcher {
  const { values } = body;
  const wanted = new Set((Array.isArray(values) ? values : [values]).map(String));
  return (event: Event) => wanted.has(textOf(event["_id"]));
}
