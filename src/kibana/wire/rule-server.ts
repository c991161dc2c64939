/** Codecs of what Kibana alone writes on a rule. */
import * as t from "io-ts";
import { form } from "./form.js";
import { wholeNumber } from "./scalars.js";

const ruleSource = t.union(
  [
    form({ type: t.literal("internal") }, {}),
    form(
      { type: t.literal("external"), is_customized: t.boolean },
      {
        has_base_version: t.boolean,
        customized_fields: t.array(form({ field_name: t.string }, {})),
      },
    ),
  ],
  "a source of type internal or external",
);

const executionSummary = form(
  {
    last_execution: form(
      {
        date: t.string,
        status: t.keyof({
          "going to run": null,
          running: null,
          "partial failure": null,
          failed: null,
          succeeded: null,
        }),
        status_order: t.number,
        message: t.string,
        metrics: form(
          {},
          {
            total_search_duration_ms: t.number,
            total_indexing_duration_ms: t.number,
            total_enrichment_duration_ms: t.number,
            execution_gap_duration_s: t.number,
            gap_range: form({ gte: t.string, lte: t.string }, {}),
            frozen_indices_queried_count: t.number,
          },
        ),
      },
      {},
    ),
  },
  {},
);

export const serverRequired = {
  id: t.string,
  immutable: t.boolean,
  rule_source: ruleSource,
  revision: wholeNumber(0),
  created_at: t.string,
  created_by: t.string,
  updated_at: t.string,
  updated_by: t.string,
};

export const serverOptional = { execution_summary: executionSummary };
