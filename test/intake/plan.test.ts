import { describe, expect, it } from "vitest";
import type { SourceItem } from "../../src/bundle/sources/index.js";
import { LAYOUTS } from "../../src/intake/index.js";
import { memoryHost } from "../support/memory-host.js";
import { connector, importInto, item, line, list, ROOT, rule } from "./support.js";

const UUID = "2e94b7c1-0d58-4a63-b1f9-6c87d3e05a42";
const OTHER_UUID = "7d1f9a52-51c3-4b0e-9d3e-0a4b8c6e2f11";

describe("an import into an empty project", () => {
  it("writes rules, lists and connectors that name each other", async () => {
    const { disk, actions, report } = await importInto({}, [
      line(
        "rule",
        rule({
          tags: ["OS: Windows"],
          exceptions_list: [{ id: "x", list_id: "trusted", type: "detection", namespace_type: "single" }],
          actions: [
            {
              id: UUID,
              action_type_id: ".index",
              group: "default",
              params: { documents: [{ a: 1 }] },
              frequency: { summary: true, notifyWhen: "onActiveAlert", throttle: null },
            },
          ],
        }),
      ),
      line("exception-list", list(), 2),
      line("exception-item", item(), 3),
      line("connector", connector(UUID, "soc-index", { index: "soc" }), 4),
    ]);
    expect(actions).toEqual([
      "create rules/_shared/connectors/soc-index.connector.yml",
      "create rules/_shared/exceptions/trusted.exceptions.yml",
      "create rules/windows/one.rule.yml",
    ]);
    expect(report.ok).toBe(true);
    expect(report.read).toEqual({ rules: 1, exception_lists: 1, exception_items: 1, connectors: 1 });
    expect(disk[`${ROOT}/rules/windows/one.rule.yml`]).toBe(
      [
        "# yaml-language-server: $schema=https://unpkg.com/kibana-detections-as-code/schemas/rule.schema.json",
        "rule_id: one",
        "name: One",
        "description: Finds one.",
        "type: query",
        "version: 3",
        "severity: low",
        "risk_score: 21",
        "query: |",
        "  user.name: one",
        'tags: { os: "Windows" }',
        "exceptions: [trusted]",
        "actions:",
        "  - connector: soc-index",
        "    params:",
        "      documents:",
        "        - a: 1",
        "",
      ]
        .join("\n")
        .replace('tags: { os: "Windows" }', "tags:\n  os: Windows"),
    );
    expect(disk[`${ROOT}/rules/_shared/exceptions/trusted.exceptions.yml`]).toContain("item_id: first\n");
  });

  it.each([
    ["schemas of the project", { "/p/schemas/rule.schema.json": "{}" }, "../../schemas/rule.schema.json"],
    [
      "those of the package",
      { "/p/package.json": '{"devDependencies":{"kibana-detections-as-code":"1"}}' },
      "../../node_modules/kibana-detections-as-code/schemas/rule.schema.json",
    ],
  ])("files begin with the schema: %s", async (_, before, path) => {
    const { files } = await importInto(before, [line("rule", rule())]);
    expect(files[0]!.text.split("\n")[0]).toBe(`# yaml-language-server: $schema=${path}`);
  });

  it("puts the reason for `stack` behind it", async () => {
    const about = { stack: ">=9.3.0", stackComment: "field\n  added" };
    const { files } = await importInto({}, [{ ...line("rule", rule()), about } as SourceItem]);
    expect(files[0]!.text).toContain('\nstack: ">=9.3.0" # field added\n');
  });

  it("gives rules from TOML the versions of a lock, wherever it comes", async () => {
    const { version: _, ...value } = rule();
    const origin = { file: "one.toml" };
    const toml = { kind: "rule", value, origin, format: "toml" } as const;
    const versions = new Map([["one", 112]]);
    const lock = { kind: "version-lock", origin: { file: "version.lock.json" }, versions } as const;
    for (const items of [
      [toml, lock],
      [lock, toml],
    ])
      expect((await importInto({}, items)).files[0]!.text).toContain("\nversion: 112\n");
  });

  it.each(LAYOUTS)("layout %s", async (layout) => {
    const value = rule({
      tags: ["OS: Linux"],
      threat: [{ framework: "MITRE ATT&CK", tactic: { id: "TA0002", name: "Execution", reference: "x" } }],
    });
    const { files } = await importInto({}, [line("rule", value, 1, "team/a/rules.ndjson")], { layout });
    const folder = { "by-os": "linux/", "by-tactic": "execution/", flat: "", mirror: "team/a/" }[layout];
    expect(files[0]!.path).toBe(`rules/${folder}one.rule.yml`);
  });

  it("says so where there is nothing", async () => {
    const origin = { file: "a.txt" };
    const nothing = { kind: "problem", code: "source/unrecognised", params: {}, origin } as const;
    expect((await importInto({}, [nothing])).codes).toEqual([
      "info source/unrecognised",
      "error import/nothing",
    ]);
    expect((await importInto({}, [])).codes).toEqual(["error import/nothing"]);
  });

  it("says so where the project would not look", async () => {
    const { codes, report } = await importInto({}, [line("rule", rule())], { out: "imported" });
    expect(codes).toEqual(["warning import/out-not-searched"]);
    expect(report.ok).toBe(true);
    expect((await importInto({}, [line("rule", rule())], { out: "rules/imported" })).codes).toEqual([]);
  });
});

