import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DesiredList } from "../../../src/deploy/desired/desired.js";
import type { LiveItem, LiveList } from "../../../src/kibana/endpoints/index.js";
import { changesOf, itemLive, listLive, listOf, planOne } from "../support.js";

type Fields = Record<string, unknown>;
type Tamper = (live: Fields, other: Fields) => Fields;

const ENTRIES = ["one", "two"].map((value) => ({
  type: "match",
  field: `host.${value}`,
  operator: "included",
  value,
}));

const item = fc.record(
  {
    description: fc.constantFrom("d", "other"),
    entries: fc.constantFrom([ENTRIES[0], ENTRIES[1]], [ENTRIES[1], ENTRIES[0]], [ENTRIES[0]]),
    expire_time: fc.constantFrom("2030-01-01T00:00:00.000Z", "2030-01-01T00:00:00Z"),
    tags: fc.constantFrom<string[]>([], ["a", "b"]),
    os_types: fc.constantFrom<string[]>([], ["linux"]),
    meta: fc.constantFrom<Fields>({ owner: "soc" }, { owner: "soc", ticket: 1 }),
  },
  { requiredKeys: ["description", "entries"] },
);
const wantedList = item.map((fields) => listOf({}, [fields]));

const anyValue = fc.constantFrom<unknown>(undefined, null, "", "d", [], ["a"], ENTRIES, {}, 1);
const tamper = fc.oneof(
  fc.tuple(fc.nat(), anyValue).map(([at, value]): Tamper => (live) => {
    const names = Object.keys(live).filter((name) => name !== "item_id" && name !== "list_id");
    return { ...live, [names[at % names.length]!]: value };
  }),
  fc
    .constantFrom("entries", "tags", "os_types", "description", "expire_time", "meta")
    .map((name): Tamper => (live, other) => ({ ...live, [name]: other[name] })),
);

/** The list and its item as they are after a first apply. */
function applied(wanted: DesiredList): { list: LiveList; item: Fields } {
  const bodies = changesOf(planOne({ lists: [wanted] })).map(({ write }) => ({ ...write!.body }));
  return { list: listLive(bodies[0]), item: itemLive(bodies[1]) };
}

const planned = (wanted: DesiredList, list: LiveList, live: Fields): unknown =>
  changesOf(planOne({ lists: [wanted] }, { lists: [list], items: [live as LiveItem] }));

/** The same in another writing, which has to be brought into its comparable form before anything can be said. */
const rewritten = (live: Fields): Fields => {
  const { entries } = live;
  return Array.isArray(entries)
    ? { ...live, entries: [...(entries as unknown[]).toReversed(), ...(entries as unknown[])] }
    : live;
};

describe("an exception item that is as applied and as git wants it", () => {
  it("is planned the same whether it is seen to be at once or compared in full", () => {
    fc.assert(
      fc.property(
        wantedList,
        wantedList,
        fc.array(tamper, { maxLength: 2 }),
        fc.boolean(),
        (one, other, changes, moved) => {
          const { list, item: first } = applied(one);
          const left = applied(other).item;
          const live = changes.reduce<Fields>((now, change) => change(now, left), first);
          const wanted = moved ? other : one;
          expect(planned(wanted, list, live)).toEqual(planned(wanted, list, rewritten(live)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is unchanged where nobody touched it", () => {
    fc.assert(
      fc.property(wantedList, (wanted) => {
        const { list, item: live } = applied(wanted);
        const bare = { action: "unchanged", state: "in-sync", diff: [] };
        expect(planned(wanted, list, live)).toMatchObject([bare, bare]);
      }),
    );
  });
});
