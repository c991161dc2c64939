/**
 * Writes `src/fields/ecs.generated.json`: the fields of the Elastic Common Schema, from `@elastic/ecs` (Apache-2.0) and
 * from `schemas/vocabulary/ecs-history.json`. It is a tree of names, so that prefixes stand there once; the leaves are
 * read by `src/fields/ecs-table.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EcsFlat, EcsVersion } from "@elastic/ecs";

interface EcsField {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly ignore_above?: number;
  /** Of an object whose keys are free: the type of what it holds. */
  readonly object_type?: string;
  readonly multi_fields?: readonly { readonly flat_name: string; readonly type: string }[];
  readonly allowed_values?: readonly {
    readonly name: string;
    readonly expected_event_types?: readonly string[];
  }[];
  readonly expected_values?: readonly string[];
}

interface History {
  readonly added: Readonly<Record<string, readonly string[]>>;
  readonly newer: Readonly<Record<string, string>>;
  readonly removed: Readonly<Record<string, string>>;
}

/** What is at a name and below it; the name's own is under the empty key where there is something below. */
type Tree = { [segment: string]: string | Tree };

/** Most keywords have this limit, which then goes without saying. */
const USUAL_LIMIT = 1024;

const FIELDS = EcsFlat as unknown as Readonly<Record<string, EcsField>>;

/** Makes the table's text and says where it belongs, from the root of the repository. */
export function ecsTable(root: string): { path: string; text: string } {
  const history = JSON.parse(
    readFileSync(join(root, "schemas/vocabulary/ecs-history.json"), "utf8"),
  ) as History;
  const since = new Map(
    Object.entries(history.added).flatMap(([version, names]) =>
      names.map((name) => [name, version] as const),
    ),
  );
  const leaves: [name: string, leaf: string][] = Object.entries(FIELDS).flatMap(([name, field]) => [
    [name, leafOf(field, since.get(name))],
    ...(field.multi_fields ?? []).map((multi): [string, string] => [
      multi.flat_name,
      marked(`${multi.type} multi`, since.get(multi.flat_name) ?? since.get(name)),
    ]),
  ]);
  for (const [name, type] of Object.entries(history.newer))
    leaves.push([name, marked(`${type} other`, since.get(name))]);
  for (const [name, type] of Object.entries(history.removed)) leaves.push([name, `${type} other`]);
  const table = {
    source: `@elastic/ecs ${EcsVersion}`,
    fields: treeOf(leaves.sort(([a], [b]) => (a < b ? -1 : 1))),
    allowed: byValues(({ allowed_values }) => allowed_values?.map(({ name }) => name)),
    usual: byValues(({ expected_values }) => expected_values),
    eventTypes: Object.fromEntries(
      (FIELDS["event.category"]?.allowed_values ?? []).map(({ name, expected_event_types }) => [
        name,
        expected_event_types ?? [],
      ]),
    ),
  };
  return { path: "src/fields/ecs.generated.json", text: `${JSON.stringify(table)}\n` };
}

/** `keyword list <=64 8.11`: the type, and what there is to say beyond it. */
function leafOf(field: EcsField, since: string | undefined): string {
  const limit = field.ignore_above ?? Infinity;
  const isUsual = limit === (field.type === "keyword" ? USUAL_LIMIT : Infinity);
  const marks = [
    field.type,
    ...(field.normalize.includes("array") ? ["list"] : []),
    ...(field.object_type === undefined ? [] : [`of:${field.object_type}`]),
    ...(isUsual ? [] : [`<=${limit === Infinity ? "" : limit}`]),
  ];
  return marked(marks.join(" "), since);
}

function marked(leaf: string, since: string | undefined): string {
  return since === undefined ? leaf : `${leaf} ${since}`;
}

function treeOf(leaves: readonly (readonly [name: string, leaf: string])[]): Tree {
  const tree: Tree = {};
  for (const [name, leaf] of leaves) {
    const path = name.split(".");
    const last = path.pop()!;
    const at = path.reduce((node, segment) => {
      const below = node[segment];
      return typeof below === "object" ? below : (node[segment] = below === undefined ? {} : { "": below });
    }, tree);
    const there = at[last];
    if (typeof there === "object") there[""] = leaf;
    else at[last] = leaf;
  }
  return tree;
}

/** Lists of values, each with the fields that it is for: sixteen fields share one list of entity types. */
function byValues(
  of: (field: EcsField) => readonly string[] | undefined,
): { fields: string[]; values: readonly string[] }[] {
  const lists = new Map<string, { fields: string[]; values: readonly string[] }>();
  for (const [name, field] of Object.entries(FIELDS)) {
    const values = of(field);
    if (values === undefined) continue;
    const key = JSON.stringify(values);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, { fields: [name], values });
    else list.fields.push(name);
  }
  return [...lists.values()];
}

/** Writes the table where it differs. */
export function writeEcs(root: string): void {
  const { path, text } = ecsTable(root);
  const file = join(root, path);
  let current: string | undefined;
  try {
    current = readFileSync(file, "utf8");
  } catch {
    // Not there yet.
  }
  if (current !== text) writeFileSync(file, text);
}

if (process.argv[1] === import.meta.filename) writeEcs(join(import.meta.dirname, "../.."));
