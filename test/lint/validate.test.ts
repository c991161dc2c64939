import { describe, expect, it } from "vitest";
import { validate } from "../../src/lint/index.js";
import { loadProject } from "../../src/project/index.js";
import { memoryHost } from "../support/memory-host.js";
import { BASE } from "../support/rule.js";

const INDEXED = `${BASE}index: [logs-*]\n`;
const rule = (id: string, more = ""): string =>
  `${INDEXED.replace("r-1", id).replace("A name", `Name of ${id}`)}${more}`;

function found(files: Readonly<Record<string, string>>, ...paths: string[]) {
  const host = memoryHost(
    Object.fromEntries(
      Object.entries({ "kdac.config.yml": "name: p\n", ...files }).map(([file, text]) => [
        `/p/${file}`,
        text,
      ]),
    ),
  );
  const project = loadProject(host, { cwd: "/p", paths });
  const { diagnostics, ok, rules } = validate(project);
  return {
    places: diagnostics.map(({ code, target }) => `${code} ${target.file}${target.pointer ?? ""}`),
    diagnostics,
    ok,
    rules,
  };
}

describe("validate", () => {
  it("finds nothing in sound rules", () => {
    const { places, ok, rules } = found({ "rules/a.rule.yml": rule("a"), "rules/b.rule.yml": rule("b") });
    expect(places).toEqual([]);
    expect({ ok, rules }).toEqual({ ok: true, rules: 2 });
  });

  it("keeps the compiled rules for those who go on with them, and not where nobody does", () => {
    const host = memoryHost({
      "/p/kdac.config.yml": "name: p\n",
      "/p/rules/a.rule.yml": rule("a", "attack: {Nothing: [T1059]}\n"),
    });
    const project = loadProject(host, { cwd: "/p" });
    const [kept, forgetful] = [validate(project), validate(project, { forgetful: true })];
    expect(kept.compiled.map((one) => one.rule.rule_id)).toEqual(["a"]);
    expect(forgetful).toEqual({ ...kept, compiled: [] });
    expect(kept.diagnostics).not.toEqual([]);
  });

  it("takes the configuration by its name", () => {
    const { places, ok } = found({ "rules/a.rule.yml": rule("a") }, "kdac.config.yml");
    expect(places).toEqual([]);
    expect(ok).toBe(true);
  });

  it("compares rules across files, and shows the other place", () => {
    const files = { "rules/a.rule.yml": rule("a"), "rules/b.rule.yml": rule("a") };
    const { places, diagnostics, ok } = found(files);
    expect(places).toEqual([
      "rule/duplicate-rule-id rules/b.rule.yml/rule_id",
      "rule/duplicate-name rules/b.rule.yml/name",
    ]);
    expect(diagnostics[0]?.related).toEqual([
      { message: "first used here", target: { file: "rules/a.rule.yml", pointer: "/rule_id" } },
    ]);
    expect(ok).toBe(false);
  });

  it("reports only what was asked for", () => {
    const files = {
      "rules/a.rule.yml": rule("a", "max_signals: 5000\n"),
      "rules/b.rule.yml": rule("b", "max_signals: 5000\n"),
    };
    expect(found(files, "rules/b.rule.yml")).toMatchObject({
      places: ["rule/max-signals-above-limit rules/b.rule.yml/max_signals"],
      rules: 1,
    });
  });

  it("names places of the file as it was written, although items that the schema refuses are left out", () => {
    const { places } = found({ "rules/a.rule.yml": rule("a", "tags: [{}, fine, 'OS: windows', fine]\n") });
    expect(places.filter((place) => place.startsWith("rule/"))).toEqual([
      "rule/unknown-tag rules/a.rule.yml/tags/2",
      "rule/duplicate-tag rules/a.rule.yml/tags/3",
    ]);
  });

  it("tells the id of a technique that was written by name, which the schema refuses", () => {
    const text = "attack:\n  Execution: [powershell, T1059, Nothing Of That Kind]\n  Persistence: nothing\n";
    const { diagnostics } = found({ "rules/a.rule.yml": rule("a", text) });
    expect(diagnostics.map(({ target, help }) => [target.pointer, help])).toMatchObject([
      ["/attack/Execution/0", 'did you mean "T1059.001 PowerShell"?'],
      ["/attack/Execution/2", undefined],
      ["/attack/Persistence", expect.anything()],
    ]);
  });

  it("draws no conclusions from a value that the schema refused", () => {
    const { places } = found({ "rules/a.rule.yml": rule("a", "interval: hourly\nfrom: now-9m\n") });
    expect(places).toHaveLength(1);
    expect(places[0]).toMatch(/^schema\/.* rules\/a\.rule\.yml\/interval$/);
  });

  it("says once what is missing in all languages, and what is missing in a translation", () => {
    const { places } = found({
      "rules/a.rule.yml": rule("a", "actions: [{connector: nobody, params: {}}]\nsetup: '{{> gone}}'\n"),
      "rules/a.rule.zh-CN.yml": "name: 名字\nguide: '{{> weg}}'\n",
      "rules/a.rule.de.yml": "name: Ein Name\nguide: {overview: TODO}\n",
    });
    expect(places.toSorted()).toEqual([
      "reference/unknown-connector rules/a.rule.yml/actions/0/connector",
      "reference/unknown-fragment rules/a.rule.yml/setup",
      "reference/unknown-fragment rules/a.rule.zh-CN.yml/guide",
      "rule/placeholder-text rules/a.rule.de.yml/guide/overview",
    ]);
  });

  it("heeds comments that suppress and severities of the project", () => {
    const files = {
      "kdac.config.yml":
        "name: p\nlint: {rule/reference-no-url: error, rule/risk-score-against-severity: off}\n",
      "rules/a.rule.yml": rule(
        "a",
        "# kdac-ignore rule/max-signals-above-limit -- raised on our cluster\nmax_signals: 5000\nreferences: [wiki]\n",
      ).replace("risk_score: 21", "risk_score: 99"),
    };
    const { diagnostics, ok } = found(files);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["rule/reference-no-url", "error"],
    ]);
    expect(ok).toBe(false);
  });

  it("looks at exception lists across files", () => {
    const item =
      "{item_id: same, name: n, description: d, entries: [{field: f, type: exists, operator: included}]}";
    const list = (id: string): string =>
      `list_id: ${id}\nname: n\ndescription: d\ntype: rule_default\nitems: [${item}]\n`;
    const { places } = found({
      "rules/a.exceptions.yml": list("a"),
      "rules/b.exceptions.yml": list("b"),
      "rules/a.rule.yml": rule("a", "exceptions: [a]\n"),
      "rules/b.rule.yml": rule("b", "exceptions: [a]\n"),
      "rules/c.rule.yml": rule("c", "exceptions: [{list_id: b, type: detection}]\n"),
    });
    expect(places.toSorted()).toEqual([
      "reference/duplicate-item-id rules/b.exceptions.yml/items/0/item_id",
      "reference/exception-list-mismatch rules/c.rule.yml/exceptions/0/type",
      "reference/shared-default-list rules/b.rule.yml/exceptions/0",
    ]);
  });
});
