/** Bringing an installed prebuilt rule to a newer version of its asset, field by field, three ways. */
import { isDeepStrictEqual } from "node:util";
import { changed, serverPart, storedRule } from "../rules/rule.js";
import { type Actor, saveChanged } from "../rules/write.js";
import type { StoredRule } from "../store/state.js";
import type { RuleBody } from "../validate/rule.js";
import type { Asset } from "./assets.js";
import { comparedFields, fieldOf } from "./fields.js";
import { asAsset } from "./source.js";

/** Which side a field is taken from. */
export const PICKS = ["BASE", "CURRENT", "TARGET", "MERGED"] as const;
export type Pick = (typeof PICKS)[number];

type Values = Readonly<Record<string, unknown>>;

/** A field of the rule in the version that it was installed from, as it is, and as the newer version has it. */
export interface FieldDiff {
  readonly name: string;
  readonly parts: readonly string[];
  /** Undefined where this Kibana does not have the version that was installed. */
  readonly base: Values | undefined;
  readonly current: Values;
  readonly target: Values;
  readonly outcome: string;
  /** The newer version has it otherwise than the one that was installed. */
  readonly hasUpdate: boolean;
  /** It was changed by the user, and otherwise by the newer version. */
  readonly isConflict: boolean;
}

/** Every compared field that is not the same on all sides. */
export function diffOf({ kernel }: Actor, rule: StoredRule, asset: Asset): FieldDiff[] {
  const baseAsset = kernel.prebuilt.get(rule.rule_id, rule.version);
  const baseRule = baseAsset === undefined ? undefined : asAsset(baseAsset, rule);
  const targetRule = asAsset(asset, rule);
  const all = comparedFields(targetRule.type).map(([name, parts]) => {
    const base = baseRule === undefined ? undefined : fieldOf(baseRule, parts);
    return fieldDiff(name, parts, [base, fieldOf(rule, parts), fieldOf(targetRule, parts)]);
  });
  return all.filter(({ outcome }) => outcome !== SAME && outcome !== SAME_WITHOUT_BASE);
}

const SAME = "BASE=A, CURRENT=A, TARGET=A";
const SAME_WITHOUT_BASE = "BASE=-, CURRENT=A, TARGET=A";

function fieldDiff(
  name: string,
  parts: readonly string[],
  [base, current, target]: readonly [Values | undefined, Values, Values],
): FieldDiff {
  const isSame = isDeepStrictEqual(current, target);
  if (base === undefined) {
    const outcome = isSame ? SAME_WITHOUT_BASE : "BASE=-, CURRENT=A, TARGET=B";
    return { name, parts, base, current, target, outcome, hasUpdate: !isSame, isConflict: !isSame };
  }
  const isCustom = !isDeepStrictEqual(base, current);
  const hasUpdate = !isDeepStrictEqual(base, target);
  const currentLetter = isCustom ? "B" : "A";
  const targetLetter = !hasUpdate ? "A" : isCustom && !isSame ? "C" : "B";
  return {
    name,
    parts,
    base,
    current,
    target,
    outcome: `BASE=A, CURRENT=${currentLetter}, TARGET=${targetLetter}`,
    hasUpdate,
    isConflict: isCustom && hasUpdate && !isSame,
  };
}

/** What a field is after an upgrade. A merge keeps what the user changed; where both changed it, it keeps it too. */
export function picked({ base, current, target, hasUpdate, isConflict }: FieldDiff, pick: Pick): Values {
  if (pick === "BASE") return base ?? current;
  if (pick === "CURRENT") return current;
  if (pick === "TARGET") return target;
  return hasUpdate && !isConflict ? target : current;
}

/**
 * Upgrades a rule. What belongs to the user stays: whether it is enabled, its exception lists and its actions. A rule whose
 * type changes cannot keep its fields.
 */
export function upgradeRule(
  actor: Actor,
  rule: StoredRule,
  asset: Asset,
  pick: Pick | ((field: FieldDiff) => Pick),
): StoredRule {
  const { enabled, exceptions_list } = rule;
  const body = { ...(asset as RuleBody), enabled, exceptions_list };
  const target = storedRule(body, { ...serverPart(rule), alert_type: body.type });
  if (target.type !== rule.type) return saveChanged(actor, rule, target);
  const pickOf = typeof pick === "string" ? () => pick : pick;
  const values = diffOf(actor, rule, asset).flatMap((field) => {
    const kept = picked(field, pickOf(field));
    return field.parts.map((part) => [part, kept[part]] as const);
  });
  return saveChanged(actor, rule, changed(target, Object.fromEntries(values)));
}
