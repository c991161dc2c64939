import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Event, leaves, reader, rememberingReaders } from "../../../src/query/match/index.js";

const NAME = "a.b.c";

/** Every value of a field by the definition: each way to cut what is left of the name into a key and the rest. */
function walk(value: unknown, rest: string | undefined): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => walk(item, rest));
  const isObject = typeof value === "object" && value !== null && !(value instanceof Date);
  if (rest === undefined)
    return isObject || value === null || value === undefined || typeof value === "function" ? [] : [value];
  if (!isObject) return [];
  const parts = rest.split(".");
  return parts.flatMap((_, index) => {
    const key = parts.slice(0, index + 1).join(".");
    const below = index + 1 === parts.length ? undefined : parts.slice(index + 1).join(".");
    return Object.hasOwn(value, key) ? walk((value as Event)[key], below) : [];
  });
}

describe("a field of an event", () => {
  it.each<[string, Event, unknown]>([
    ["nested objects", { a: { b: { c: 1 } } }, 1],
    ["a dotted key", { "a.b.c": 1 }, 1],
    ["a dotted key in an object", { a: { "b.c": 1 } }, 1],
    ["an object under a dotted key", { "a.b": { c: 1 } }, 1],
    ["zero, false and the empty text", { a: { b: { c: [0, false, ""] } } }, [0, false, ""]],
    ["a list of one", { "a.b.c": ["x"] }, ["x"]],
    ["two ways to write it", { "a.b.c": 1, a: { b: { c: 2 }, "b.c": 3 } }, [2, 3, 1]],
    ["a list of objects", { a: [{ b: { c: 1 } }, { b: { c: [2, 3] } }, { x: 1 }] }, [1, 2, 3]],
    ["lists at each level", { a: [{ b: [{ c: [1] }, { c: 2 }] }] }, [1, 2]],
    ["a list with nulls and objects", { a: { b: { c: [null, 1, { c: 9 }, [2, [3]]] } } }, [1, 2, 3]],
    ["one value left of a list", { a: { b: { c: [null, 1] } } }, 1],
    ["a date", { "a.b.c": new Date(0) }, new Date(0)],
    ["null", { a: { b: { c: null } } }, undefined],
    ["a list without values", { a: { b: { c: [null, [], [null]] } } }, undefined],
    ["an empty list", { a: { b: { c: [] } } }, undefined],
    ["an object", { a: { b: { c: { d: 1 } } } }, undefined],
    ["a value on the way", { a: { b: 1 } }, undefined],
    ["nothing", {}, undefined],
  ])("%s", (_, event, value) => {
    expect(reader(NAME)(event)).toEqual(value);
  });

  it("gives a list of the event as it is", () => {
    const args = ["a", "b"];
    expect(reader("process.args")({ process: { args } })).toBe(args);
  });

  it("has a name of one part too", () => {
    const read = reader("a");
    expect([{ a: 1 }, { a: [1, null] }, { a: null }, { a: { b: 1 } }, {}].map(read)).toEqual([
      1,
      1,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is none of what JavaScript objects inherit", () => {
    for (const name of [
      "constructor",
      "constructor.name",
      "__proto__.constructor.name",
      "toString",
      "a.length",
      "a.b.length",
      "a.0",
    ]) {
      expect(reader(name)({ a: ["x", { b: "text" }] })).toBeUndefined();
    }
    expect(reader("__proto__")(JSON.parse('{"__proto__": 1}') as Event)).toBe(1);
  });

  it("is found however the name is cut into keys", () => {
    const parts = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        parts,
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
        (names, cuts, lists) => {
          const keys: string[] = [names[0]!];
          for (const [index, name] of names.slice(1).entries()) {
            if (cuts[index]!) keys.push(name);
            else keys.push(`${keys.pop()!}.${name}`);
          }
          const event = keys.reduceRight<unknown>((below, key, index) => {
            const object = { [key]: below };
            return lists[index]! && index > 0 ? [object, {}] : object;
          }, "x") as Event;
          expect(reader(names.join("."))(event)).toBe("x");
          expect(leaves(event)).toEqual([[names.join("."), "x"]]);
        },
      ),
    );
  });

  it("has the values that a walk through everything finds, in that order", () => {
    // Each level below may be an object, a list, or a value; names and parts of names are keys alike.
    const { object } = fc.letrec((tie) => ({
      scalar: fc.constantFrom<unknown>(1, "x", "", false, null, undefined, new Date(0), () => 1),
      list: fc.array(fc.oneof(tie("scalar"), tie("object"), tie("list")), { maxLength: 3 }),
      object: fc.dictionary(
        fc.constantFrom("a", "b", "c", "a.b", "b.c", "a.b.c", "b.c.a", "toString", "x"),
        fc.oneof({ depthSize: "small" }, tie("scalar"), tie("object"), tie("list")),
        { maxKeys: 4 },
      ),
    }));
    const names = fc.constantFrom("a", "a.b", "a.b.c", "b.c.a", "a.b.c.a", "toString", "a.toString");
    fc.assert(
      fc.property(object as fc.Arbitrary<Event>, names, (event, name) => {
        const all = walk(event, name);
        const found = reader(name)(event);
        expect(Array.isArray(found) ? found : found === undefined ? [] : [found]).toEqual(all);
      }),
      { numRuns: 5_000 },
    );
  });

  it("is read once of one event by readers that remember", () => {
    const readers = rememberingReaders();
    expect(readers("a.b")).toBe(readers("a.b"));
    const [one, other]: Event[] = [{ "a.b": 1 }, { a: { b: 2 } }];
    expect([one!, other!, other!, one!, {}].map(readers("a.b"))).toEqual([1, 2, 2, 1, undefined]);
    const changed: Record<string, unknown> = { "a.b": 1 };
    expect(readers("a.b")(changed)).toBe(1);
    changed["a.b"] = 2;
    expect(readers("a.b")(changed)).toBe(1);
  });

  it("may be hostile", () => {
    const deep = JSON.parse(`${'{"a":['.repeat(100_000)}1${"]}".repeat(100_000)}`) as Event;
    expect(reader("a.a.a.b")(deep)).toBeUndefined();
    expect(leaves(deep)).toEqual([]);
    const long = Array.from({ length: 100_000 }, () => "a").join(".");
    expect(reader(long)({ [long]: 1, a: { a: 1 } })).toBe(1);
    const wide = Array.from({ length: 100_000 }, (_, index) => ({ b: index }));
    expect(reader("a.b")({ a: wide })).toHaveLength(100_000);
  });
});

describe("leaves", () => {
  it("are all values with their full names", () => {
    expect(
      leaves({
        "a.b": 1,
        c: { d: ["x", null, ["y"]], e: {} },
        f: [{ g: true }, { g: false, "h.i": 0 }],
        j: null,
        k: [],
      }),
    ).toEqual([
      ["a.b", 1],
      ["c.d", "x"],
      ["c.d", "y"],
      ["f.g", true],
      ["f.g", false],
      ["f.h.i", 0],
    ]);
  });
});
