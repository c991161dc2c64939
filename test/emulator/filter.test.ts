/** KQL in `filter`, and order and pages of what is found. */
import { describe, expect, it } from "vitest";
import { type Attributes, compileFilter, KqlError } from "../../src/emulator/kql/filter.js";
import { type Session, startKibana } from "../support/kibana.js";
import { action, indexConnector, queryRule, reference, ruleOf, RULES } from "./samples.js";

type Values = Readonly<Record<string, readonly unknown[]>>;

/** Objects whose attributes are their keys; notes down what is asked for. */
function attributes(named: (string | undefined)[] = []): Attributes<Values> {
  return {
    check: (field) => void named.push(field),
    typeOf: (field) => (field === "title" ? "text" : field === "n" ? "long" : "keyword"),
    valuesOf: (values, field) => values[field] ?? [],
  };
}

describe("a query over one object", () => {
  const values: Values = {
    a: ["x", "y"],
    n: [5],
    title: ["Suspicious PowerShell download"],
    star: ["a*b"],
    "b.c": ["in"],
  };
  const holds = (query: string): boolean => compileFilter(query, attributes())(values);

  it.each([
    ["a: x", true],
    ["a: X", false],
    ["a: (x and y)", true],
    ["a: (x and z)", false],
    ["a: (z or y)", true],
    ["not a: z", true],
    ["not b: z", true],
    ["a: *", true],
    ["b: *", false],
    ["a: x or a: z and a: z", true],
    ["(a: x or a: z) and a: z", false],
    ["n > 4 and n <= 5", true],
    ["n < 5", false],
    ["title: powershell", true],
    ["title: (nothing or download)", true],
    ['title: "suspicious powershell"', true],
    ['title: "powershell suspicious"', false],
    ["title: power*", true],
    ["title: *ship*", false],
    ['star: "a*b"', true],
    ["star: a\\*b", true],
    ["star: a*b", true],
    ["star: b*", false],
    ["a: \\and", false],
    ["b: { c: in }", true],
    ["b: { c: out }", false],
    ["", true],
  ])("%s: %s", (query, expected) => {
    expect(holds(query)).toBe(expected);
  });

  it("asks about its fields, nested ones in full, and about values without one", () => {
    const named: (string | undefined)[] = [];
    compileFilter("a: x and not b: { c: y or d > 1 } and z", attributes(named));
    expect(named).toEqual(["a", "b.c", "b.d", undefined]);
  });

  it("says where it cannot be read", () => {
    expect(() => compileFilter("a: (x or )", attributes())).toThrow(
      /^KQLSyntaxError: Expected .* found "\)"\.\na: \(x or \)\n-{9}\^$/,
    );
  });

  it("is bounded on hostile input", () => {
    expect(() => compileFilter("(".repeat(100_000), attributes())).toThrow(KqlError);
    const stars = compileFilter(`a: ${"*a".repeat(2000)}b`, attributes());
    expect(stars({ a: ["a".repeat(4000)] })).toBe(false);
    const many = Array.from({ length: 5000 }, (_, i) => `a: ${i}`).join(" or ");
    expect(compileFilter(many, attributes())({ a: [4999] })).toBe(true);
  });
});

