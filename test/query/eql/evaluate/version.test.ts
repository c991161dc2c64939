import { expect, it } from "vitest";
import { compareVersions } from "../../../../src/query/eql/evaluate/version.js";

it("versions are in the order of semantic versioning, with what is none at the end", () => {
  const ordered = [
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-2.0",
    "1.0.0",
    "1.2",
    "1.2.0",
    "1.2.0.1",
    "1.10.0",
    "2.0.0-rc.2",
    "2.0.0-rc.10",
    "99999999999999999999.0",
    "100000000000000000000.0",
    "latest",
    "nightly",
  ];
  // A pre-release that is a number comes before words.
  ordered.splice(0, 4, "1.0.0-2.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta");
  expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
});

it("builds do not count", () => {
  expect(compareVersions("1.0.0+a", "1.0.0+b")).toBe(0);
});
