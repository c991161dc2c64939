/** Kibana's own cases of rule execution and of exception operators. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDetector, type Entry, type MappingsInput } from "../../src/detect/index.js";
import { describeConformance } from "../support/conformance.js";
import { type ExecutionCase, fillerDocs, missOf } from "../support/execution-cases.js";

/** Cases that kdac does not meet, and why. One that begins to pass fails here. */
const MISSES: Readonly<Record<string, string>> = {
  "new-terms-suppression-02": "counts open alerts at the end, where a closed one is beside the open one",
};

describeConformance("rule execution", "execution", (folder) => {
  const { cases } = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")) as {
    cases: ExecutionCase[];
  };

  it("has its cases", () => expect(cases.length).toBeGreaterThan(150));

  it.each(cases.map((test) => [test.id, test] as const))("%s", (id, test) => {
    const misses = (test.fillers ?? [undefined]).map((filler) =>
      missOf(test, filler === undefined ? [] : fillerDocs(filler)),
    );
    const miss = misses.find((each) => each !== undefined);
    if (MISSES[id] === undefined) expect(miss).toBeUndefined();
    else expect(miss).toBeDefined();
  });
});

interface OperatorCase {
  readonly id: string;
  readonly suite: string;
  readonly field: string;
  readonly dataset: string;
  readonly items: readonly (readonly Entry[])[];
  readonly lists?: Readonly<Record<string, { readonly type: string; readonly items: readonly string[] }>>;
  readonly expect: readonly string[];
}

describeConformance("exception operators", "execution", (folder) => {
  const { cases, datasets } = JSON.parse(readFileSync(join(folder, "exceptions-operators.json"), "utf8")) as {
    cases: OperatorCase[];
    datasets: Record<string, { mapping: MappingsInput; docs: Record<string, unknown>[] }>;
  };

  it("has its cases", () => expect(cases.length).toBeGreaterThan(150));

  it.each(cases.map((test) => [test.id, test] as const))("%s", (_id, test) => {
    const { mapping, docs } = datasets[test.dataset]!;
    const detector = createDetector({ mappings: mapping });
    detector.index(
      docs.map(({ _id, ..._source }) => ({ _id: _id as string, _index: test.dataset, _source })),
    );
    const { alerts, errors } = detector.run(
      { type: "query", query: "*:*", rule_id: "r", name: "r", severity: "low", risk_score: 1 },
      {
        at: "2030-01-01T00:00:00Z",
        exceptionItems: test.items.map((entries) => ({ entries })),
        valueLists: test.lists ?? {},
      },
    );
    const ids = alerts.map((alert) => (alert["kibana.alert.ancestors"] as { id: string }[])[0]!.id);
    expect([errors, ids.toSorted()]).toEqual([[], [...test.expect].toSorted()]);
  });
});