describe("names", () => {
  it("clash nowhere, not even where case is ignored, whatever the order of the source", async () => {
    const rules = ["b", "a", "c"].map((rule_id, i) => line("rule", rule({ rule_id, name: "Same Name" }), i));
    const before = { "/p/rules/other/Other.rule.yml": "rule_id: other\nname: Other\n" };
    const other = line("rule", rule({ rule_id: "new", name: "other" }), 9);
    for (const items of [
      [...rules, other],
      [other, ...rules.toReversed()],
    ]) {
      const { files } = await importInto(before, items);
      expect(Object.fromEntries(files.map(({ id, path }) => [id, path]))).toEqual({
        a: "rules/other/same-name.rule.yml",
        b: "rules/other/same-name-b.rule.yml",
        c: "rules/other/same-name-c.rule.yml",
        new: "rules/other/other-new.rule.yml",
      });
    }
  });

  it("stay with the rule when it is renamed or would move", async () => {
    const first = await importInto({}, [line("rule", rule({ tags: ["OS: Linux"] }))]);
    const renamed = rule({ name: "Another", tags: ["OS: Windows"] });
    const { actions } = await importInto(first.disk, [line("rule", renamed)], { force: true });
    expect(actions).toEqual(["update rules/linux/one.rule.yml"]);
  });

  it.each([
    "../../x",
    "/etc/passwd",
    "CON",
    "..",
    "a/b\\c",
    "\u0000",
    "x".repeat(10_000),
    "检测",
    "\u202egnp.exe",
  ])("%j stays inside", async (name) => {
    const items = [
      line(
        "rule",
        rule({ rule_id: name, name, tags: [`OS: ${name}`], threat: [{ tactic: { name } }] }),
        1,
        `${name}/x`,
      ),
      line("exception-list", list({ list_id: name, name })),
      line("connector", connector(UUID, name)),
    ];
    for (const layout of LAYOUTS) {
      const { files } = await importInto({}, items, { layout });
      expect(files).toHaveLength(3);
      for (const { path } of files)
        expect(path).toMatch(/^rules\/(?:[a-z0-9_][a-z0-9._-]{0,90}\/){0,17}[a-z0-9-]{1,90}\.[a-z]+\.yml$/);
    }
  });
});

