import type { FieldInfo } from "./catalog.js";
import { ecsFields } from "./ecs.js";
import { nearestParent } from "./parents.js";
import type { LockedPattern } from "./sources.js";
import { isText } from "./types.js";

/** The fields of one pattern of the lock. ECS adds what a mapping does not say: values, lists. */
export function lockedFields({ fields, ignore_above = {} }: LockedPattern): Map<string, FieldInfo> {
  const limits = new Map<string, number>();
  for (const [limit, names] of Object.entries(ignore_above))
    for (const name of names) limits.set(name, Number(limit));
  const nested = new Set(fields["nested"]);
  const found = new Map<string, FieldInfo>();
  for (const [types, names] of Object.entries(fields)) {
    const [type = "", ...otherTypes] = distinct(types.split(", "));
    for (const name of names) {
      const nestedIn = nested.size === 0 ? undefined : nearestParent(name, (above) => nested.has(above));
      const ignoreAbove = limits.get(name);
      found.set(name, {
        ...ecsFacts(name),
        name,
        type,
        source: "lock",
        ...(otherTypes.length === 0 ? {} : { otherTypes }),
        ...(nestedIn === undefined ? {} : { nestedIn }),
        ...(ignoreAbove === undefined ? {} : { ignoreAbove }),
      });
    }
  }
  return found;
}

/** What ECS says of a field beyond its mapping. Where the stack maps it, the version that brought it is no matter. */
export function ecsFacts(name: string): Pick<FieldInfo, "allowed" | "array" | "expected" | "usual"> {
  const field = ecsFields().find(name);
  if (field === undefined) return {};
  const { allowed, array, expected, usual } = field;
  return {
    ...(allowed === undefined ? {} : { allowed }),
    ...(array === undefined ? {} : { array }),
    ...(expected === undefined ? {} : { expected }),
    ...(usual === undefined ? {} : { usual }),
  };
}

/**
 * Two pictures of one field as one: a type that the second has and the first has not is a conflict.
 */
export function together(one: FieldInfo, other: FieldInfo): FieldInfo {
  const [type = one.type, ...otherTypes] = distinct([
    one.type,
    ...(one.otherTypes ?? []),
    other.type,
    ...(other.otherTypes ?? []),
  ]);
  const limits = [one.ignoreAbove, other.ignoreAbove].filter((limit) => limit !== undefined);
  return {
    ...other,
    ...one,
    type,
    ...(otherTypes.length === 0 ? {} : { otherTypes }),
    ...(limits.length === 0 ? {} : { ignoreAbove: Math.min(...limits) }),
  };
}

/**
 * Types without those that searches take for the same: Elasticsearch counts `constant_keyword` and `wildcard` as
 * `keyword`, and all kinds of text as `text`, when it asks whether indices agree on a field.
 */
function distinct(types: readonly string[]): string[] {
  const seen = new Set<string>();
  return types.filter((type) => {
    const family =
      type === "constant_keyword" || type === "wildcard" ? "keyword" : isText(type) ? "text" : type;
    if (seen.has(family)) return false;
    seen.add(family);
    return true;
  });
}
