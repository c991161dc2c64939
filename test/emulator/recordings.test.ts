/**
 * The answers of a real Kibana 9.5.1, replayed: the same state is made here, the same is asked, and each answer must
 * have the recorded keys, types and, where they were not scrubbed, values.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Flavour, FLAVOURS } from "../../src/emulator/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { type Answer, documents, type Session, startKibana } from "../support/kibana.js";
import { ITEMS, LISTS, RULES } from "./samples.js";

interface Recording {
  readonly operation: string;
  readonly request?: { readonly filter?: string };
  readonly response?: unknown;
  readonly error?: { readonly http_status: number; readonly message: string };
}

const LIST_ID = "elasticctl-sample-exceptions";
const NOTE = "Recorded by cargo xtask record. Safe to delete.";
const TAGS = ["elasticctl", "fixture"];
const LIST = {
  list_id: LIST_ID,
  type: "detection",
  name: "elasticctl sample exceptions",
  description: NOTE,
  tags: TAGS,
};
const ITEM = {
  item_id: "elasticctl-sample-exception-item",
  list_id: LIST_ID,
  type: "simple",
  name: "elasticctl sample exception item",
  description: NOTE,
  entries: [{ type: "match", field: "process.name", value: "elasticctl-sample.exe", operator: "included" }],
  tags: TAGS,
};
const RULE_ID = "elasticctl-fixture-probe";
const RULE = {
  rule_id: RULE_ID,
  name: "elasticctl fixture probe",
  description: NOTE,
  risk_score: 21,
  severity: "low",
  type: "query",
  query: "*:*",
  index: ["logs-*"],
  tags: TAGS,
};

/** A Kibana as it was when the answers were recorded. */
class Recorded {
  readonly kibana: Session;

  constructor(flavour: Flavour) {
    this.kibana = startKibana({ flavour });
  }

  async list(): Promise<Record<string, unknown>> {
    return (await this.kibana.post(LISTS, LIST)).body;
  }

  async item(): Promise<void> {
    await this.list();
    await this.kibana.post(ITEMS, ITEM);
  }

  async ruleBody(): Promise<Record<string, unknown>> {
    const { id } = await this.list();
    return {
      ...RULE,
      exceptions_list: [{ id, list_id: LIST_ID, type: "detection", namespace_type: "single" }],
    };
  }

  async rule(): Promise<unknown> {
    const { body } = await this.kibana.post(RULES, await this.ruleBody());
    await this.kibana.post(ITEMS, ITEM);
    return body["id"];
  }
}

type Replay = (recorded: Recorded, filter: string) => Promise<Answer<unknown>>;

const findRules: Replay = async (recorded, filter) => {
  await recorded.rule();
  return recorded.kibana.get(`${RULES}/_find?per_page=2&filter=${encodeURIComponent(filter)}`);
};

const exportRules: Replay = async (recorded) => {
  await recorded.rule();
  return recorded.kibana.post(`${RULES}/_export`, { objects: [{ rule_id: RULE_ID }] });
};

async function exportList(recorded: Recorded): Promise<Answer<unknown>> {
  await recorded.item();
  const list = await recorded.kibana.get(`${LISTS}?list_id=${LIST_ID}`);
  return recorded.kibana.post(
    `${LISTS}/_export?id=${String(list.body["id"])}&list_id=${LIST_ID}&namespace_type=single&include_expired_exceptions=true`,
  );
}

