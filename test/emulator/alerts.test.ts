/** Alerts, of which there are none, and gaps in runs that never were. */
import { describe, expect, it } from "vitest";
import { FLAVOURS } from "../../src/emulator/index.js";
import { startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

const SIGNALS = "/api/detection_engine/signals";
const NOTHING = {
  took: 0,
  timed_out: false,
  _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
  hits: { total: { value: 0, relation: "eq" }, max_score: null, hits: [] },
};
const UPDATED = {
  took: 0,
  timed_out: false,
  total: 0,
  updated: 0,
  deleted: 0,
  batches: 0,
  version_conflicts: 0,
  noops: 0,
  retries: { bulk: 0, search: 0 },
  throttled_millis: 0,
  requests_per_second: -1,
  throttled_until_millis: 0,
  failures: [],
};
const TERMS = { doc_count_error_upper_bound: 0, sum_other_doc_count: 0, buckets: [] };

describe.each(FLAVOURS)("alerts on %s", (flavour) => {
  const start = () => startKibana({ flavour });

  it("a search finds none, and aggregates nothing", async () => {
    const kibana = start();
    expect((await kibana.post(`${SIGNALS}/search`, { query: { match_all: {} } })).body).toEqual(NOTHING);
    const aggs = {
      rules: { terms: { field: "kibana.alert.rule.name" }, aggs: { last: { max: { field: "@timestamp" } } } },
      open: { filter: { term: {} }, aggs: { hosts: { cardinality: { field: "host.id" } } } },
      sides: { filters: { filters: { a: {}, b: {} } }, aggs: { n: { value_count: { field: "x" } } } },
      list: { filters: { filters: [{}, {}] } },
      days: { meta: {}, date_histogram: { field: "@timestamp" } },
      worst: { top_hits: { size: 1 } },
      score: { avg: { field: "kibana.alert.risk_score" } },
      other: { percentiles: { field: "x" } },
    };
    const { status, body } = await kibana.post(`${SIGNALS}/search`, { aggs, size: 0 });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...NOTHING,
      aggregations: {
        rules: TERMS,
        open: { doc_count: 0, hosts: { value: 0 } },
        sides: { buckets: { a: { doc_count: 0, n: { value: 0 } }, b: { doc_count: 0, n: { value: 0 } } } },
        list: { buckets: [{ doc_count: 0 }, { doc_count: 0 }] },
        days: { buckets: [] },
        worst: { hits: { total: { value: 0, relation: "eq" }, max_score: null, hits: [] } },
        score: { value: null },
        other: {},
      },
    });
  });

  it("the internal ways aggregate too", async () => {
    const kibana = start();
    const headers = {
      authorization: `ApiKey ${kibana.kibana.apiKey}`,
      "kbn-xsrf": "1",
      "x-elastic-internal-origin": "test",
      "content-type": "application/json",
    };
    const index = ".preview.alerts-security.alerts-default";
    const search = { aggs: { n: { value_count: { field: "x" } } } };
    const aggregations = { n: { value: 0 } };
    for (const params of [
      { index, ...search },
      { index, body: search },
    ]) {
      const body = JSON.stringify({ params });
      const answer = await kibana.send("POST", "/internal/search/ese", headers, body);
      expect(answer.body).toMatchObject({ rawResponse: { ...NOTHING, aggregations } });
    }
    const path = `/api/console/proxy?method=POST&path=${encodeURIComponent(`${index}/_search`)}`;
    const answer = await kibana.send("POST", path, headers, JSON.stringify(search));
    expect(answer.body).toEqual({ ...NOTHING, aggregations });
  });

  it.each([
    ["status", { status: "closed", signal_ids: ["a"] }],
    ["status", { status: "open", query: { match_all: {} }, conflicts: "proceed" }],
    ["tags", { ids: ["a"], tags: { tags_to_add: ["x"], tags_to_remove: ["y"] } }],
    ["assignees", { ids: ["a"], assignees: { add: ["u_1"], remove: [] } }],
  ])("%s changes none: %j", async (what, body) => {
    const answer = await start().post(`${SIGNALS}/${what}`, body);
    expect([answer.status, answer.body]).toEqual([200, UPDATED]);
  });

  it.each([
    [
      "tags",
      { ids: ["a"], tags: { tags_to_add: ["x", "y"], tags_to_remove: ["y"] } },
      ['Duplicate tags ["y"] were found in the tags_to_add and tags_to_remove parameters.'],
    ],
    ["tags", { ids: [], tags: { tags_to_add: [], tags_to_remove: [] } }, ["No alert ids were provided"]],
    [
      "assignees",
      { ids: [], assignees: { add: ["u"], remove: ["u"] } },
      [
        'Duplicate assignees ["u"] were found in the add and remove parameters.',
        "No alert ids were provided",
      ],
    ],
  ])("%s refuses %j", async (what, body, message) => {
    const answer = await start().post(`${SIGNALS}/${what}`, body);
    expect(answer.body).toEqual({ message, status_code: 400 });
  });

  it.each([
    ["status", { status: "gone", signal_ids: ["a"] }],
    ["status", { status: "open" }],
    ["status", { status: "open", signal_ids: [] }],
    ["tags", { ids: ["a"] }],
    ["assignees", { ids: "a", assignees: { add: [], remove: [] } }],
  ])("%s checks its body: %j", async (what, body) => {
    const answer = await start().post(`${SIGNALS}/${what}`, body);
    expect(answer.body).toMatchObject({ statusCode: 400, error: "Bad Request" });
  });
});

