import { isJson } from "../../json/index.js";
import { isSame } from "../form/canonical.js";
import type { Change, Plan, SpacePlan } from "./types.js";

/** In what a plan is not the one that the project makes. */
export interface PlanDifference {
  /** What it is about, such as `rule "r1" of space "default"`. */
  readonly what: string;
  /** What is wrong with it, as the end of a sentence. */
  readonly problem: string;
  /** The entry of the plan, where that is what differs. */
  readonly entry?: { readonly space: string; readonly change: Change };
}

/** Fields that differ which are named. */
const NAMED = 3;

/**
 * Compares a plan from a file with the one that was made just now, field by field: everything that is shown or carried
 * out. There is one difference for each entry that has any.
 */
export function differencesOf(planned: Plan, made: Plan): PlanDifference[] {
  const { spaces, summary, kibana, ...head } = planned;
  const { spaces: madeSpaces, summary: madeSummary, kibana: madeKibana, ...madeHead } = made;
  const found = [
    ...pathsOf(head, madeHead).map((path) => ({ what: `"${path}"`, problem: "is another" })),
    // A key that may only plan may not see the version.
    ...(kibana === null || kibana === madeKibana
      ? []
      : [{ what: '"kibana"', problem: "is another version" }]),
    ...spaceDifferences(spaces, madeSpaces),
  ];
  if (found.length > 0 || isSame(summary, madeSummary)) return found;
  return [{ what: '"summary"', problem: "does not count what the plan does" }];
}

function spaceDifferences(planned: readonly SpacePlan[], made: readonly SpacePlan[]): PlanDifference[] {
  const wanted = new Map(made.map((space) => [space.space, space]));
  const seen = new Set<string>();
  const found: PlanDifference[] = [];
  for (const { space, changes, ...more } of planned) {
    const what = `space "${space}"`;
    const own = wanted.get(space);
    if (own === undefined)
      found.push({ what, problem: "is in the plan, and not what this command deploys to" });
    else if (seen.has(space)) found.push({ what, problem: "is in the plan twice" });
    else {
      found.push(...changeDifferences(space, changes, own.changes));
      for (const name of Object.keys(more)) found.push({ what, problem: `has "${name}", which no plan has` });
    }
    seen.add(space);
  }
  for (const { space } of made)
    if (!seen.has(space))
      found.push({
        what: `space "${space}"`,
        problem: "is missing: a plan for some spaces is applied with the same --space",
      });
  if (found.length > 0 || isSame([...seen], [...wanted.keys()])) return found;
  return [{ what: "the spaces", problem: "are in another order" }];
}

function changeDifferences(
  space: string,
  planned: readonly Change[],
  made: readonly Change[],
): PlanDifference[] {
  const wanted = new Map(made.map((change) => [change.key, change]));
  const seen = new Set<string>();
  const found: PlanDifference[] = [];
  const add = (change: Change, problem: string): void => {
    found.push({
      what: `${change.kind.replace("-", " ")} "${change.id}" of space "${space}"`,
      problem,
      entry: { space, change },
    });
  };
  for (const change of planned) {
    const own = wanted.get(change.key);
    if (own === undefined) add(change, "is in the plan, and the project does not plan it");
    else if (seen.has(change.key)) add(change, "is in the plan twice");
    else if (!isSame(change, own)) {
      const paths = pathsOf(change, own);
      const more = paths.length > NAMED ? `, and ${paths.length - NAMED} more` : "";
      add(change, `is not planned like that now: ${paths.slice(0, NAMED).join(", ")}${more}`);
    }
    seen.add(change.key);
  }
  for (const change of made)
    if (!seen.has(change.key)) add(change, `is missing in the plan: the project plans "${change.action}"`);
  if (found.length > 0 || isSame([...seen], [...wanted.keys()])) return found;
  return [{ what: `space "${space}"`, problem: "has its changes in another order" }];
}

/** The paths of what differs between two values, such as `write.body.query`. */
function pathsOf(a: unknown, b: unknown, path = ""): string[] {
  if (isSame(a, b)) return [];
  if (!isJson(a) || !isJson(b)) return [path];
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
    isSame(a[name], b[name]) && Object.hasOwn(a, name) === Object.hasOwn(b, name)
      ? []
      : pathsOf(a[name], b[name], at(name)),
  );
}
