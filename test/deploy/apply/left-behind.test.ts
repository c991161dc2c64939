import { describe, expect, it } from "vitest";
import { readEntries } from "../../../src/deploy/journal/entries.js";
import { leftBehind } from "../../../src/deploy/snapshot/left-behind.js";
import {
  createConnector,
  createList,
  deleteList,
  deleteRule,
  getItem,
  getRule,
  patchRule,
  updateItem,
} from "../../../src/kibana/endpoints/index.js";
import type { Transport } from "../../../src/kibana/transport.js";
import { MemoryFiles } from "../../support/run-files.js";
import { type Embedded, embedded } from "../embedded.js";
import { changesOf, desiredRule, listOf, only, reference, type Wanted } from "../support.js";
import { applied, cutOff, planned, settle } from "./cut-off.js";

type Fields = Record<string, unknown>;

const QUERY: Wanted = { rules: [desiredRule()] };
const EQL_FIELDS = { type: "eql", language: "eql", query: "any where true" };
const EQL: Wanted = { rules: [desiredRule(EQL_FIELDS)] };
const RULE = { rule_id: "r1" };
const WHERE = { project: "acme", environment: "test", url: "http://localhost:5601" };
/** The run is killed when the DELETE has arrived and the POST has not gone. */
const BETWEEN = { writes: 1, arrives: false };
const AGAIN = { writes: 0, arrives: false };

const note = (run: string) => [
  `continues what the run ${run} left unfinished: what was not the file's comes from that run's snapshot`,
];
const runsOf = (files: MemoryFiles): string[] =>
  [...files.texts.keys()].flatMap((path) => /^journal\/(.*)\.ndjson$/.exec(path)?.[1] ?? []);

const entriesOf = (files: MemoryFiles) => readEntries(files.texts.get(`journal/${runsOf(files)[0]}.ndjson`)!);

/** A rule of the project's that analysts enabled and gave actions, a version and lists. */
async function withAnalysts(): Promise<Embedded> {
  const world = embedded();
  const client = world.client();
  await settle(world, QUERY);
  await createConnector(client, "default", "c1", {
    name: "theirs",
    connector_type_id: ".server-log",
    config: {},
    secrets: {},
  });
  const list = (list_id: string, type: string) =>
    createList(
      client,
      "default",
      { list_id, type, name: list_id, description: "d", namespace_type: "single" },
      () => false,
    );
  const own = [await list("theirs", "detection"), await list("own-of-r1", "rule_default")];
  await patchRule(client, "default", {
    rule_id: "r1",
    enabled: true,
    version: 7,
    actions: [{ id: "c1", action_type_id: ".server-log", group: "default", params: { message: "m" } }],
    exceptions_list: own.map(({ id, list_id, type }) => ({ id, list_id, type, namespace_type: "single" })),
  });
  return world;
}

/** A rule without what Kibana makes up for each one. */
async function ruleOf(world: Embedded): Promise<Fields> {
  const rule: Fields = { ...(await getRule(world.client(), "default", RULE)) };
  for (const name of ["id", "created_at", "updated_at", "execution_summary"]) delete rule[name];
  rule["actions"] = (rule["actions"] as Fields[]).map(({ uuid: _, ...one }) => one);
  rule["exceptions_list"] = (rule["exceptions_list"] as Fields[]).map(({ id: _, ...one }) => one);
  return rule;
}

const continued = async (world: Embedded, files: MemoryFiles, wanted: Wanted) =>
  planned(world, wanted, {}, { runs: files });

/** A world in which the run that changes the rule's type was killed half-way, with what that run left behind. */
async function cutWorld(): Promise<{ world: Embedded; files: MemoryFiles; before: Fields }> {
  const world = await withAnalysts();
  const files = new MemoryFiles();
  const before = await getRule(world.client(), "default", RULE);
  expect(await cutOff(world, await continued(world, files, EQL), BETWEEN, { files })).toBe(true);
  expect(await getRule(world.client(), "default", RULE)).toBeUndefined();
  return { world, files, before: before! };
}

