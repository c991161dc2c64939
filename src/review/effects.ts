import { canonical } from "../deploy/form/canonical.js";
import { differences, type FieldChange } from "../deploy/plan/differ.js";
import { type Risk, rankOf } from "../deploy/risks/rank.js";
import type { ReviewObject } from "./objects.js";
import type { Effect, Place } from "./types.js";
import { valuesDelta } from "./values.js";

/** An object on both sides, in the files (without a place) or in one place. */
export interface Pair {
  readonly place?: Place;
  readonly before: ReviewObject | undefined;
  readonly after: ReviewObject | undefined;
}

type Judge = (before: ReviewObject | undefined, after: ReviewObject | undefined) => readonly Risk[];

/** The smallest thing that can happen: one field changes, or one risk is there. */
type Unit =
  | { readonly action: Effect["action"] }
  | { readonly action: "changed"; readonly diff: FieldChange }
  | { readonly action: "changed"; readonly values: NonNullable<Effect["values"]> }
  | { readonly action: Effect["action"]; readonly risk: Risk };

/**
 * What happens to one object, grouped by where: each change of a field is told once with all the places that have it, so
 * that one more change by an overlay does not repeat the rest. Each pair must have the object on one side at least.
 */
export function effectsOf(pairs: readonly Pair[], judge: Judge): Effect[] {
  const units = new Map<string, { unit: Unit; at: Pair[] }>();
  for (const pair of pairs) {
    for (const unit of unitsOf(pair, judge)) {
      const key = canonical(unit);
      const known = units.get(key);
      if (known === undefined) units.set(key, { unit, at: [pair] });
      else known.at.push(pair);
    }
  }
  const total = pairs.filter(({ place }) => place !== undefined).length;
  const effects = new Map<string, Effect>();
  for (const { unit, at } of units.values()) {
    const key = canonical([unit.action, at.map((pair) => pairs.indexOf(pair))]);
    effects.set(key, withUnit(effects.get(key) ?? emptyEffect(unit.action, at, total), unit));
  }
  return [...effects.values()];
}

function unitsOf({ before, after }: Pair, judge: Judge): Unit[] {
  const action = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const risks = judge(before, after).map((risk): Unit => ({ action, risk }));
  if (before === undefined || after === undefined) return [{ action }, ...risks];
  const values = valuesDelta(before.values, after.values);
  const diff = before.text === after.text ? [] : differences(before.view, after.view);
  if (diff.length === 0 && values === undefined) return [];
  return [
    ...diff.map((change): Unit => ({ action: "changed", diff: change })),
    ...(values === undefined ? [] : [{ action: "changed", values } as const]),
    ...risks,
  ];
}

function emptyEffect(action: Effect["action"], at: readonly Pair[], total: number): Effect {
  const places = at.flatMap(({ place }) => (place === undefined ? [] : [place]));
  return {
    action,
    files: at.some(({ place }) => place === undefined),
    places,
    everywhere: places.length === total,
    diff: [],
    risks: [],
  };
}

function withUnit(effect: Effect, unit: Unit): Effect {
  if ("diff" in unit) return { ...effect, diff: [...effect.diff, unit.diff] };
  if ("values" in unit) return { ...effect, values: unit.values };
  if (!("risk" in unit)) return effect;
  // A rule that stays in the files is not removed, only taken away from somewhere.
  const risk: Risk =
    unit.risk.code === "removed" && !effect.files
      ? { code: "removed", message: "the rule no longer goes there" }
      : unit.risk;
  return { ...effect, risks: [...effect.risks, risk].sort((a, b) => rankOf(a.code) - rankOf(b.code)) };
}
