import { describe, expect, it } from "vitest";
import { isThatOf } from "../../../src/deploy/apply/write-rule.js";
import { ruleFields } from "../support.js";

describe("a rule that is found after its request was lost", () => {
  const mark = (digest: string) => ({ kdac: { project: "acme", rule_id: "r1", digest } });

  it("is that of the request where both have the same mark", () => {
    const isOurs = isThatOf(ruleFields({ meta: mark("a") }));
    expect(isOurs(ruleFields({ meta: mark("a"), name: "Renamed" }))).toBe(true);
    expect(isOurs(ruleFields({ meta: mark("b") }))).toBe(false);
    expect(isOurs(ruleFields())).toBe(false);
  });

  it("is that of a request without a mark where all of it is the same", () => {
    const isOurs = isThatOf(ruleFields());
    expect(isOurs(ruleFields())).toBe(true);
    expect(isOurs(ruleFields({ name: "Another" }))).toBe(false);
    expect(isOurs(ruleFields({ meta: mark("a") }))).toBe(false);
  });
});
