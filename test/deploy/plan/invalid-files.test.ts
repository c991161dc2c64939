import { describe, expect, it } from "vitest";
import { InvalidFiles } from "../../../src/deploy/plan/invalid-files.js";
import { plan } from "../../../src/deploy/plan/plan.js";
import type { Change } from "../../../src/deploy/plan/types.js";
import type { InvalidFile } from "../../../src/project/index.js";
import {
  actual,
  applied,
  changesOf,
  connectorOf,
  desired,
  desiredRule,
  itemLive,
  listLive,
  listOf,
  planOne,
  POLICY,
  type State,
  uuid,
  valuesLive,
  valuesOf,
  type Wanted,
} from "../support.js";

const file = (kind: InvalidFile["kind"], id: string | undefined, path = "rules/x.yml"): InvalidFile => ({
  file: path,
  cause: path,
  kind,
  id,
});

function planned(
  invalid: readonly InvalidFile[],
  wanted: Wanted,
  state: State,
  prune = true,
): readonly Change[] {
  const files = {
    invalid: new InvalidFiles(invalid),
    withheldRules: new Set<string>(),
    agnostic: new Set<string>(),
  };
  return changesOf(
    plan(
      { environment: "test", spaces: [desired(wanted)], files },
      { url: "u", version: "9.5.1", spaces: [actual(state)] },
      { ...POLICY, prune },
    ),
  );
}

const said = (changes: readonly Change[]): string[] =>
  changes.map(({ action, kind, id, state, conflict }) =>
    [action, kind, id, state, ...(conflict === undefined ? [] : [conflict.code])].join(" "),
  );

const body = (kind: Change["kind"]): Record<string, unknown> => {
  const made = changesOf(planOne({ lists: [listOf({}, [{}])] })).find((change) => change.kind === kind);
  return { ...made!.write!.body, id: uuid() };
};
const wholeSpace: State = {
  rules: [applied(desiredRule()), applied(desiredRule({ rule_id: "r2", name: "Rule two" }))],
  lists: [listLive(body("exception-list"))],
  items: [itemLive(body("exception-item"))],
  valueLists: [valuesLive(valuesOf(["a"]))],
};

describe("an invalid file whose object is known", () => {
  it.each([true, false])("keeps it, with prune %s, and says which file it is", (prune) => {
    const changes = planned(
      [file("rule", "r1", "rules/one.rule.yml")],
      {},
      { rules: wholeSpace.rules! },
      prune,
    );
    expect(said(changes)).toEqual([
      "conflict rule r1 changed invalid-file",
      prune ? "delete rule r2 orphaned" : "orphan rule r2 orphaned",
    ]);
    expect(changes[0]).toEqual({
      action: "conflict",
      kind: "rule",
      key: "rule/default/r1",
      id: "r1",
      name: "Rule one",
      file: "rules/one.rule.yml",
      state: "changed",
      diff: [],
      conflict: {
        code: "invalid-file",
        message: "its file rules/one.rule.yml is invalid",
        help: "fix what kdac validate reports for rules/one.rule.yml",
      },
    });
  });

  it("names the translation that is to blame", () => {
    const translated = { ...file("rule", "r1", "rules/one.rule.yml"), cause: "rules/one.rule.de.yml" };
    const [change] = planned([translated], {}, { rules: [applied(desiredRule())] });
    expect(change).toMatchObject({
      file: "rules/one.rule.yml",
      conflict: {
        message: "rules/one.rule.de.yml, which belongs to it, is invalid",
        help: "fix what kdac validate reports for rules/one.rule.de.yml",
      },
    });
  });

  it("keeps a list with its items, and a value list", () => {
    const changes = planned(
      [file("exceptions", "trusted"), file("values", valuesOf([]).id)],
      {},
      {
        ...wholeSpace,
        rules: [],
      },
    );
    expect(said(changes)).toEqual([
      "conflict exception-item trusted-0 changed invalid-file",
      "conflict exception-list trusted changed invalid-file",
      `conflict value-list ${valuesOf([]).id} changed invalid-file`,
    ]);
    expect(changes.map((change) => change.file)).toEqual(["rules/x.yml", "rules/x.yml", "rules/x.yml"]);
  });

  it("is a conflict where the space has nothing of it", () => {
    const [change, ...others] = planned([file("connector", "soc")], {}, {});
    expect(others).toEqual([]);
    expect(change).toEqual({
      kind: "connector",
      key: "connector/default/soc",
      id: "soc",
      name: "soc",
      file: "rules/x.yml",
      diff: [],
      state: "new",
      action: "conflict",
      conflict: {
        code: "invalid-file",
        message: "its file rules/x.yml is invalid",
        help: "fix what kdac validate reports for rules/x.yml",
      },
    });
  });

  it("takes nothing over from a second file of the object", () => {
    const changes = planned(
      [
        file("rule", "r1"),
        file("exceptions", "trusted"),
        file("values", valuesOf([]).id),
        file("connector", "soc-slack"),
      ],
      {
        rules: [desiredRule()],
        lists: [listOf({}, [{}])],
        valueLists: [valuesOf(["a"])],
        connectors: [connectorOf()],
      },
      {},
    );
    expect(said(changes)).toEqual([
      "conflict connector soc-slack new invalid-file",
      `conflict value-list ${valuesOf([]).id} new invalid-file`,
      "conflict exception-list trusted new invalid-file",
      "conflict exception-item trusted-0 new invalid-file",
      "conflict rule r1 new invalid-file",
    ]);
    for (const change of changes) expect(change).not.toHaveProperty("write");
  });
});

describe("an invalid file of which nothing tells what it declares", () => {
  const KINDS = ["rule", "exceptions", "values"] as const;
  const NOUNS = { rule: ["rule"], exceptions: ["exception-item", "exception-list"], values: ["value-list"] };

  it.each(KINDS)("keeps all of its kind: %s", (kind) => {
    const changes = planned([file(kind, undefined)], {}, wholeSpace);
    const kept = changes.filter(({ conflict }) => conflict?.code === "invalid-file");
    expect([...new Set(kept.map((change) => change.kind))]).toEqual(NOUNS[kind]);
    expect(changes.filter((change) => NOUNS[kind].includes(change.kind))).toEqual(kept);
  });

  it("keeps everything where it may be anything, and says so", () => {
    const changes = planned([file(undefined, undefined, "rules/shut")], {}, wholeSpace);
    expect(changes.length).toBe(5);
    expect(changes.every(({ action }) => action === "conflict")).toBe(true);
    expect(changes.map((change) => [change.file, change.conflict!.message])[2]).toEqual([
      "",
      "no file that can be read wants this exception item, but rules/shut is invalid and may be its file",
    ]);
  });

  it("does not keep other kinds, nor what a file wants", () => {
    const changes = planned(
      [file("connector", undefined)],
      { rules: [desiredRule()] },
      { rules: wholeSpace.rules! },
    );
    expect(said(changes)).toEqual(["unchanged rule r1 in-sync", "delete rule r2 orphaned"]);
  });
});
