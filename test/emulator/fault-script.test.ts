/** Scripts of faults: the schema for editors and the reader of the program take and refuse the same. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { createKibana, type Fault, FaultScriptError, readFaults } from "../../src/emulator/index.js";

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const fits = ajv.compile(JSON.parse(readFileSync("schemas/faults.schema.json", "utf8")) as object);

const RESPONSES: readonly Fault["respond"][] = [
  { kind: "status", status: 429, retryAfter: 2 },
  { kind: "status", status: 503, retryAfter: "Thu, 01 Jan 2026 00:00:00 GMT", body: { any: 1 } },
  { kind: "status", status: 429, retryAt: 3, afterHandling: true },
  { kind: "reset" },
  { kind: "reset", afterHandling: true },
  { kind: "slow", milliseconds: 5 },
  { kind: "slow-body", milliseconds: 5 },
  { kind: "truncated" },
  { kind: "cut", lines: 2 },
  { kind: "cut", lines: -1 },
  { kind: "lie", counts: { total: -1 } },
  { kind: "lie", without: 2 },
  { kind: "foreign", status: 404, body: { ok: false } },
  { kind: "foreign", status: 200, body: "text", type: "text/plain", afterHandling: true },
  { kind: "html", page: "login" },
  { kind: "html", page: "error", status: 504, afterHandling: true },
  { kind: "expired-key" },
  { kind: "partial", failures: 2, message: "m" },
  {
    kind: "change",
    when: "after",
    user: "u",
    space: "s",
    does: [
      { act: "save-rule", rule_id: "r", change: { name: "n" } },
      { act: "create-rule", rule: { name: "n" } },
      { act: "enable-rule", rule_id: "r" },
      { act: "disable-rule", rule_id: "r" },
      { act: "duplicate-rule", rule_id: "r" },
      { act: "delete-rule", rule_id: "r" },
      { act: "add-tags", rule_id: "r", tags: ["t"] },
      { act: "add-exception", rule_id: "r", item: { name: "n" } },
      { act: "link-list", rule_id: "r", list_id: "l" },
      { act: "create-list", list: { name: "n" } },
      { act: "edit-list", list_id: "l", change: { name: "n" } },
      { act: "delete-list", list_id: "l" },
      { act: "add-item", list_id: "l", item: { name: "n" } },
      { act: "edit-item", item_id: "i", change: {}, comment: "c" },
      { act: "delete-item", item_id: "i" },
      { act: "add-value", list_id: "l", value: "v" },
      { act: "delete-value", list_id: "l", value: "v" },
    ],
  },
];

describe("a script", () => {
  it.each(RESPONSES.map((respond) => [respond.kind, respond] as const))("with %s is read", (_, respond) => {
    const faults: Fault[] = [
      {
        match: { method: "PUT", path: "/rules", pattern: "^/api/", space: "soc" },
        after: 1,
        times: 2,
        respond,
      },
    ];
    const script = { $schema: "./faults.schema.json", faults };
    expect(fits(script), ajv.errorsText(fits.errors)).toBe(true);
    expect(readFaults(JSON.stringify(script))).toEqual(faults);
  });

  const bad: readonly (readonly [string, unknown, string])[] = [
    ["no faults", {}, "faults: Invalid input: expected array, received undefined"],
    ["a list alone", [], "Invalid input: expected object, received array"],
    ["an unknown kind", { faults: [{ respond: { kind: "x" } }] }, "faults.0.respond.kind: Invalid input"],
    [
      "a key that is not known",
      { faults: [{ respond: { kind: "reset", after: 1 } }] },
      'faults.0.respond: Unrecognized key: "after"',
    ],
    [
      "a pattern that is none",
      { faults: [{ match: { pattern: "(" }, respond: { kind: "reset" } }] },
      "faults.0.match.pattern: Invalid regular expression: /(/u: Unterminated group",
    ],
    [
      "an unknown deed",
      { faults: [{ respond: { kind: "change", does: [{ act: "x" }] } }] },
      "faults.0.respond.does.0.act: Invalid input",
    ],
  ];
  it.each(bad)("with %s is refused", (_, script, message) => {
    expect(fits(script)).toBe(false);
    expect(() => readFaults(JSON.stringify(script))).toThrow(new FaultScriptError(message));
  });

  it("that is no JSON is refused", () => {
    expect(() => readFaults("{")).toThrow(FaultScriptError);
  });

  it("works with its pattern", async () => {
    const faults = readFaults(
      '{"faults":[{"match":{"pattern":"^/api/status$"},"respond":{"kind":"status","status":503}}]}',
    );
    const kibana = createKibana({ faults });
    const statusOf = async (path: string) => (await kibana.fetch(new Request(`http://k${path}`))).status;
    expect(await statusOf("/api/status")).toBe(503);
    expect(await statusOf("/api/status?v8format=true")).toBe(200);
  });
});