const REPLAYS: Readonly<Record<string, Replay>> = {
  data_views: ({ kibana }) => kibana.get("/api/data_views"),
  detection_engine_index: ({ kibana }) => kibana.get("/api/detection_engine/index"),
  exception_item_create: async (recorded) => {
    await recorded.list();
    return recorded.kibana.post(ITEMS, ITEM);
  },
  exception_list_create: ({ kibana }) => kibana.post(LISTS, LIST),
  exception_list_export: exportList,
  exception_list_get: async (recorded) => {
    await recorded.list();
    return recorded.kibana.get(`${LISTS}?list_id=${LIST_ID}`);
  },
  exception_list_import: async (recorded) => {
    const { text } = await exportList(recorded);
    return recorded.kibana.upload(`${LISTS}/_import?overwrite=true`, text);
  },
  exception_list_items_find: async (recorded) => {
    await recorded.item();
    return recorded.kibana.get(`${ITEMS}/_find?list_id=${LIST_ID}&per_page=2`);
  },
  exception_lists_find: async (recorded, filter) => {
    await recorded.list();
    await recorded.kibana.post(LISTS, { ...LIST, list_id: "another" });
    return recorded.kibana.get(`${LISTS}/_find?per_page=2&filter=${encodeURIComponent(filter)}`);
  },
  lists_index: ({ kibana }) => kibana.get("/api/lists/index"),
  prebuilt_install: ({ kibana }) => kibana.put(`${RULES}/prepackaged`),
  prebuilt_status: ({ kibana }) => kibana.get(`${RULES}/prepackaged/_status`),
  rules_bulk_disable: async (recorded) => {
    const id = await recorded.rule();
    return recorded.kibana.post(`${RULES}/_bulk_action`, { action: "disable", ids: [id] });
  },
  rules_create: async (recorded) => recorded.kibana.post(RULES, await recorded.ruleBody()),
  rules_delete: async (recorded) => {
    await recorded.rule();
    return recorded.kibana.delete(`${RULES}?rule_id=${RULE_ID}`);
  },
  rules_export: exportRules,
  rules_export_bundle: exportRules,
  rules_find: findRules,
  rules_find_by_name: findRules,
  rules_find_source_custom: findRules,
  rules_find_source_customized: findRules,
  rules_find_source_prebuilt: findRules,
  rules_get: async (recorded) => {
    await recorded.rule();
    return recorded.kibana.get(`${RULES}?rule_id=${RULE_ID}`);
  },
  rules_import_bundle: async (recorded) => {
    const { text } = await exportRules(recorded, "");
    return recorded.kibana.upload(`${RULES}/_import?overwrite=true`, text);
  },
  rules_patch: async (recorded) => {
    await recorded.rule();
    return recorded.kibana.patch(RULES, { rule_id: RULE_ID, enabled: true });
  },
  rules_preview: async (recorded) =>
    recorded.kibana.post(`${RULES}/preview`, {
      ...(await recorded.ruleBody()),
      invocationCount: 1,
      timeframeEnd: "2026-08-12T18:00:00.000Z",
    }),
  spaces: ({ kibana }) => kibana.get("/api/spaces/space"),
  status: ({ kibana }) => kibana.get("/api/status"),
};

const NOT_REPLAYED: Readonly<Record<string, string>> = {
  authenticate: "an API of Elasticsearch",
  esql_query: "an API of Elasticsearch",
  license: "an API of Elasticsearch",
  rules_preview_hits: "no rule runs here, so there are no hits",
  search_pit_close: "an API of Elasticsearch",
  search_pit_open: "an API of Elasticsearch",
  search_pit_page: "an API of Elasticsearch",
};

