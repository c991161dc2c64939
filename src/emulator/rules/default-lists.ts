/** The rules about `rule_default` lists: a rule has at most one, and it belongs to that rule alone. */
import type { ExceptionListReference } from "../../kibana/rule.js";
import { SiemError } from "../http/errors.js";
import type { SpaceData } from "../store/state.js";

const defaultsIn = (lists: readonly ExceptionListReference[]): ExceptionListReference[] =>
  lists.filter((list) => list.type === "rule_default");

export function checkOneDefaultList(lists: readonly ExceptionListReference[]): void {
  if (defaultsIn(lists).length > 1) {
    throw new SiemError(500, "More than one default exception list found on rule");
  }
}

/** `self`: the rule that is updated, and the name by which it was addressed. */
export function checkDefaultListIsFree(
  space: SpaceData,
  lists: readonly ExceptionListReference[],
  self?: { readonly id: string | undefined; readonly addressed: string },
): void {
  const own = defaultsIn(lists)[0];
  if (own === undefined) return;
  const holders = [...space.rules.values()]
    .filter((rule) => rule.id !== self?.id)
    .filter((rule) => defaultsIn(rule.exceptions_list).some((list) => list.list_id === own.list_id))
    .map((rule) => rule.id);
  if (holders.length === 0) return;
  const start =
    self === undefined
      ? "default exception list already exists"
      : `default exception list for rule: ${self.addressed} already exists`;
  throw new SiemError(409, `${start} in rule(s): ${holders.join(",")}`);
}
