import { describe, expect, it } from "vitest";
import { listSnapshots, readSnapshot, writeSnapshot } from "../../../src/deploy/snapshot/file.js";
import type { Snapshot } from "../../../src/deploy/snapshot/types.js";
import { MemoryFiles } from "../../support/run-files.js";

type Json = Readonly<Record<string, unknown>>;

const head = {
  version: 1,
  taken_at: "2026-01-01T00:00:00.000Z",
  project: "acme",
  environment: "test",
  url: "http://localhost:5601",
  kibana: "9.5.1",
  plan: "0",
};
const rule = { id: "1", rule_id: "r1", name: "Rule one", type: "query" };
const objects = {
  rule: { kind: "rule", key: "rule/default/r1", id: "r1", before: rule, wrote: { body: { rule_id: "r1" } } },
  list: {
    kind: "exception-list",
    key: "exception-list/default/l",
    id: "l",
    before: { id: "2", list_id: "l", name: "L", type: "detection" },
    wrote: { body: { list_id: "l" } },
  },
  item: {
    kind: "exception-item",
    key: "exception-item/default/i",
    id: "i",
    before: { id: "3", item_id: "i", list_id: "l", name: "I", type: "simple" },
    wrote: { body: { item_id: "i" } },
  },
  values: {
    kind: "value-list",
    key: "value-list/default/v",
    id: "v",
    before: { id: "v", name: "V", type: "keyword" },
    values: ["a"],
    wrote: { body: { id: "v" } },
  },
  connector: {
    kind: "connector",
    key: "connector/default/c",
    id: "c",
    before: { id: "4", name: "renamed", connector_type_id: ".slack" },
    wrote: { body: { id: "4", name: "c" } },
  },
} as const satisfies Record<string, Json>;

async function read(value: unknown): ReturnType<typeof readSnapshot> {
  const files = new MemoryFiles();
  await files.append("snapshots/s/snapshot.json", typeof value === "string" ? value : JSON.stringify(value));
  return readSnapshot(files, "s");
}

const whole = (object: Json): Json => ({ name: "n", action: "update", ...object });
const snapshot = (...some: Json[]): Json => ({
  ...head,
  spaces: [{ space: "default", objects: some.map(whole) }],
});

