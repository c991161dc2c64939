/** Random small projects, and what they are a moment later. */
import * as fc from "fast-check";

export type Json = Readonly<Record<string, unknown>>;

export const PROJECT = "acme";
export const SPACES = ["default", "soc"] as const;
export type Space = (typeof SPACES)[number];
export const SECRET = "https://hooks.example.com/services/very-secret";

/** Names that projects and analysts meet at. */
export const RULES = ["r0", "r1", "r2", "r3"] as const;
export const LISTS = ["l0", "l1"] as const;
export const ITEMS = ["i0", "i1", "i2"] as const;
export const VALUE_LIST = "v0";
export const CONNECTOR = "c0";

export interface RuleSpec {
  readonly type: "query" | "eql" | "threshold" | "esql" | "new_terms";
  readonly severity: "low" | "high";
  readonly enabled: boolean | undefined;
  readonly lists: readonly string[];
  readonly action: boolean;
  readonly note: boolean;
}

export interface ItemSpec {
  readonly value: string;
  readonly comments: number;
  readonly tagged: boolean;
}

export interface ProjectSpec {
  readonly rules: Readonly<Partial<Record<string, RuleSpec>>>;
  readonly lists: Readonly<Partial<Record<string, Readonly<Partial<Record<string, ItemSpec>>>>>>;
  readonly values: readonly string[] | undefined;
  readonly overlay: Json | undefined;
  /** Whether the second space gets only the first two rules. */
  readonly selective: boolean;
}

/** A value for some of the keys; `always` for those that are never left out. */
const some = <K extends string, T>(
  keys: readonly K[],
  value: fc.Arbitrary<T>,
  always: readonly K[] = [],
): fc.Arbitrary<Partial<Record<K, T>>> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, fc.Arbitrary<T>>, {
    requiredKeys: [...always],
  }) as fc.Arbitrary<Partial<Record<K, T>>>;

const ruleSpec: fc.Arbitrary<RuleSpec> = fc.record({
  type: fc.oneof(
    { weight: 4, arbitrary: fc.constant("query" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("eql" as const, "threshold" as const, "esql" as const, "new_terms" as const),
    },
  ),
  severity: fc.constantFrom("low", "high"),
  enabled: fc.constantFrom(undefined, true, false),
  lists: fc.subarray([...LISTS]),
  action: fc.boolean(),
  note: fc.boolean(),
});

const itemSpec: fc.Arbitrary<ItemSpec> = fc.record({
  value: fc.constantFrom("a", "b"),
  comments: fc.nat({ max: 2 }),
  tagged: fc.boolean(),
});

export const projectSpec: fc.Arbitrary<ProjectSpec> = fc.record({
  rules: some(RULES, ruleSpec, [RULES[0]]),
  lists: some(LISTS, some(ITEMS, itemSpec), [LISTS[0]]),
  values: fc.option(fc.subarray(["10.0.0.1", "10.0.0.2", "10.0.0.3"], { minLength: 1 }), { nil: undefined }),
  overlay: fc.option(fc.constantFrom<Json>({ enabled: false }, { severity: "high" }, { tags: ["emea"] }), {
    nil: undefined,
  }),
  selective: fc.boolean(),
});

const QUERIES: Readonly<Record<RuleSpec["type"], Json>> = {
  query: { index: ["logs-*"], query: "process.name : x.exe" },
  eql: { index: ["logs-*"], query: "process where true" },
  threshold: { index: ["logs-*"], query: "*:*", threshold: { field: ["host.id"], value: 3 } },
  esql: { query: 'FROM logs-* METADATA _id | WHERE process.name == "x.exe"' },
  new_terms: {
    index: ["logs-*"],
    query: "*:*",
    new_terms_fields: ["host.id"],
    history_window_start: "now-7d",
  },
};

function ruleFile(rule_id: string, spec: RuleSpec, lists: readonly string[]): Json {
  return {
    rule_id,
    name: `Rule ${rule_id}`,
    description: "Finds something.",
    type: spec.type,
    severity: spec.severity,
    risk_score: 21,
    ...QUERIES[spec.type],
    ...(spec.enabled === undefined ? {} : { enabled: spec.enabled }),
    ...(spec.note ? { note: "# Guide" } : {}),
    ...(lists.length === 0 ? {} : { exceptions: lists }),
    ...(spec.action ? { actions: [{ connector: CONNECTOR, params: { message: "m" } }] } : {}),
  };
}

/** Item ids are unique among all lists, so each list has its own. */
export const itemId = (list: string, item: string): string => `${list}-${item}`;

function listFile(
  list_id: string,
  items: Readonly<Partial<Record<string, ItemSpec>>>,
  values: boolean,
): Json {
  return {
    list_id,
    name: `List ${list_id}`,
    description: "Expected.",
    items: [
      ...Object.entries(items).map(([item, spec]) => ({
        item_id: itemId(list_id, item),
        name: `Item ${item}`,
        description: "Expected.",
        entries: [{ field: "host.name", type: "match", operator: "included", value: spec!.value }],
        comments: Array.from({ length: spec!.comments }, (_, i) => `Comment ${i}`),
        ...(spec!.tagged ? { tags: ["git"] } : {}),
      })),
      ...(values
        ? [
            {
              item_id: itemId(list_id, "values"),
              name: "Item of values",
              description: "Expected.",
              entries: [
                {
                  field: "source.ip",
                  type: "list",
                  operator: "included",
                  list: { id: VALUE_LIST, type: "ip" },
                },
              ],
            },
          ]
        : []),
    ],
  };
}

/** The files of a project, by path. JSON is YAML too. */
export function filesOf(spec: ProjectSpec): Readonly<Record<string, string>> {
  const files: Record<string, Json> = {
    "kdac.config.yml": {
      name: PROJECT,
      stack: "9.5",
      environments: {
        test: {
          url: "${KIBANA_URL}",
          api_key: "${KIBANA_API_KEY}",
          spaces: [
            "default",
            {
              id: "soc",
              ...(spec.selective ? { rules: ["rules/r0.rule.yml", "rules/r1.rule.yml"] } : {}),
              ...(spec.overlay === undefined ? {} : { set: spec.overlay }),
            },
          ],
        },
      },
    },
    "rules/c0.connector.yml": {
      name: CONNECTOR,
      connector_type_id: ".slack",
      secrets: { webhookUrl: "${SLACK_URL}" },
    },
  };
  for (const [id, rule] of Object.entries(spec.rules)) {
    const lists = rule!.lists.filter((list) => spec.lists[list] !== undefined);
    files[`rules/${id}.rule.yml`] = ruleFile(id, rule!, lists);
  }
  for (const [id, items] of Object.entries(spec.lists))
    files[`rules/${id}.exceptions.yml`] = listFile(id, items!, spec.values !== undefined && id === "l0");
  if (spec.values !== undefined)
    files["rules/v0.values.yml"] = { id: VALUE_LIST, name: "Values", type: "ip", values: spec.values };
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [`/project/${path}`, JSON.stringify(content)]),
  );
}
