import { isJson, type Json } from "../../json/index.js";
import { every } from "../match/index.js";
import type { Dsl, Matcher } from "./compile.js";
import { UnsupportedDsl } from "./unsupported.js";

/**
 * All of `must` and `filter`, none of `must_not`, and of `should` as many as `minimum_should_match` says: one where nothing
 * is required, else none.
 */
export function compileBool(body: Json, compile: (query: Dsl) => Matcher): Matcher {
  const required = [...queriesOf(body, "must"), ...queriesOf(body, "filter")].map(compile);
  const forbidden = queriesOf(body, "must_not").map(compile);
  const should = queriesOf(body, "should").map(compile);
  const least = leastOf(body["minimum_should_match"], should.length, required.length === 0);
  const tests = [
    ...required,
    ...forbidden.map(
      (test): Matcher =>
        (event) =>
          !test(event),
    ),
  ];
  if (least > 0) tests.push((event) => should.filter((test) => test(event)).length >= least);
  return tests.length === 0 ? () => true : every(tests);
}

function queriesOf(body: Json, name: string): readonly Dsl[] {
  const value = body[name];
  if (value === undefined || value === null) return [];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((query) => {
    if (!isJson(query)) throw new UnsupportedDsl(`\`${name}\` without queries`);
    return query;
  });
}

function leastOf(given: unknown, count: number, alone: boolean): number {
  if (given === undefined) return alone && count > 0 ? 1 : 0;
  const least = Number(given);
  if (!Number.isInteger(least)) throw new UnsupportedDsl("a `minimum_should_match` that is no whole number");
  return least < 0 ? count + least : least;
}