describe("a second import", () => {
  const items = [
    line("rule", rule({ tags: ["OS: Windows", "Domain: Endpoint"], query: "a: 1\n  \n\tb: 2  " })),
    line("exception-list", list(), 2),
    line("exception-item", item(), 3),
    line("connector", connector("1b4f-old-id", "soc"), 4),
  ];

  it("changes nothing", async () => {
    const { disk } = await importInto({}, items);
    const second = await importInto(disk, items, { force: true });
    expect(second.report.files).toEqual({ create: 0, update: 0, unchanged: 3, refused: 0 });
    expect(second.report.ok).toBe(true);
  });

  it.each([
    "AA#",
    "7",
    "1e3",
    "null",
    "a'b",
    'a"b',
    "a: b",
    " a ",
    "f545ff26-3c94-4fd0-bd33-3c7f95a3a0fc",
    "规则",
  ])("finds the file of the rule %j again", async (rule_id) => {
    const { disk } = await importInto({}, [line("rule", rule({ rule_id }))]);
    const { actions } = await importInto(disk, [line("rule", rule({ rule_id }))]);
    expect(actions).toEqual(["unchanged rules/other/one.rule.yml"]);
  });

  it("finds the file by an id with a comment behind it, between quotes, and with a key between quotes", async () => {
    const fields =
      "name: One\ntype: query\nquery: 'user.name: one'\nseverity: low\nrisk_score: 21\nversion: 3\ndescription: Finds one.\n";
    for (const text of [
      `${fields}rule_id: one # ours\n`,
      `rule_id: 'one'\r\n${fields}`,
      `"rule_id": one\n${fields}`,
    ]) {
      const { actions } = await importInto({ "/p/rules/x.rule.yml": text }, [line("rule", rule())]);
      expect(actions).toEqual(["unchanged rules/x.rule.yml"]);
    }
  });

  it("does not touch a file that says the same in other words", async () => {
    const mine = [
      "# Ours since 2024.",
      "name: One",
      "rule_id: 'one'",
      "type: query",
      'query: "user.name: one"',
      "description: >-",
      "  Finds",
      "  one.",
      "severity: low",
      "risk_score: 21",
      "lookback: 1m",
      "interval: 5m",
      "enabled: false",
      "version: 3",
      'stack: ">=9.0"',
    ].join("\n");
    const before = { "/p/rules/x/mine.rule.yml": mine };
    const { actions, report } = await importInto(before, [line("rule", rule())]);
    expect(actions).toEqual(["unchanged rules/x/mine.rule.yml"]);
    expect(report.ok).toBe(true);
  });

  it("refuses to change what is there, and names what differs", async () => {
    const { disk } = await importInto({}, [line("rule", rule()), ...items.slice(1)]);
    const changed = [
      line("rule", rule({ query: "user.name: two", severity: "high" })),
      line("exception-list", list({ description: "Changed." }), 2),
      line("exception-item", item(), 3),
      line("connector", connector("1b4f-old-id", "soc", { index: "y" }), 4),
    ];
    const { actions, codes, report, disk: after } = await importInto(disk, changed);
    expect(actions).toEqual([
      "refused rules/_shared/connectors/soc.connector.yml",
      "refused rules/_shared/exceptions/trusted.exceptions.yml",
      "refused rules/other/one.rule.yml",
    ]);
    expect(codes.filter((code) => code.startsWith("error"))).toEqual(
      Array(3).fill("error import/would-overwrite"),
    );
    expect(report.findings.map(({ diagnostic }) => diagnostic.message)[0]).toBe(
      'rules/other/one.rule.yml holds the rule "One" already, and differs in severity and query',
    );
    expect(report.ok).toBe(false);
    expect(after).toEqual(disk);
  });

  it("with force keeps comments, layout and what Kibana does not have", async () => {
    const before = {
      "/p/rules/intro.fragment.md": "Read this first.",
      "/p/rules/x/mine.rule.yml": [
        "# Ours since 2024.",
        "rule_id: one",
        "name: One",
        "description: Finds one.",
        "type: query",
        'stack: ">=9.0" # the field is new',
        "severity: low # agreed with the SOC",
        "risk_score: 21",
        "lookback: 4m",
        "query: |",
        "  user.name: one",
        "note: |",
        "  {{> intro}}",
        "version: 3",
        "",
      ].join("\n"),
    };
    const changed = rule({ severity: "high", from: "now-9m", note: "Read this first.", max_signals: 50 });
    const { actions, disk } = await importInto(before, [line("rule", changed)], { force: true });
    expect(actions).toEqual(["update rules/x/mine.rule.yml"]);
    expect(disk["/p/rules/x/mine.rule.yml"]).toBe(
      before["/p/rules/x/mine.rule.yml"]
        .replace("severity: low #", "severity: high #")
        .replace("lookback: 4m\n", "lookback: 4m\nmax_signals: 50\n"),
    );
    expect((await importInto(disk, [line("rule", changed)])).actions).toEqual([
      "unchanged rules/x/mine.rule.yml",
    ]);
  });

  it("with force keeps the secrets and the id that a connector has in the project", async () => {
    const mine = `name: soc\nconnector_type_id: .index\nid: ${UUID}\nconfig: { index: a } # ours\nsecrets:\n  key: \${KEY}\n`;
    const before = { "/p/rules/soc.connector.yml": mine };
    const theirs = line("connector", connector(OTHER_UUID, "soc", { index: "b" }));
    const { disk, actions } = await importInto(before, [theirs], { force: true });
    expect(actions).toEqual(["update rules/soc.connector.yml"]);
    expect(disk["/p/rules/soc.connector.yml"]).toBe(mine.replace("index: a", "index: b"));
  });

  it("with force keeps the order of a list's items and their comments", async () => {
    const first = item({ item_id: "b" });
    const { disk } = await importInto({}, [
      line("exception-list", list()),
      line("exception-item", first),
      line("exception-item", item({ item_id: "a" })),
    ]);
    const path = "/p/rules/_shared/exceptions/trusted.exceptions.yml";
    const mine = disk[path]!.replace("  - item_id: b", "  # Reviewed each month.\n  - item_id: b");
    const items = [
      line("exception-list", list()),
      line("exception-item", item({ item_id: "a" })),
      line("exception-item", first),
      line("exception-item", item({ item_id: "c" })),
    ];
    const merged = await importInto({ ...disk, [path]: mine }, items, { force: true });
    expect(merged.actions).toEqual(["update rules/_shared/exceptions/trusted.exceptions.yml"]);
    expect(merged.disk[path]!.startsWith(mine)).toBe(true);
    expect([...merged.disk[path]!.matchAll(/item_id: (\S+)/g)].map(([, id]) => id)).toEqual(["b", "a", "c"]);
  });

  it("leaves a broken file alone, with force too", async () => {
    for (const broken of ["rule_id: one\nname: [\n", "rule_id: one\nnaem: One\n"]) {
      const before = { "/p/rules/x.rule.yml": broken };
      const { actions, codes, disk } = await importInto(before, [line("rule", rule())], { force: true });
      expect(actions).toEqual(["refused rules/x.rule.yml"]);
      expect(codes).toEqual(["error import/target-broken"]);
      expect(disk["/p/rules/x.rule.yml"]).toBe(broken);
    }
  });

  it("does not write outside of the folder that it was given", async () => {
    const before = await importInto({}, [line("rule", rule())]);
    const changed = [line("rule", rule({ severity: "high" }))];
    const { actions, codes } = await importInto(before.disk, changed, { out: "rules/new", force: true });
    expect(actions).toEqual(["refused rules/other/one.rule.yml"]);
    expect(codes).toEqual(["error import/elsewhere"]);
    const same = await importInto(before.disk, [line("rule", rule())], { out: "rules/new" });
    expect(same.actions).toEqual(["unchanged rules/other/one.rule.yml"]);
  });

  it("follows no link that leads out", async () => {
    const host = (files: Readonly<Record<string, string>>) =>
      memoryHost({ ...files, "/elsewhere/a": "" }, { links: { "/p/rules/windows": "/elsewhere" } });
    const items = [
      line("rule", rule({ tags: ["OS: Windows"] })),
      line("rule", rule({ rule_id: "two", name: "Two" })),
    ];
    const { actions, codes } = await importInto({}, items, { host });
    expect(actions).toEqual(["create rules/other/two.rule.yml", "refused rules/windows/one.rule.yml"]);
    expect(codes).toEqual(["error import/target-outside"]);
  });
});