describe.each(FLAVOURS)("gaps and backfills on %s", (flavour) => {
  const from = "2026-01-01T00:00:00.000Z";
  const until = "2026-01-01T00:10:00.000Z";
  const internal = (authorization: string) => ({
    authorization,
    "kbn-xsrf": "1",
    "x-elastic-internal-origin": "test",
    "content-type": "application/json",
  });

  it("a backfill is scheduled, found, read and deleted", async () => {
    const kibana = startKibana({ flavour });
    const { body: rule } = await kibana.post(RULES, queryRule({ enabled: true, interval: "5m" }));
    const { body: off } = await kibana.post(RULES, queryRule({ rule_id: "off", name: "Off" }));
    const BACKFILL = "/api/alerting/rules/backfill";
    const { status, body } = await kibana.post<Record<string, unknown>[]>(`${BACKFILL}/_schedule`, [
      {
        rule_id: rule["id"],
        ranges: [
          { start: from, end: until },
          { start: until, end: from },
        ],
      },
      { rule_id: off["id"], ranges: [{ start: from, end: until }] },
      { rule_id: "none", ranges: [{ start: from, end: until }] },
    ]);
    expect(status).toBe(200);
    const [made, ...refused] = body;
    expect(made).toMatchObject({
      duration: "5m",
      enabled: true,
      rule: { id: rule["id"], name: rule["name"], schedule: { interval: "5m" } },
      space_id: "default",
      start: from,
      end: until,
      status: "pending",
      schedule: [
        { run_at: "2026-01-01T00:05:00.000Z", status: "pending", interval: "5m" },
        { run_at: until, status: "pending", interval: "5m" },
      ],
    });
    expect(refused).toEqual([
      {
        error: {
          error: "Bad Request",
          message: "Backfill end must be greater than backfill start",
          rule: { id: rule["id"], name: rule["name"] },
        },
      },
      {
        error: {
          error: "Bad Request",
          message: `Rule ${String(off["id"])} is disabled`,
          rule: { id: off["id"], name: "Off" },
        },
      },
      {
        error: {
          error: "Bad Request",
          message: "Saved object [alert/none] not found",
          rule: { id: "none" },
        },
      },
    ]);
    const found = await kibana.post(`${BACKFILL}/_find`);
    expect(found.body).toEqual({ page: 1, per_page: 10, total: 1, data: [made] });
    expect((await kibana.post(`${BACKFILL}/_find?rule_ids=${String(off["id"])}`)).body["total"]).toBe(0);
    expect((await kibana.post(`${BACKFILL}/_find?start=${until}`)).body["total"]).toBe(0);
    expect((await kibana.post(`${BACKFILL}/_find?end=${from}`)).body["total"]).toBe(0);
    expect((await kibana.post(`${BACKFILL}/_find?page=2`)).body["data"]).toEqual([]);
    const id = String(made!["id"]);
    expect((await kibana.get(`${BACKFILL}/${id}`)).body).toEqual(made);
    const headers = internal(`ApiKey ${kibana.kibana.apiKey}`);
    const same = await kibana.send("GET", `/internal/alerting/rules/backfill/${id}`, headers);
    expect(same.body).toEqual(made);
    expect((await kibana.delete(`${BACKFILL}/${id}`)).status).toBe(204);
    expect((await kibana.get(`${BACKFILL}/${id}`)).status).toBe(404);
    expect((await kibana.post(`${BACKFILL}/_schedule`, [])).status).toBe(400);
  });

  it("there are no gaps", async () => {
    const kibana = startKibana({ flavour });
    const headers = internal(`ApiKey ${kibana.kibana.apiKey}`);
    const ask = async (name: string, body: unknown) =>
      (await kibana.send("POST", `/internal/alerting/rules/gaps/${name}`, headers, JSON.stringify(body)))
        .body;
    const range = { start: from, end: until };
    expect(await ask("_get_rules", range)).toEqual({ total: 0, rule_ids: [] });
    expect(await ask("_get_gap_summary_by_rule_ids", { ...range, rule_ids: ["a"] })).toEqual({
      data: [
        {
          rule_id: "a",
          total_unfilled_duration_ms: 0,
          total_in_progress_duration_ms: 0,
          total_filled_duration_ms: 0,
        },
      ],
    });
    expect(await ask("_find", { ...range, rule_id: "a", per_page: 5 })).toEqual({
      page: 1,
      per_page: 5,
      total: 0,
      data: [],
    });
    expect(await ask("_fill_gap_by_id?rule_id=a&gap_id=b", {})).toMatchObject({ statusCode: 404 });
    expect(await ask("_get_rules", { start: "yesterday", end: until })).toMatchObject({ statusCode: 400 });
  });
});
