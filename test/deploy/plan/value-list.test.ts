import { describe, expect, it } from "vitest";
import type { LiveValues } from "../../../src/deploy/live/actual.js";
import type { Change, Policy } from "../../../src/deploy/plan/types.js";
import { listOf, only, planOne, valuesLive, valuesOf } from "../support.js";

const planned = (values: string[], live: LiveValues | undefined, policy: Partial<Policy> = {}): Change =>
  only(
    planOne({ valueLists: [valuesOf(values)] }, { valueLists: live === undefined ? [] : [live] }, policy),
    "value-list",
  );
/** What comes and what goes. */
const valueChange = ({ write }: Change): unknown => {
  const { kept: _, ...values } = write?.values ?? { add: [], remove: [] };
  return write === undefined ? undefined : values;
};

describe("a value list", () => {
  it("is created with all its values and the project's mark", () => {
    const change = planned(["a", "b"], undefined);
    expect(change).toMatchObject({ action: "create", state: "new", key: "value-list/default/hosts" });
    expect(change.write).toMatchObject({
      body: {
        id: "hosts",
        name: "Hosts",
        description: "d",
        type: "keyword",
        meta: { kdac: { project: "acme" } },
      },
      values: { add: ["a", "b"], remove: [] },
    });
  });

  it("is unchanged in any order, and however its lines are padded", () => {
    expect(planned(["b ", "a"], valuesLive(valuesOf(["a", "b"])))).toMatchObject({
      action: "unchanged",
      state: "in-sync",
    });
  });

  it("gets what git added and loses what git dropped while nobody else touched it", () => {
    const change = planned(["a", "c"], valuesLive(valuesOf(["a", "b"])));
    expect(change).toMatchObject({
      action: "update",
      state: "changed",
      diff: [
        { path: "values", before: "b" },
        { path: "values", after: "c" },
      ],
      expected: { id: "hosts", _version: "WzEsMV0=", state: expect.any(String) as string },
    });
    expect(valueChange(change)).toEqual({ add: ["c"], remove: ["b"] });
  });

  describe("that analysts changed", () => {
    const base = valuesOf(["a", "b"]);

    it("keeps what they added, and says so", () => {
      const change = planned(["a", "b"], valuesLive(base, ["a", "b", "theirs"]));
      expect(change).toMatchObject({ action: "unchanged", state: "drifted", drift: true });
      expect(change.notes).toEqual(['Kibana has 1 value that the file does not have, which stay: "theirs"']);
    });

    it("keeps what they added when git adds more, and is then in the same state", () => {
      const live = valuesLive(base, ["a", "b", "theirs"]);
      const change = planned(["a", "b", "ours"], live);
      expect(change).toMatchObject({ action: "update", state: "conflicting" });
      expect(valueChange(change)).toEqual({ add: ["ours"], remove: [] });
      const after: LiveValues = {
        list: { ...live.list, meta: change.write!.body["meta"] },
        values: ["a", "b", "theirs", "ours"],
      };
      expect(planned(["a", "b", "ours"], after)).toMatchObject({ action: "unchanged", state: "drifted" });
    });

    it.each([
      ["what they took away is not put back", ["a", "b"], ["a"]],
      ["nor is anything added where it may be what they took away", ["a", "b", "c"], ["a"]],
    ])("%s", (_, wanted, now) => {
      const change = planned(wanted, valuesLive(base, now));
      expect(change).toMatchObject({ action: "conflict", conflict: { code: "drift" } });
      expect(change.write).toBeUndefined();
      expect(valueChange(planned(wanted, valuesLive(base, now), { overwriteDrift: true }))).toEqual({
        add: wanted.filter((value) => !now.includes(value)),
        remove: [],
      });
    });

    it("becomes the file's with --overwrite-drift", () => {
      const change = planned(["a", "b"], valuesLive(base, ["a", "theirs"]), { overwriteDrift: true });
      expect(change).toMatchObject({ action: "update", drift: true });
      expect(valueChange(change)).toEqual({ add: ["b"], remove: ["theirs"] });
    });

    it("is marked again when it is as git has it", () => {
      const change = planned(["a", "c"], valuesLive(base, ["c", "a"]));
      expect(change).toMatchObject({ action: "update", diff: [{ path: "meta.kdac" }] });
      expect(valueChange(change)).toEqual({ add: [], remove: [] });
    });
  });

  it("of somebody else is left alone unless it is adopted, and then loses nothing", () => {
    const live = valuesLive(valuesOf(["a", "theirs"]));
    const foreign = { ...live, list: { ...live.list, meta: {} } };
    expect(planned(["a", "b"], foreign)).toMatchObject({
      action: "conflict",
      state: "foreign",
      conflict: { code: "not-ours" },
    });
    const adopted = planned(["a", "b"], foreign, { adopt: true });
    expect(adopted).toMatchObject({ action: "update", adopts: true });
    expect(valueChange(adopted)).toEqual({ add: ["b"], remove: [] });
  });

  it("whose type changes is in conflict, and so is the item that asks it", () => {
    const live = valuesLive(valuesOf(["10.0.0.1"]));
    const plan = planOne(
      {
        valueLists: [valuesOf(["10.0.0.1"], { type: "ip" })],
        lists: [
          listOf({}, [
            {
              entries: [
                { type: "list", field: "host.ip", operator: "included", list: { id: "hosts", type: "ip" } },
              ],
            },
          ]),
        ],
      },
      { valueLists: [live] },
    );
    expect(only(plan, "value-list").conflict?.code).toBe("type-change");
    expect(only(plan, "exception-item").conflict?.code).toBe("blocked");
  });

  it("comes before the items that ask it, and an item that asks one which is nowhere is in conflict", () => {
    const entries = (id: string): unknown[] => [
      { type: "list", field: "host.name", operator: "included", list: { id, type: "keyword" } },
    ];
    const plan = planOne(
      {
        valueLists: [valuesOf(["a"])],
        lists: [listOf({}, [{ entries: entries("hosts") }, { entries: entries("nowhere") }])],
      },
      { valueLists: [] },
    );
    const [first, second] = plan.spaces[0]!.changes.filter(({ kind }) => kind === "exception-item");
    expect(first!.needs).toContain("value-list/default/hosts");
    expect(second!.conflict).toMatchObject({ code: "missing-reference" });
  });

  it("of 100,000 values is planned at once, and its diff shows a few", () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `host-${i}`);
    const change = planned([...many.slice(1000), "new"], valuesLive(valuesOf(many)));
    expect(change.diff).toHaveLength(6);
    expect(change.notes).toEqual(["1 value added, 1,000 values removed; the first are shown"]);
    expect(change.write!.values!.remove).toHaveLength(1000);
  });
});