describe("what comes twice", () => {
  it("is written once where it is the same, and no matter for a word", async () => {
    const { codes, actions } = await importInto({}, [
      line("rule", rule(), 1, "a.ndjson"),
      line("rule", rule({ id: "another-space", revision: 9, updated_at: "2026-01-01" }), 1, "b.ndjson"),
      line("exception-list", list(), 2, "a.ndjson"),
      line("exception-list", list({ id: "x", version: 2 }), 2, "b.ndjson"),
      line("exception-item", item(), 3, "a.ndjson"),
      line("exception-item", item({ created_by: "me" }), 3, "b.ndjson"),
      line("connector", connector(UUID, "soc"), 4, "a.ndjson"),
      line("connector", connector(UUID, "soc"), 4, "b.ndjson"),
    ]);
    expect(codes).toEqual([]);
    expect(actions).toHaveLength(3);
  });

  it("is a finding where it differs; the first stands", async () => {
    const { codes, files, report } = await importInto({}, [
      line("rule", rule(), 1, "a.ndjson"),
      line("rule", rule({ name: "Second" }), 1, "b.ndjson"),
      line("exception-list", list(), 2, "a.ndjson"),
      line("exception-list", list({ name: "Second" }), 2, "b.ndjson"),
      line("exception-item", item(), 3, "a.ndjson"),
      line("exception-item", item({ name: "Second" }), 3, "b.ndjson"),
      line("connector", connector(UUID, "soc"), 4, "a.ndjson"),
      line("connector", connector(UUID, "soc", { a: 1 }), 4, "b.ndjson"),
    ]);
    expect(codes).toEqual(Array(4).fill("error import/duplicate"));
    expect(report.findings.map(({ origin }) => `${origin.file}:${origin.line}`)).toEqual([
      "b.ndjson:1",
      "b.ndjson:2",
      "b.ndjson:3",
      "b.ndjson:4",
    ]);
    expect(report.ok).toBe(false);
    expect(files.map(({ text }) => text).join("")).not.toContain("Second");
  });

  it("of prebuilt rules the highest version is taken", async () => {
    const of = (version: number) =>
      ({ ...line("rule", rule({ version }), version), format: "prebuilt" }) as SourceItem;
    const { codes, files, report } = await importInto({}, [of(2), of(10), of(3)]);
    expect(codes).toEqual(Array(2).fill("info import/several-versions"));
    expect(report.ok).toBe(true);
    expect(files.map(({ text }) => /version: \d+/.exec(text)?.[0])).toEqual(["version: 10"]);
  });

  it("of connectors with one name the second keeps its id in actions", async () => {
    const action = (id: string) => ({ id, action_type_id: ".index", group: "default", params: {} });
    const { codes, files } = await importInto({}, [
      line("connector", connector(UUID, "soc")),
      line("connector", connector(OTHER_UUID, "soc")),
      line("rule", rule({ actions: [action(UUID), action(OTHER_UUID)] })),
    ]);
    expect(codes).toEqual(["error import/connector-name-taken"]);
    const text = files.find(({ kind }) => kind === "rule")!.text;
    expect(text).toContain("  - connector: soc\n");
    expect(text).toContain(`  - id: ${OTHER_UUID}\n    action_type_id: .index\n`);
  });
});