describe("a rule that a run deleted to make it anew, and did not make", () => {
  it("is made with what analysts gave it, as the run would have left it", async () => {
    const uncut = await withAnalysts();
    await settle(uncut, EQL);
    const { world, files, before } = await cutWorld();
    const [run] = runsOf(files);
    const plan = await continued(world, files, EQL);
    const replacement = only(await planned(world, EQL)).write!.body;
    expect(only(plan)).toEqual({
      action: "create",
      kind: "rule",
      key: "rule/default/r1",
      id: "r1",
      name: "Rule one",
      file: "rules/r1.rule.yml",
      state: "new",
      diff: [],
      notes: note(run!),
      write: {
        body: {
          ...replacement,
          enabled: true,
          version: 7,
          actions: before["actions"],
          exceptions_list: before["exceptions_list"],
        },
      },
    });
    await applied(world, plan, world.transport, { files });
    expect(await ruleOf(world)).toEqual(await ruleOf(uncut));
    expect(await ruleOf(world)).toMatchObject({ enabled: true, version: 7, type: "eql" });
    expect(only(await continued(world, files, EQL))).toMatchObject({ action: "unchanged" });
  });

  it("is made from its file alone where no journal is", async () => {
    const { world } = await cutWorld();
    const change = only(await planned(world, EQL));
    expect(change.notes).toBeUndefined();
    expect(change.write!.body).toEqual({ ...EQL.rules![0]!.rule, meta: change.write!.body["meta"] });
    expect(only(await continued(world, new MemoryFiles(), EQL))).toEqual(change);
  });

  it("is remembered until a later run has made it, and no longer", async () => {
    const { world, files } = await cutWorld();
    const [run] = runsOf(files);
    const plan = await continued(world, files, EQL);
    await cutOff(world, plan, AGAIN, { files });
    const next = await continued(world, files, EQL);
    expect(next).toEqual(plan);
    expect(only(next).notes).toEqual(note(run!));
    await applied(world, next, world.transport, { files });
    const live = await getRule(world.client(), "default", RULE);
    await deleteRule(world.client(), "default", { id: live!.id });
    expect(only(await continued(world, files, EQL))).toEqual(only(await planned(world, EQL)));
  });

  it("is made with it too where Kibana refused the second request", async () => {
    const world = await withAnalysts();
    const files = new MemoryFiles();
    const refusing: Transport = (exchange, now) =>
      world.transport(
        exchange.method === "POST" && exchange.url.endsWith("/detection_engine/rules")
          ? { ...exchange, body: "{}" }
          : exchange,
        now,
      );
    const { result } = await applied(world, await continued(world, files, EQL), refusing, { files });
    expect(result!.summary).toMatchObject({ failed: 1, replaced: 0 });
    expect(entriesOf(files).map(({ event }) => event)).toEqual(["started", "intent", "outcome", "finished"]);
    expect(entriesOf(files)[2]).toMatchObject({ key: "rule/default/r1", outcome: "failed" });
    const change = only(await continued(world, files, EQL));
    expect(change).toMatchObject({ action: "create", notes: note(runsOf(files)[0]!) });
    expect(change.write!.body).toMatchObject({ enabled: true, version: 7 });
  });

  it("keeps its own fields where git takes the type back, and loses lists that are gone by now", async () => {
    const { world, files, before } = await cutWorld();
    await deleteList(world.client(), "default", { list_id: "theirs", namespace_type: "single" });
    await applied(world, await continued(world, files, QUERY), world.transport, { files });
    const [, own] = before["exceptions_list"] as Fields[];
    expect(await getRule(world.client(), "default", RULE)).toMatchObject({
      type: "query",
      enabled: true,
      version: 7,
      actions: before["actions"],
      exceptions_list: [own],
    });
    expect(only(await continued(world, files, QUERY))).toMatchObject({ action: "unchanged" });
  });

  it("is not looked for where it is live, nor among runs of others, nor in files that cannot be read", async () => {
    const { world, files, before } = await cutWorld();
    const [run] = runsOf(files);
    expect(await leftBehind(files, WHERE)).toEqual(new Map([["rule/default/r1", { run, before }]]));
    for (const other of [{ project: "other" }, { environment: "prod" }, { url: "http://localhost:9" }])
      expect(await leftBehind(files, { ...WHERE, ...other })).toEqual(new Map());
    await settle(world, EQL);
    expect(only(await continued(world, files, EQL))).toMatchObject({ action: "unchanged" });
    files.texts.delete(`snapshots/${run}/snapshot.json`);
    expect(await leftBehind(files, WHERE)).toEqual(new Map());
    files.read = () => Promise.reject(new Error("EACCES"));
    expect(await leftBehind(files, WHERE)).toEqual(new Map());
    files.list = () => Promise.reject(new Error("EACCES"));
    expect(await leftBehind(files, WHERE)).toEqual(new Map());
  });
});

describe("an exception that a run deleted to move it, and did not make", () => {
  const lists = (inB: boolean): Wanted => {
    const item = { item_id: "i1", name: "One" };
    return {
      lists: [
        listOf({ list_id: "a", name: "a" }, inB ? [] : [item]),
        listOf({ list_id: "b", name: "b" }, inB ? [item] : []),
      ],
      rules: [desiredRule({ exceptions_list: [reference("a"), reference("b")] })],
    };
  };
  const ITEM = { item_id: "i1", namespace_type: "single" } as const;
  const itemOf = async (world: Embedded): Promise<Fields> => {
    const { list_id, name, comments, meta, tags } = (await getItem(world.client(), "default", ITEM))!;
    return { list_id, name, meta, tags, comments: (comments as Fields[]).map(({ comment }) => comment) };
  };
  const withComment = async (): Promise<Embedded> => {
    const world = embedded();
    await settle(world, lists(false));
    const live = (await getItem(world.client(), "default", ITEM))!;
    const { name, description, entries, type, meta } = live;
    await updateItem(world.client(), "default", {
      ...ITEM,
      name,
      description,
      entries,
      type,
      meta,
      tags: ["by ana"],
      comments: [{ comment: "by ana" }],
    });
    return world;
  };

  it("is made in its new list with its comments, as the run would have left it", async () => {
    const uncut = await withComment();
    await settle(uncut, lists(true));
    const world = await withComment();
    const files = new MemoryFiles();
    const first = await continued(world, files, lists(true));
    expect(await cutOff(world, first, BETWEEN, { files })).toBe(true);
    expect(await getItem(world.client(), "default", ITEM)).toBeUndefined();
    // What is unchanged is none of the run's changes.
    expect(entriesOf(files)).toMatchObject([{ event: "started", changes: 1 }, { event: "intent" }]);
    const plan = await continued(world, files, lists(true));
    const { expected: _, last: __, drift: ___, ...moved } = only(first, "exception-item");
    expect(only(plan, "exception-item")).toEqual({
      ...moved,
      action: "create",
      state: "new",
      diff: [],
      notes: note(runsOf(files)[0]!),
    });
    await applied(world, plan, world.transport, { files });
    expect(await itemOf(world)).toEqual(await itemOf(uncut));
    expect(await itemOf(world)).toMatchObject({ list_id: "b", comments: ["by ana"], tags: ["by ana"] });
    for (const change of changesOf(await continued(world, files, lists(true))))
      expect(change, change.key).toMatchObject({ action: "unchanged" });
  });
});