/** What the recording leaves out because it differs with each run. */
const SCRUBBED = new Set(["id", "created_at", "updated_at", "duration", "previewId"]);
/** Whose values are this server's own: only keys and types are compared. */
const OWN_VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  status: new Set(["name", "uuid", "build_hash", "build_number", "build_date", "patched"]),
  // The recorded warning is about missing indices; here there are no indices to look for.
  rules_preview: new Set(["warnings"]),
  // Elastic's package was installed there; none is here.
  prebuilt_status: new Set(["rules_installed", "timelines_installed"]),
  // It had two spaces.
  data_views: new Set(["namespaces"]),
};
/** What tells the recorded Kibana from other flavours. */
const OF_A_FLAVOUR = ["number", "build_flavor"];
/** Where a newer or an older Kibana answers otherwise. */
const BESIDE_9_5: Readonly<Record<string, readonly string[]>> = {
  "8.18 data_views": [expect.stringMatching(/^\/data_view: \[/)],
};
/** Whose keys differ with what is installed. */
const OPEN: ReadonlySet<string> = new Set(["plugins"]);

function compare(recorded: unknown, ours: unknown, own: ReadonlySet<string>, at: string): string[] {
  if (recorded === "REDACTED") return typeof ours === "string" ? [] : [`${at}: should be text`];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(ours) || ours.length !== recorded.length) return [`${at}: ${JSON.stringify(ours)}`];
    return recorded.flatMap((each, i) => compare(each, ours[i], own, `${at}/${i}`));
  }
  if (typeof recorded !== "object" || recorded === null) {
    return Object.is(recorded, ours)
      ? []
      : [`${at}: ${JSON.stringify(ours)} for ${JSON.stringify(recorded)}`];
  }
  if (typeof ours !== "object" || ours === null) return [`${at}: should be an object`];
  const [theirs, mine] = [recorded as Record<string, unknown>, ours as Record<string, unknown>];
  const surplus = Object.keys(mine).filter((key) => !(key in theirs) && !SCRUBBED.has(key));
  return [
    ...surplus.map((key) => `${at}/${key}: was not recorded`),
    ...Object.entries(theirs).flatMap(([key, value]) => {
      if (OPEN.has(key)) return [];
      if (!own.has(key)) return compare(value, mine[key], own, `${at}/${key}`);
      return typeof mine[key] === typeof value ? [] : [`${at}/${key}: another type`];
    }),
  ];
}

/** An NDJSON export is recorded as its text. */
function documentsOf(response: unknown): unknown {
  const { ndjson } = response as { ndjson?: string };
  return ndjson === undefined ? response : documents(ndjson);
}

describeConformance("recordings of Kibana 9.5.1", "kibana-9.5.1-recordings", (folder) => {
  it("are all replayed or left out with a reason", () => {
    const operations = conformanceFiles(folder, ".json").map(({ name }) => name.replace(/\.json$/, ""));
    expect(operations.sort()).toEqual([...Object.keys(REPLAYS), ...Object.keys(NOT_REPLAYED)].sort());
  });

  for (const [operation, reason] of Object.entries(NOT_REPLAYED)) {
    it.skip(`${operation}: ${reason}`, () => undefined);
  }

  const flavours = FLAVOURS.flatMap((flavour) =>
    Object.entries(REPLAYS).map(([operation, replay]) => [flavour, operation, replay] as const),
  );
  it.each(flavours)("on %s: %s", async (flavour, operation, replay) => {
    const recording = JSON.parse(readFileSync(join(folder, `${operation}.json`), "utf8")) as Recording;
    const answer = await replay(new Recorded(flavour), recording.request?.filter ?? "");
    if (recording.error !== undefined) {
      const { http_status: status_code, message } = recording.error;
      expect(answer.status).toBe(status_code);
      expect(answer.body).toEqual({ message, status_code });
      return;
    }
    expect(answer.status).toBe(200);
    const ours = answer.body ?? documents(answer.text);
    const own = new Set([...(OWN_VALUES[operation] ?? []), ...(flavour === "9.5" ? [] : OF_A_FLAVOUR)]);
    const differences = compare(documentsOf(recording.response), ours, own, "");
    expect(differences).toEqual(BESIDE_9_5[`${flavour} ${operation}`] ?? []);
  });

  it("the fields of a rule come in the recorded order", async () => {
    const { response } = JSON.parse(readFileSync(join(folder, "rules_get.json"), "utf8")) as Recording;
    const names = Object.keys(response as object);
    const recorded = new Recorded("9.5");
    await recorded.rule();
    const { body } = await recorded.kibana.get(`${RULES}?rule_id=${RULE_ID}`);
    expect(Object.keys(body).filter((name) => names.includes(name))).toEqual(names);
  });
});