describe("a snapshot's file", () => {
  it("is read as it was written", async () => {
    const files = new MemoryFiles();
    const written = snapshot(...Object.values(objects)) as unknown as Snapshot;
    await writeSnapshot(files, "s", written, new Map());
    expect(await readSnapshot(files, "s")).toEqual({ snapshot: written, diagnostics: [] });
  });

  it.each([
    ["is no JSON", "{", "it is not JSON"],
    ["is a list", [], "it is not JSON"],
    ["is of another version", { ...head, version: 9 }, "this version of kdac does not know its form 9"],
    ["has no spaces", head, '"spaces" is missing'],
    ["has no list of spaces", { ...head, spaces: {} }, '"spaces" is no list'],
    [
      "has no objects",
      { ...head, spaces: [{ space: "x" }] },
      'an entry of "spaces" is not one of a snapshot',
    ],
    [
      "has spaces without a name",
      { ...head, spaces: [{ objects: [] }] },
      'an entry of "spaces" is not one of a snapshot',
    ],
    [
      "has texts for objects",
      { ...head, spaces: [{ space: "x", objects: [""] }] },
      'an object of space "x" is not one of a snapshot',
    ],
  ])("is refused when it %s", async (_, value, problem) => {
    expect(await read(value)).toEqual({
      diagnostics: [
        expect.objectContaining({
          code: "deploy/broken-snapshot",
          message: `this is no snapshot to go back to: ${problem}`,
          target: { file: ".kdac/snapshots/s/snapshot.json" },
        }),
      ],
    });
  });

  const { rule: one, list, item, values, connector } = objects;
  const without = (object: Json, name: string): Json =>
    Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
  const lacking = (object: Json & { readonly before: Json }, name: string): Json => ({
    ...object,
    before: without(object.before, name),
  });
  const at = (key: string, problem: string): string => `an object of space "default" (${key}) ${problem}`;
  it.each<[string, Json, string]>([
    [
      "a rule of which only the id is known",
      { ...one, before: { id: "1" } },
      at(one.key, 'has no "name" in "before"'),
    ],
    ["a rule without a type", lacking(one, "type"), at(one.key, 'has no "type" in "before"')],
    ["a rule without an id", lacking(one, "id"), at(one.key, 'has no "id" in "before"')],
    ["another rule", { ...one, id: "r2" }, at(one.key, 'has another "rule_id" in "before"')],
    [
      "another rule that was written",
      { ...one, wrote: { body: { rule_id: "r2" } } },
      at(one.key, 'has another "rule_id" in "wrote"'),
    ],
    [
      "a rule that was neither",
      { ...one, before: null, wrote: null },
      at(one.key, "was neither there nor written"),
    ],
    ["a rule of unknown past", without(one, "before"), at(one.key, 'has no "before"')],
    ["a rule of unknown apply", without(one, "wrote"), at(one.key, 'has no "wrote"')],
    ["a rule that was written without a body", { ...one, wrote: {} }, at(one.key, 'has no "wrote"')],
    ["a list without a name", lacking(list, "name"), at(list.key, 'has no "name" in "before"')],
    ["a list without a type", lacking(list, "type"), at(list.key, 'has no "type" in "before"')],
    ["another list", { ...list, id: "m" }, at(list.key, 'has another "list_id" in "before"')],
    ["an item without a list", lacking(item, "list_id"), at(item.key, 'has no "list_id" in "before"')],
    ["another item", { ...item, id: "m" }, at(item.key, 'has another "item_id" in "before"')],
    ["a value list without a type", lacking(values, "type"), at(values.key, 'has no "type" in "before"')],
    ["a value list without values", without(values, "values"), at(values.key, 'has no "values"')],
    ["a value list with numbers", { ...values, values: [1] }, at(values.key, 'has no "values"')],
    ["another value list", { ...values, id: "w" }, at(values.key, 'has another "id" in "before"')],
    [
      "a connector without a type",
      lacking(connector, "connector_type_id"),
      at(connector.key, 'has no "connector_type_id" in "before"'),
    ],
    [
      "something else",
      { ...one, kind: "dashboard" },
      'an object of space "default" is not one of a snapshot',
    ],
    [
      "what the prototype has",
      { ...one, kind: "constructor" },
      'an object of space "default" is not one of a snapshot',
    ],
    [
      "what was left alone",
      { ...one, action: "unchanged" },
      'an object of space "default" is not one of a snapshot',
    ],
    ["what has no key", without(one, "key"), 'an object of space "default" is not one of a snapshot'],
  ])("is refused when it has %s", async (_, object, problem) => {
    const { snapshot: found, diagnostics } = await read(snapshot(object));
    expect(found).toBeUndefined();
    expect(diagnostics.map(({ message }) => message)).toEqual([
      `this is no snapshot to go back to: ${problem}`,
    ]);
  });

  it("may lack what was not there, and what was deleted", async () => {
    const made = { ...list, before: null, action: "create" };
    const gone = { ...one, wrote: null, action: "delete" };
    expect((await read(snapshot(made, gone))).diagnostics).toEqual([]);
  });

  it("is one of its environment, the newest first", async () => {
    const files = new MemoryFiles();
    for (const name of ["20260101T000000Z-test", "20260102T000000Z-test", "20260103T000000Z-prod"])
      await files.append(`snapshots/${name}/snapshot.json`, "{}");
    const names = await listSnapshots(files, "test");
    expect(names).toEqual(["20260102T000000Z-test", "20260101T000000Z-test"]);
  });
});
