import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions } from "../../../src/query/match/index.js";
import { kql, lucene } from "../../../src/query/index.js";
import { meets } from "../eql/evaluate/support.js";

const ORDERED = [
  "0.9",
  "1",
  "1.0",
  "1.0.0-0",
  "1.0.0-2.0",
  "1.0.0-10",
  "1.0.0--",
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-alpha.beta",
  "1.0.0-alpha1",
  "1.0.0-beta.2",
  "1.0.0-beta.11",
  "1.0.0-rc.1",
  "1.0.0",
  "1.0.0+a",
  "1.0.0+b.1",
  "1.2",
  "1.2.0",
  "1.2.0.1",
  "1.9.0",
  "1.10.0-SNAPSHOT",
  "1.10.0",
  "2.0.0-rc.2",
  "2.0.0-rc.10",
  "10.0",
  "99999999999999999999.0",
  "100000000000000000000.0",
  // What is no version comes last, by its text.
  "",
  "01.1",
  "1..2",
  "1.0-",
  "1.0-01",
  "1.0-a_b",
  "1.0.0+",
  "1.1.x",
  "latest",
  "nightly",
  "v1.0",
];

describe("versions", () => {
  it("are in the order of semantic versioning, with what is none at the end", () => {
    expect(ORDERED.toReversed().sort(compareVersions)).toEqual(ORDERED);
  });

  it("have one order, whichever stands first", () => {
    const index = fc.nat(ORDERED.length - 1);
    fc.assert(
      fc.property(index, index, (a, b) => {
        expect(Math.sign(compareVersions(ORDERED[a]!, ORDERED[b]!))).toBe(Math.sign(a - b));
      }),
      { numRuns: 500 },
    );
  });
});

const fields = { v: "version" };
const VALUES = ["1.9.0-beta", "1.9.0", "1.10.0-SNAPSHOT", "1.10.0", "2.0.0-rc.1", "latest"];

/** Which of the versions each language finds, written in that language. */
describe.each<[name: string, kql: string, lucene: string, eql: string, found: readonly string[]]>([
  ["after", "v > 1.9.0", "v:>1.9.0", 'v > "1.9.0"', ["1.10.0-SNAPSHOT", "1.10.0", "2.0.0-rc.1", "latest"]],
  ["from", "v >= 1.10.0", "v:[1.10.0 TO *]", 'v >= "1.10.0"', ["1.10.0", "2.0.0-rc.1", "latest"]],
  ["before", "v < 1.10.0", "v:{* TO 1.10.0}", 'v < "1.10.0"', ["1.9.0-beta", "1.9.0", "1.10.0-SNAPSHOT"]],
  [
    "up to",
    "v <= 1.10.0",
    "v:<=1.10.0",
    'v <= "1.10.0"',
    ["1.9.0-beta", "1.9.0", "1.10.0-SNAPSHOT", "1.10.0"],
  ],
  [
    "between",
    "v >= 1.9.0 and v < 2.0.0",
    "v:[1.9.0 TO 2.0.0}",
    'v >= "1.9.0" and v < "2.0.0"',
    ["1.9.0", "1.10.0-SNAPSHOT", "1.10.0", "2.0.0-rc.1"],
  ],
  ["the same", "v: 1.10.0", "v:1.10.0", 'v == "1.10.0"', ["1.10.0"]],
  ["quoted", 'v: "1.10.0"', 'v:"1.10.0"', 'v : "1.10.0"', ["1.10.0"]],
  ["one of", "v: (1.9.0 or 1.10.0)", "v:(1.9.0 OR 1.10.0)", 'v in ("1.9.0", "1.10.0")', ["1.9.0", "1.10.0"]],
  ["a pattern", "v: 1.1*", "v:1.1*", 'v like "1.1*"', ["1.10.0-SNAPSHOT", "1.10.0"]],
  ["not the same", "not v: 1.1", "NOT v:1.1", 'v != "1.1"', VALUES],
])("%s", (_name, inKql, inLucene, inEql, found) => {
  it("in KQL", () => {
    expect(VALUES.filter((v) => kql.compile(inKql, { fields })({ v }))).toEqual(found);
  });
  it("in Lucene", () => {
    expect(VALUES.filter((v) => lucene.compile(inLucene, { fields })({ v }))).toEqual(found);
  });
  it("in EQL", () => {
    expect(VALUES.filter((v) => meets(inEql, { v }, { fields }))).toEqual(found);
  });
});

it("a version of several values is after where one of them is", () => {
  const isAfter = kql.compile("v > 1.9.0", { fields });
  expect(isAfter({ v: ["1.2.0", "1.10.0"] })).toBe(true);
  expect(isAfter({ v: ["1.2.0", "1.9.0"] })).toBe(false);
  expect(isAfter({ v: 2 })).toBe(true);
});

it("a keyword that holds versions is compared by its text", () => {
  expect(kql.compile("v > 1.9.0", { fields: { v: "keyword" } })({ v: "1.10.0" })).toBe(false);
});
