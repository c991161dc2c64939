/**
 * An estate of 2,000 rules is no burden. Each takes well under a second; the limits are wide, because the CPU time
 * of a process counts the tests beside this one, and still far below what a step that looks at every rule would take.
 */
import { describe, expect, it } from "vitest";
import { documents, ndjsonOf, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

const RULE_COUNT = 2000;
const rules = Array.from({ length: RULE_COUNT }, (_, i) =>
  queryRule({ rule_id: `rule-${i}`, note: "n".repeat(500) }),
);

async function cpuMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("2,000 rules", () => {
  it("are imported, found and exported within 4 s", async () => {
    const kibana = startKibana();
    const lines = ndjsonOf(rules);
    const spent = await cpuMs(async () => {
      expect((await kibana.upload(`${RULES}/_import`, lines)).body["success_count"]).toBe(RULE_COUNT);
      expect((await kibana.get(`${RULES}/_find?per_page=10000`)).body["total"]).toBe(RULE_COUNT);
      expect(documents((await kibana.post(`${RULES}/_export`)).text)).toHaveLength(RULE_COUNT + 1);
    });
    expect(spent).toBeLessThan(4000);
  });

  it("are created one by one within 6 s", async () => {
    const kibana = startKibana();
    const spent = await cpuMs(async () => {
      for (const rule of rules) await kibana.post(RULES, rule);
    });
    expect((await kibana.get(`${RULES}/_find`)).body["total"]).toBe(RULE_COUNT);
    expect(spent).toBeLessThan(6000);
  });
});
