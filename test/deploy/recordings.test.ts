import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isSame } from "../../src/deploy/form/canonical.js";
import type { DesiredRule } from "../../src/deploy/desired/desired.js";
import { sortExport } from "../../src/deploy/live/exported.js";
import { serverDefaults } from "../../src/kibana/defaults.js";
import { readExport } from "../../src/kibana/endpoints/export-lines.js";
import type { LiveRule } from "../../src/kibana/endpoints/index.js";
import { FIELDS_BY_TYPE, isRuleType, type RuleCreate } from "../../src/kibana/rule.js";
import { listLive, only, planOne } from "./support.js";

const folder = resolve(
  import.meta.dirname,
  "../..",
  process.env["KDAC_CONFORMANCE"] ?? "../shared/conformance",
);
const isThere = existsSync(join(folder, "ndjson"));
if (!isThere) console.warn(`SKIPPED: no recordings of real Kibanas at ${folder} (set KDAC_CONFORMANCE)`);

/** A rule of a real export as somebody would keep it in git: the create form, without what Kibana fills in anyway. */
function authored(live: LiveRule): DesiredRule | undefined {
  const type = live["type"];
  if (!isRuleType(type)) return undefined;
  const defaults: Record<string, unknown> = serverDefaults(type);
  const fields = FIELDS_BY_TYPE[type]
    .filter((name) => live[name] !== undefined && !isSame(live[name], defaults[name]) && name !== "throttle")
    .map((name) => [name, live[name]]);
  const rule = Object.fromEntries(fields) as unknown as RuleCreate & { rule_id: string };
  return { file: "f", rule, connectors: (rule.actions ?? []).map(() => undefined) };
}

describe.skipIf(!isThere)("40: what real Kibanas exported is no difference from what git has", () => {
  const files = isThere ? readdirSync(join(folder, "ndjson")).filter((name) => name.endsWith(".ndjson")) : [];
  const asked = {
    method: "POST",
    path: "/api/detection_engine/rules/_export",
    doing: "export rules",
  } as const;
  const exported = files
    .map((name) => [name, readFileSync(join(folder, "ndjson", name), "utf8")] as const)
    // Exports of exception lists alone have a summary of their own.
    .filter(([, text]) => text.includes('"exported_count"'))
    .map(([name, text]): [string, LiveRule[]] => [name, sortExport(readExport(text, asked)).rules]);

  it("there are exports of several versions", () => {
    expect(exported.map(([, rules]) => rules.length).filter((count) => count > 0).length).toBeGreaterThan(4);
  });

  it.each(exported)("%s", (_, rules) => {
    let compared = 0;
    for (const original of rules) {
      // A prebuilt rule is not compared at all, and it is the fields that matter here.
      const live = { ...original, immutable: false, rule_source: { type: "internal" } };
      const wanted = authored(live);
      if (wanted === undefined) continue;
      const lists = (wanted.rule.exceptions_list ?? []).map(({ id, list_id, type, namespace_type }) =>
        listLive({ id, list_id, type, namespace_type }),
      );
      const change = only(planOne({ rules: [wanted] }, { rules: [live], lists }));
      // Nobody's mark is on them, so they are conflicts, or are marked again when Kibana's form took it off; but not one field differs.
      const fields = change.diff.filter(({ path }) => path !== "meta.kdac");
      expect(fields, `${live.rule_id} ${live.name}`).toEqual([]);
      expect(["not-ours", undefined]).toContain(change.conflict?.code);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});
