/** Exports of real Kibanas from 7.14 to 9.5, imported: the answer is the one that Kibana would give. */
import { expect, it } from "vitest";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { documents, startKibana } from "../support/kibana.js";
import { LISTS, RULES } from "./samples.js";

const NO_ID = "exceptions_list.0.id: Invalid input: expected string, received undefined";

/** What each file comes to; what is not named here is as in an import without any problem. */
const OUTCOMES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "colin-stubbs_recorded-future_rules_export.ndjson": { rules_count: 1, success_count: 1 },
  // The recorder took the ids out, which `exceptions_list` needs.
  "elasticctl_traditional-9.5.1_rules_export_bundle.ndjson": {
    rules_count: 1,
    success_count: 0,
    success: false,
    errors: [{ error: { status_code: 400, message: NO_ID } }],
    exceptions_success_count: 1,
  },
  "everwatch_rules_export.ndjson": {
    rules_count: 3,
    success_count: 3,
    action_connectors_success_count: 1,
  },
  "kibana_7_16_rules.ndjson": { rules_count: 1, success_count: 1, exceptions_success_count: 1 },
  "kibana_8_18_prebuilt_rules.ndjson": { rules_count: 1, success_count: 1 },
  "snowline2015_k8s_rules_export.ndjson": {
    rules_count: 11,
    success_count: 11,
    action_connectors_success_count: 1,
  },
};
const LIST_EXPORTS: Readonly<Record<string, { lists: number; items: number }>> = {
  "elasticctl_traditional-9.5.1_exception_list_export.ndjson": { lists: 1, items: 1 },
  "kibana_8_14_endpoint_exception_list.ndjson": { lists: 1, items: 0 },
};

const CLEAN = {
  success: true,
  errors: [],
  exceptions_success: true,
  exceptions_success_count: 0,
  exceptions_errors: [],
  action_connectors_success: true,
  action_connectors_success_count: 0,
  action_connectors_errors: [],
  action_connectors_warnings: [],
};

/** Stored otherwise than they were exported: the server's own, or of an older Kibana. */
const OWN = new Set([
  "id",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
  "revision",
  "immutable",
  "rule_source",
  "throttle",
  "custom_highlighted_fields",
  "exceptions_list",
  "actions",
]);

describeConformance("exports of real Kibanas", "ndjson", (folder) => {
  const files = conformanceFiles(folder, ".ndjson");

  it("have all an expected outcome", () => {
    expect(files.map(({ name }) => name)).toEqual(
      [...Object.keys(OUTCOMES), ...Object.keys(LIST_EXPORTS)].sort(),
    );
  });

  it.each(files.filter(({ name }) => name in OUTCOMES))("$name", async ({ name, text }) => {
    const kibana = startKibana();
    const { status, body } = await kibana.upload(`${RULES}/_import`, text);
    expect(status).toBe(200);
    expect(body).toEqual({ ...CLEAN, ...OUTCOMES[name] });
    if (body["success"] !== true) return;
    const again = documents((await kibana.post(`${RULES}/_export`)).text);
    const lines = documents(text);
    for (const rule of lines.filter((line) => "rule_id" in line)) {
      const stored = again.find((line) => line["rule_id"] === rule["rule_id"]);
      const comparable = Object.fromEntries(Object.entries(rule).filter(([key]) => !OWN.has(key)));
      expect(stored).toMatchObject(comparable);
    }
    expect(again.filter((line) => "attributes" in line)).toHaveLength(
      lines.filter((line) => "attributes" in line).length,
    );
  });

  it.each(files.filter(({ name }) => name in LIST_EXPORTS))("$name", async ({ name, text }) => {
    const { lists, items } = LIST_EXPORTS[name]!;
    const { status, body } = await startKibana().upload(`${LISTS}/_import`, text);
    expect(status).toBe(200);
    expect(body).toEqual({
      errors: [],
      success: true,
      success_count: lists + items,
      success_exception_lists: true,
      success_count_exception_lists: lists,
      success_exception_list_items: true,
      success_count_exception_list_items: items,
    });
  });
});