describe("finding rules", () => {
  async function estate(): Promise<Session> {
    const kibana = startKibana();
    const connector = await kibana.post("/api/actions/connector", indexConnector());
    const rules = [
      queryRule({ rule_id: "a", name: "Beta rule", severity: "low", risk_score: 30, tags: ["OS: Windows"] }),
      ruleOf("eql", {
        rule_id: "b",
        name: "alpha mshta",
        severity: "critical",
        risk_score: 20,
        enabled: true,
      }),
      queryRule({
        rule_id: "c",
        name: "Gamma",
        severity: "medium",
        risk_score: 10,
        meta: { kdac: { project: "soc" } },
        exceptions_list: [reference({ list_id: "the-list" })],
        actions: [action(connector.body["id"])],
      }),
    ];
    for (const rule of rules) await kibana.post(RULES, rule);
    return kibana;
  }

  const found = async (kibana: Session, query: Record<string, string>): Promise<unknown[]> => {
    const { status, body } = await kibana.get(`${RULES}/_find?${new URLSearchParams(query)}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return (body["data"] as { rule_id: string }[]).map((rule) => rule.rule_id);
  };

  it.each([
    ["alert.attributes.name: mshta", ["b"]],
    ['alert.attributes.name: "beta rule"', ["a"]],
    ["alert.attributes.name.keyword: beta*", ["a"]],
    ['alert.attributes.tags: "OS: Windows"', ["a"]],
    ['alert.attributes.tags: "__internal_immutable:false"', []],
    ["alert.attributes.enabled: true", ["b"]],
    ['alert.attributes.params.ruleId: ("a" or "c")', ["a", "c"]],
    ["alert.attributes.params.immutable: false", ["a", "b", "c"]],
    ["alert.attributes.params.ruleSource.isCustomized: true", []],
    ["alert.attributes.params.ruleSource.type: internal", ["a", "b", "c"]],
    ['alert.attributes.params.exceptionsList.list_id: "the-list"', ["c"]],
    ['alert.attributes.params.meta.kdac.project: "soc"', ["c"]],
    ["alert.attributes.params.severity: critical", ["b"]],
    ["alert.attributes.alertTypeId: siem.eqlRule", ["b"]],
    ["alert.attributes.actions.actionTypeId: .index", ["c"]],
    ["alert.attributes.createdBy: elastic and not alert.attributes.enabled: true", ["a", "c"]],
    ['alert.attributes.createdAt >= "2020-01-01T00:00:00Z"', ["a", "b", "c"]],
    ["", ["a", "b", "c"]],
  ])("%s", async (filter, expected) => {
    expect(await found(await estate(), { filter })).toEqual(expected);
  });

  it.each([
    ["name: x", "This key 'name' need to be wrapped by a saved object type like alert: Bad Request"],
    [
      "alert.attributes.nonsense: x",
      "This key 'alert.attributes.nonsense' does NOT exist in alert saved object index patterns: Bad Request",
    ],
    ["mshta", "The key is empty and needs to be wrapped by a saved object type like alert: Bad Request"],
    ["alert.attributes.name: (", "KQLSyntaxError"],
  ])("%s is refused", async (filter, text) => {
    const { status, body } = await startKibana().get(`${RULES}/_find?filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    expect(body["message"]).toContain(text);
  });

  it.each([
    [{ sort_field: "name", sort_order: "asc" }, ["b", "a", "c"]],
    [{ sort_field: "name", sort_order: "desc" }, ["c", "a", "b"]],
    [{ sort_field: "severity", sort_order: "asc" }, ["a", "c", "b"]],
    [{ sort_field: "risk_score", sort_order: "asc" }, ["c", "b", "a"]],
    [{ sort_field: "enabled", sort_order: "desc" }, ["b", "a", "c"]],
    [{ sort_field: "created_at", sort_order: "desc" }, ["c", "b", "a"]],
    [{ page: "2", per_page: "2" }, ["c"]],
    [{ page: "9", per_page: "2" }, []],
    [{ per_page: "0" }, []],
  ])("%j", async (query, expected) => {
    expect(await found(await estate(), query)).toEqual(expected);
  });

  it.each([
    [{ sort_field: "name" }, ['when "sort_order" and "sort_field" must exist together or not at all']],
    [{ page: "0" }, "[request query]: page: Too small: expected number to be >=1"],
    [{ page: "x" }, "[request query]: page: Invalid input: expected number, received NaN"],
    [
      { gap_fill_statuses: "x" },
      [
        'Query fields "gap_fill_statuses", "gaps_range_start" and "gaps_range_end" has to be specified together',
      ],
    ],
    [
      { per_page: "10001" },
      "Result window is too large, from + size must be less than or equal to: [10000] but was [10001]",
    ],
  ])("%j is refused", async (query, message) => {
    const { status, body } = await startKibana().get(
      `${RULES}/_find?${new URLSearchParams(query as unknown as Record<string, string>)}`,
    );
    expect(status).toBe(400);
    expect(body["message"]).toEqual(message);
  });

  it("tags are listed once each", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ tags: ["a", "b"] }));
    await kibana.post(RULES, queryRule({ rule_id: "rule-2", tags: ["b", "c"] }));
    expect((await kibana.get("/api/detection_engine/tags")).body).toEqual(["a", "b", "c"]);
  });
});