describe("what is incomplete", () => {
  it("items without their list get one", async () => {
    const { codes, disk } = await importInto({}, [
      line("exception-item", item()),
      line("exception-item", item({ item_id: "second" })),
    ]);
    expect(codes).toEqual(["warning import/items-without-list"]);
    expect(disk["/p/rules/_shared/exceptions/trusted.exceptions.yml"]).toContain(
      "list_id: trusted\nname: trusted\n",
    );
  });

  it("a list may come after its items", async () => {
    const { codes, files } = await importInto({}, [
      line("exception-item", item()),
      line("exception-list", list()),
    ]);
    expect(codes).toEqual([]);
    expect(files[0]!.text).toContain("name: Trusted\n");
    expect(files[0]!.text).toContain("item_id: first\n");
  });

  it("a rule without an id is known by its name", async () => {
    const { rule_id: _, ...value } = rule();
    const first = await importInto({}, [line("rule", value)]);
    expect(first.codes).toEqual(["error import/no-rule-id"]);
    expect(first.actions).toEqual(["create rules/other/one.rule.yml"]);
    expect((await importInto(first.disk, [line("rule", value)])).actions).toEqual([
      "unchanged rules/other/one.rule.yml",
    ]);
  });

  it("connectors and lists of the project are named too", async () => {
    const before = {
      "/p/rules/soc.connector.yml": `name: soc\nconnector_type_id: .index\nid: ${UUID}\nconfig: { index: a }\n`,
      "/p/rules/trusted.exceptions.yml": "list_id: trusted\nname: Trusted\ndescription: d\n",
    };
    const value = rule({
      exceptions_list: [{ id: "x", list_id: "trusted", type: "detection", namespace_type: "single" }],
      actions: [{ id: UUID, action_type_id: ".index", group: "default", params: {} }],
    });
    const { files } = await importInto(before, [line("rule", value)]);
    expect(files[0]!.text).toContain("exceptions: [trusted]\n");
    expect(files[0]!.text).toContain("  - connector: soc\n");
  });

  it("of a kind of finding no more than a thousand are kept; the others are counted", async () => {
    const origin = { file: "a.ndjson" };
    const problem = { kind: "problem", code: "source/broken-json", params: { reason: "x" }, origin } as const;
    const { report } = await importInto({}, [
      ...Array.from({ length: 1500 }, () => problem),
      line("rule", rule()),
    ]);
    expect(report.findings).toHaveLength(1000);
    expect([...report.omitted]).toEqual([["source/broken-json", 500]]);
    expect(report.ok).toBe(false);
  });

  it("what a source could not give is an error, and so is what it lost", async () => {
    const origin = { file: "a.ndjson", line: 3 };
    const unknown = {
      kind: "problem",
      code: "source/unknown-object",
      params: { keys: "a" },
      origin,
    } as const;
    const { codes, report } = await importInto({}, [unknown, line("rule", rule())]);
    expect(codes).toEqual(["error source/unknown-object"]);
    expect(report.findings[0]!.origin).toEqual(origin);
  });
});
