import { canonical } from "../deploy/form/canonical.js";
import { differences } from "../deploy/plan/differ.js";
import type { Risk } from "../deploy/risks/rank.js";
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

/**
 * What happens to one object, grouped: places where the very same happens to it make one effect, together with the files
 * when it happens there too. Places that do not have the object on either side must be left out.
 */
export function effectsOf(pairs: readonly Pair[], judge: Judge): Effect[] {
  const places = pairs.filter(({ place }) => place !== undefined).length;
  const groups = new Map<string, { effect: Omit<Effect, "everywhere">; pair: Pair }>();
  for (const pair of pairs) {
    const change = changeOf(pair);
    if (change === undefined) continue;
    const key = canonical(change);
    const group = groups.get(key);
    const { place } = pair;
    groups.set(key, {
      pair: group?.pair ?? pair,
      effect: {
        ...change,
        files: group?.effect.files === true || place === undefined,
        places: [...(group?.effect.places ?? []), ...(place === undefined ? [] : [place])],
        risks: [],
      },
    });
  }
  return [...groups.values()].map(({ effect, pair }) => ({
    ...effect,
    everywhere: effect.places.length === places,
    risks: risksOfEffect(effect, judge(pair.before, pair.after)),
  }));
}

function changeOf({ before, after }: Pair): Pick<Effect, "action" | "diff" | "values"> | undefined {
  if (before === undefined || after === undefined) {
    return { action: before === undefined ? "added" : "removed", diff: [] };
  }
  const values = valuesDelta(before.values, after.values);
  if (before.text === after.text && values === undefined) return undefined;
  const diff = before.text === after.text ? [] : differences(before.view, after.view);
  if (diff.length === 0 && values === undefined) return undefined;
  return { action: "changed", diff, ...(values === undefined ? {} : { values }) };
}

/** A rule that stays in the files is not removed, only taken away from somewhere. */
function risksOfEffect({ files }: Pick<Effect, "files">, risks: readonly Risk[]): readonly Risk[] {
  if (files) return risks;
  return risks.map((risk) =>
    risk.code === "removed" ? { ...risk, message: "the rule no longer goes there" } : risk,
  );
}
