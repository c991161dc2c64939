/** What deploying promises, whatever happens: each is checked between two moments. */
import { expect } from "vitest";
import type { Others } from "./deeds.js";
import { CONNECTOR, type Json, PROJECT, type Space, SPACES } from "./project.js";
import type { SpaceState, State } from "./state.js";

export interface Allowed {
  readonly adopt: boolean;
  readonly overwriteDrift: boolean;
  readonly prune: boolean;
  readonly maxDeletes: number;
  /** It takes an apply back, so that what that made goes, connectors too. */
  readonly back?: true;
}

const markOf = (object: Json): Json | undefined =>
  (object["meta"] as Json | undefined)?.["kdac"] as Json | undefined;

const defaultList = (rule: Json): unknown =>
  (rule["exceptions_list"] as Json[]).find(({ type }) => type === "rule_default")?.["list_id"];

const by = <T extends string>(key: T, objects: readonly Json[]): Map<unknown, Json> =>
  new Map(objects.map((object) => [object[key], object]));

const comments = (item: Json | undefined): string[] =>
  ((item?.["comments"] ?? []) as Json[]).map(({ comment }) => String(comment));

/** Rules of others, and rules whose name the project has but that others made. */
const isOthers = (rule: Json, space: Space, { analysts }: Others): boolean =>
  analysts.has(`${space}/${String(rule["rule_id"])}`) &&
  !(markOf(rule)?.["project"] === PROJECT && markOf(rule)?.["rule_id"] === rule["rule_id"]);

const wasSavedInForm = (rule: Json): boolean =>
  markOf(rule) === undefined && "kibana_siem_app_url" in ((rule["meta"] ?? {}) as Json);

function checkSpace(
  space: Space,
  before: SpaceState,
  after: SpaceState,
  others: Others,
  allowed: Allowed,
): void {
  const [rules, items, lists] = [
    by("id", after.rules),
    by("item_id", after.items),
    by("list_id", after.lists),
  ];
  const byName = by("rule_id", after.rules);
  for (const rule of before.rules) {
    const name = `${space}/${String(rule["rule_id"])}`;
    if (isOthers(rule, space, others)) {
      // Who saves a rule in Kibana's form takes any mark off it: with this name it may well have been the project's.
      const claimed = allowed.adopt || (allowed.overwriteDrift && wasSavedInForm(rule));
      if (!claimed) expect(rules.get(rule["id"]), `${name} of others changed`).toEqual(rule);
      else expect(rules.has(rule["id"]), `${name} of others is gone`).toBe(true);
      continue;
    }
    const note = others.notes.get(name);
    if (note !== undefined && rule["note"] === note && !allowed.overwriteDrift && !allowed.adopt)
      expect(rules.get(rule["id"]), `${name}, which an analyst edited`).toEqual(rule);
    const own = defaultList(rule);
    const later = byName.get(rule["rule_id"]);
    if (own === undefined) continue;
    if (later !== undefined) expect(defaultList(later), `${name} lost its own list`).toBe(own);
    if (before.lists.some(({ list_id }) => list_id === own))
      expect(lists.has(own), `the own list of ${name} is gone`).toBe(true);
  }
  for (const item of before.items) {
    const id = String(item["item_id"]);
    const later = items.get(id);
    if (others.analysts.has(`${space}/${id}`)) expect(later, `an analyst's item ${id}`).toEqual(item);
    if (later !== undefined || !allowed.prune)
      expect(comments(later), `comments of ${id}`).toEqual(expect.arrayContaining(comments(item)));
  }
  for (const list of before.lists)
    if (others.analysts.has(`${space}/${String(list["list_id"])}`) && !allowed.adopt)
      expect(lists.get(list["list_id"]), "a list of others").toEqual(list);
  for (const value of before.values.filter((each) => each.startsWith("192.168.")))
    if (!allowed.overwriteDrift) expect(after.values, "a value that an analyst added").toContain(value);
  for (const connector of before.connectors.filter(({ name }) => allowed.back !== true || name !== CONNECTOR))
    expect(
      after.connectors.some(({ id }) => id === connector["id"]),
      `connector ${String(connector["name"])}`,
    ).toBe(true);
}

function once(key: string, objects: readonly Json[]): void {
  const values = objects.map((object) => object[key]);
  expect(values, `${key} twice`).toHaveLength(new Set(values).size);
}

/** What is no longer there: rules by their object, so that a replaced one counts. */
const goneFrom = (before: SpaceState, after: SpaceState): unknown[] =>
  (["rules", "lists", "items"] as const).flatMap((kind) =>
    before[kind].filter(({ id }) => !after[kind].some((object) => object["id"] === id)).map(({ id }) => id),
  );

/** Holds one moment against an earlier one. Throws what vitest's `expect` throws. */
export function checkPromises(before: State, after: State, others: Others, allowed: Allowed): void {
  for (const space of SPACES) {
    checkSpace(space, before[space], after[space], others, allowed);
    once("rule_id", after[space].rules);
    once("list_id", after[space].lists);
    once("item_id", after[space].items);
    // Others may well make two connectors of one name; the project never makes a second.
    const named = (state: SpaceState): number =>
      state.connectors.filter(({ name }) => name === CONNECTOR).length;
    expect(named(after[space]), "connectors of one name").toBeLessThanOrEqual(
      Math.max(1, named(before[space])),
    );
  }
  const gone = SPACES.flatMap((space) => goneFrom(before[space], after[space]));
  expect(gone.length, "deletions").toBeLessThanOrEqual(allowed.maxDeletes);
}
