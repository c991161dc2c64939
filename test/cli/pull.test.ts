import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, describe, expect, it } from "vitest";
import { type Json, World } from "./pull-world.js";

const CONFIG = `name: acme
stack: "9.5"
environments:
  test:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]
`;

const RULE = `# What the pipeline team asked for.
rule_id: rule-one
name: Service Stopped # shown in Kibana
type: eql
severity: low
risk_score: 21
enabled: true

# Every five minutes, with some overlap.
interval: 5m
lookback: 4m
index: [logs-endpoint.events.process-*, winlogbeat-*]

query: |
  process where host.os.type == "windows" and process.name : "sc.exe"
description: Finds a service that is stopped.

attack:
  Impact: [T1489] # Service Stop
tags:
  domain: Endpoint # one for now
  os: Windows
guide:
  overview: |
    A service was stopped.
  response:
    - Start it again.
exceptions: [trusted-hosts]
actions:
  # The channel of the day shift.
  - connector: soc-slack
    params: { message: "{{context.rule.name}}" }
`;

const SECOND = `rule_id: rule-two
name: Second Rule
type: query
severity: low
risk_score: 21
description: Finds nothing much.
query: 'process.name: "x"' # quoted on purpose
note: |
  # Triage

  Look at it.
`;

const LIST = `# Reviewed every month.
list_id: trusted-hosts
name: Trusted hosts
description: Hosts of the administrators.
items:
  # The first of them.
  - item_id: admin-host
    name: Admin host
    description: The jump host.
    entries: [{ field: host.name, operator: included, type: match, value: jump-1 }]
`;

const CONNECTOR = `name: soc-slack
connector_type_id: .slack
secrets:
  webhookUrl: \${SLACK_URL}
`;

const PROJECT = {
  "kdac.config.yml": CONFIG,
  "rules/one.rule.yml": RULE,
  "rules/two.rule.yml": SECOND,
  "rules/trusted.exceptions.yml": LIST,
  "rules/slack.connector.yml": CONNECTOR,
};

let world: World;
afterEach(() => world.stop());

async function deployed(
  files: Readonly<Record<string, string>> = {},
  options: Parameters<typeof World.start>[1] = {},
): Promise<World> {
  world = await World.start({ ...PROJECT, ...files }, options);
  await world.apply();
  world.requests.length = 0;
  return world;
}

/** Pulls, and holds that a plan then shows no field that differs and that a second pull changes nothing. */
async function pulled(...args: string[]) {
  const report = await world.pull(...args);
  expect(await world.differences()).toEqual({});
  const files = world.files();
  const again = await world.pull(...args);
  expect(again.summary).toMatchObject({ create: 0, update: 0 });
  expect(world.files()).toEqual(files);
  return report;
}

/** The lines that a file lost and got. */
function difference(before: string, after: string): string[] {
  const [old, young] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !young.includes(line)).map((line) => `-${line}`),
    ...young.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe("rules that were changed in Kibana", () => {
  const CASES: readonly [what: string, id: string, fields: Json, changed: string[], lines: string[]][] = [
    [
      "the name of a rule",
      "rule-two",
      { name: "Third Rule" },
      ["name"],
      ["-name: Second Rule", "+name: Third Rule"],
    ],
    [
      "severity and risk",
      "rule-one",
      { severity: "high", risk_score: 73 },
      ["severity", "risk_score"],
      ["-severity: low", "-risk_score: 21", "+severity: high", "+risk_score: 73"],
    ],
    [
      "the query, in a block as before",
      "rule-one",
      {
        query: 'process where process.name : "net.exe"',
        required_fields: [{ name: "process.name", type: "keyword" }],
      },
      ["query"],
      [
        '-  process where host.os.type == "windows" and process.name : "sc.exe"',
        '+  process where process.name : "net.exe"',
      ],
    ],
    [
      "the query, in quotes as before, and a comment behind it",
      "rule-two",
      { query: 'process.name: "y"', required_fields: [{ name: "process.name", type: "keyword" }] },
      ["query"],
      [
        "-query: 'process.name: \"x\"' # quoted on purpose",
        "+query: 'process.name: \"y\"' # quoted on purpose",
      ],
    ],
    [
      "tags that kinds can say",
      "rule-one",
      {
        tags: [
          "Domain: Endpoint", "OS: Windows", "OS: Linux", "Tactic: Impact", "Resources: Investigation Guide",
        ], // prettier-ignore
      },
      ["tags"],
      ["-  os: Windows", "+  os: [Windows, Linux]"],
    ],
    [
      "a schedule that a look-back can say",
      "rule-one",
      { interval: "10m", from: "now-14m" },
      ["interval"],
      ["-interval: 5m", "+interval: 10m"],
    ],
    ["a longer look-back", "rule-one", { from: "now-10m" }, ["from"], ["-lookback: 4m", "+lookback: 5m"]],
    [
      "that it was switched off",
      "rule-one",
      { enabled: false },
      ["enabled"],
      ["-enabled: true", "+enabled: false"],
    ],
    ["the note", "rule-two", { note: "# Triage\n\nLook at it.\n\nTwice." }, ["note"], ["+  Twice."]],
    [
      "a field that the file did not have",
      "rule-two",
      { max_signals: 20, references: ["https://example.com"] },
      ["max_signals", "references"],
      ["+max_signals: 20", "+references:", "+  - https://example.com"],
    ],
    [
      "actions",
      "rule-one",
      { actions: "changed" },
      ["actions"],
      ['-    params: { message: "{{context.rule.name}}" }', '+    params: { message: "{{alertId}}" }'],
    ],
  ];

  it.each(CASES)("%s", async (_, id, fields, changed, lines) => {
    await deployed();
    const live = await world.rule(id);
    const actions =
      fields["actions"] === undefined
        ? {}
        : {
            actions: (live["actions"] as Json[]).map((action) => ({
              ...action,
              params: { message: "{{alertId}}" },
            })),
          };
    await world.patch(id, { ...fields, ...actions });
    const file = id === "rule-one" ? "rules/one.rule.yml" : "rules/two.rule.yml";
    const before = world.read(file);
    const report = await pulled();
    expect(report).toMatchObject({ exit: 0, summary: { update: 1, create: 0, refused: 0 }, diagnostics: [] });
    expect(report.objects).toMatchObject([{ kind: "rule", id, file, action: "update", fields: changed }]);
    expect(difference(before, world.read(file))).toEqual(lines);
  });

  it("technique names stay as the author has them, and a new technique gets its own", async () => {
    await deployed();
    const { threat } = (await world.rule("rule-one")) as { threat: { technique: unknown[] }[] };
    const technique = {
      id: "T1485",
      name: "Data Destruction",
      reference: "https://attack.mitre.org/techniques/T1485/",
    };
    await world.patch("rule-one", {
      threat: [{ ...threat[0], technique: [...threat[0]!.technique, technique] }],
    });
    const before = world.read("rules/one.rule.yml");
    await pulled();
    expect(difference(before, world.read("rules/one.rule.yml"))).toEqual([
      "-  Impact: [T1489] # Service Stop",
      "+  Impact: [T1489, T1485 Data Destruction] # Service Stop",
    ]);
  });

  it("a tactic that would bring a tag that the rule does not have makes the tags a list", async () => {
    await deployed();
    const { threat, tags } = (await world.rule("rule-one")) as { threat: unknown[]; tags: string[] };
    const tactic = {
      framework: "MITRE ATT&CK",
      tactic: { id: "TA0002", name: "Execution", reference: "https://attack.mitre.org/tactics/TA0002/" },
      technique: [],
    };
    await world.patch("rule-one", { threat: [...threat, tactic] });
    const report = await pulled();
    expect(report.objects[0]!.fields).toEqual(["threat", "tags"]);
    expect(world.read("rules/one.rule.yml")).toContain(
      `\ntags: [${tags.map((tag) => `"${tag}"`).join(", ")}]\n`,
    );
  });

  it("a save in Kibana's form, which drops the mark and all of meta", async () => {
    await deployed({ "rules/two.rule.yml": `${SECOND}meta: { owner: blue }\n` });
    await world.saveInForm("rule-two", { name: "Renamed", description: "New words." });
    const report = await world.pull();
    expect(report.objects).toMatchObject([{ action: "update", fields: ["name", "description"] }]);
    expect(world.read("rules/two.rule.yml")).toContain("meta: { owner: blue }");
    expect(world.read("rules/two.rule.yml")).not.toContain("kibana");
    expect((await world.pull()).summary).toMatchObject({ update: 0 });
    await world.apply("--overwrite-drift");
    expect(await world.differences()).toEqual({});
    expect(await world.rule("rule-two")).toMatchObject({
      name: "Renamed",
      meta: { owner: "blue", kdac: { project: "acme" } },
    });
  });

  it("a guide whose rule was renamed becomes the note that Kibana has, and a finding says so", async () => {
    await deployed();
    await world.patch("rule-one", { name: "Service Halted" });
    const report = await pulled();
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["pull/guide-as-note"]);
    expect(report.objects[0]!.fields).toEqual(["name", "note"]);
    expect(world.read("rules/one.rule.yml")).toContain("### Investigating Service Stopped");
  });

  it("nothing is pulled where nothing was changed, and no file is touched", async () => {
    await deployed();
    const files = world.files();
    expect(await world.pull()).toMatchObject({ exit: 0, objects: [], diagnostics: [] });
    expect((await world.pull("--all")).summary).toEqual({
      create: 0,
      update: 0,
      unchanged: 4,
      kept: 0,
      refused: 0,
    });
    expect(world.files()).toEqual(files);
  });
});

describe("the texts of a rule", () => {
  const FRAGMENT = "Call the duty officer.\n\nThen wait.\n";
  const files = {
    "rules/call.fragment.md": FRAGMENT,
    "rules/one.rule.yml": RULE.replace(
      "    - Start it again.",
      '    - >-\n      Start it\n      again.\n    - "{{> call}}"',
    ),
    "rules/two.rule.yml": `${SECOND}setup: |\n  ## Setup\n\n  {{> call}}\n`,
  };

  it("keep their fragments where these are still in them", async () => {
    await deployed(files);
    const { setup } = (await world.rule("rule-two")) as { setup: string };
    expect(setup).toContain("Then wait.");
    await world.patch("rule-two", { setup: `${setup}\n\nAnd more.` });
    await pulled();
    expect(world.read("rules/two.rule.yml")).toBe(`${files["rules/two.rule.yml"]}\n  And more.\n`);
  });

  it("lose a fragment that was edited in Kibana", async () => {
    await deployed(files);
    const { setup } = (await world.rule("rule-two")) as { setup: string };
    await world.patch("rule-two", { setup: setup.replace("wait", "act") });
    await pulled();
    expect(world.read("rules/two.rule.yml")).toContain("  Call the duty officer.\n\n  Then act.\n");
    expect(world.read("rules/call.fragment.md")).toBe(FRAGMENT);
  });

  it("stay a guide where Kibana's text is one, and only what changed is written", async () => {
    await deployed(files);
    const { note } = (await world.rule("rule-one")) as { note: string };
    await world.patch("rule-one", { note: note.replace("- Start it", "- Look first.\n- Start it") });
    const before = world.read("rules/one.rule.yml");
    expect((await pulled()).objects[0]!.fields).toEqual(["note"]);
    expect(difference(before, world.read("rules/one.rule.yml"))).toEqual(["+    - Look first."]);
  });

  it("in another language than the rule's own are the translation's business", async () => {
    await deployed({
      "kdac.config.yml": CONFIG.replace("environments", "locale: en\nenvironments"),
      "rules/two.rule.zh-CN.yml": "name: 第二条规则\n",
    });
    expect(await world.rule("rule-two")).toMatchObject({ name: "Second Rule" });
    await world.patch("rule-two", { name: "Renamed" });
    await pulled();
    expect(world.read("rules/two.rule.zh-CN.yml")).toBe("name: 第二条规则\n");
  });
});

describe("this repository's own rules", () => {
  it("after a change of each of them: every comment and every fragment is there, a plan has nothing to say", async () => {
    const config = CONFIG.replace(
      "[default]",
      '[{ id: default, rules: ["rules/**", "!rules/aws/root-user-activity.rule.yml"] }]',
    );
    world = await World.start(new URL("../..", import.meta.url).pathname, {}, ["rules"]);
    world.write(
      "kdac.config.yml",
      `${config}defaults: { author: [kdac maintainers], license: Apache-2.0 }\n`,
    );
    await world.apply();
    const { data } = await world.send<{ data: Json[] }>(
      "GET",
      "/api/detection_engine/rules/_find?per_page=1000",
    );
    for (const { rule_id, tags, references, setup, note } of data)
      await world.patch(String(rule_id), {
        severity: "critical",
        tags: [...(tags as string[]), "Custom: added"],
        references: [...(references as string[]), "https://example.com/new"],
        setup: `${String(setup)}\n\nMore.`,
        from: "now-29m",
        interval: "9m",
        note: String(note).replace("### Response and remediation\n\n", "$&- First of all this.\n"),
      });
    const before = world.files("rules");
    const report = await pulled();
    expect(report).toMatchObject({ exit: 0, diagnostics: [], summary: { update: data.length, refused: 0 } });
    for (const [path, text] of world.files("rules")) {
      const kept = (of: string): string[] => of.match(/(?:^|\s)#.*$|\{\{>.*\}\}/gm) ?? [];
      expect(kept(text), path).toEqual(kept(before.get(path)!));
    }
    expect((await world.run("validate")).exit).toBe(0);
  });

  it("pulled into an empty project mean the same", async () => {
    world = await World.start(new URL("../..", import.meta.url).pathname, {}, ["rules"]);
    world.write("kdac.config.yml", CONFIG);
    world.remove("rules/aws/root-user-activity.rule.yml");
    await world.apply();
    world.remove("rules");
    const report = await world.pull("--all");
    expect(report.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(report.summary.create).toBeGreaterThan(40);
    expect(await world.differences()).toEqual({});
    const { out } = await world.run("plan", "--env", "test");
    expect(out).toContain("No changes.");
    expect((await world.run("fmt", "--check")).exit).toBe(0);
    expect((await world.run("validate")).exit).toBe(0);
    expect((await world.pull("--all")).summary).toMatchObject({ create: 0, update: 0 });
  });
});

describe("who changed what", () => {
  it("leaves a file alone that is ahead of the space, and with --force takes what Kibana has", async () => {
    await deployed();
    world.write("rules/two.rule.yml", SECOND.replace("severity: low", "severity: high"));
    expect((await world.pull()).objects).toEqual([]);
    const kept = await world.pull("--rule", "rule-two");
    expect(kept).toMatchObject({ exit: 0, summary: { kept: 1, update: 0 } });
    expect(kept.diagnostics.map(({ code }) => code)).toEqual(["pull/file-ahead"]);
    expect(world.read("rules/two.rule.yml")).toContain("severity: high");
    expect((await world.pull("--rule", "rule-two", "--force")).summary).toMatchObject({ update: 1 });
    expect(world.read("rules/two.rule.yml")).toBe(SECOND);
  });

  it("takes nothing where both sides changed, unless forced", async () => {
    await deployed();
    world.write("rules/two.rule.yml", SECOND.replace("severity: low", "severity: high"));
    await world.patch("rule-two", { name: "Other name" });
    const files = world.files();
    const report = await world.pull();
    expect(report).toMatchObject({ exit: 1, summary: { refused: 1 } });
    expect(report.diagnostics).toMatchObject([
      {
        code: "pull/both-changed",
        severity: "error",
        message: expect.stringContaining("name and severity") as string,
      },
    ]);
    expect(world.files()).toEqual(files);
    expect((await world.pull("--force")).summary).toMatchObject({ update: 1, refused: 0 });
    expect(world.read("rules/two.rule.yml")).toBe(SECOND.replace("Second Rule", "Other name"));
  });

  it("does not know which side is newer of a rule without a mark: it is pulled when it is asked for", async () => {
    world = await World.start(PROJECT);
    const { rule_id, name, type, description } = {
      rule_id: "rule-two",
      name: "Made by hand",
      type: "query",
      description: "d",
    };
    const made = {
      rule_id,
      name,
      type,
      description,
      severity: "low",
      risk_score: 21,
      query: 'process.name: "x"',
    };
    await world.send("POST", "/api/detection_engine/rules", made);
    const report = await world.pull();
    expect(report).toMatchObject({ exit: 0, objects: [] });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["pull/not-ours"]);
    expect((await world.pull("--rule", "Made by hand")).summary).toMatchObject({ update: 1 });
    expect(world.read("rules/two.rule.yml")).toContain("name: Made by hand");
  });

  it("leaves the rules of another project out, unless they are named", async () => {
    await deployed();
    const { meta } = (await world.rule("rule-two")) as { meta: { kdac: Json } };
    await world.patch("rule-two", { meta: { kdac: { ...meta.kdac, project: "others" } } });
    const { root } = world;
    world.write("rules/two.rule.yml", SECOND.replace("rule-two", "rule-three"));
    const report = await world.pull("--all");
    expect(report.diagnostics.map(({ code }) => code)).toContain("pull/other-project");
    expect(report.summary.create).toBe(0);
    expect((await world.pull("--rule", "rule-two")).summary).toMatchObject({ create: 1 });
    expect(world.exists("rules/other/second-rule.rule.yml")).toBe(true);
    expect(world.root).toBe(root);
  });

  it("what the file leaves to Kibana stays with Kibana, until the rule is asked for", async () => {
    await deployed({ "rules/one.rule.yml": RULE.replace("enabled: true\n", "").replace(/actions:[^]*/, "") });
    const connectors = await world.send<Json[]>("GET", "/api/actions/connectors");
    expect(connectors).toEqual([]);
    const connector = await world.send("POST", "/api/actions/connector", {
      name: "night-shift",
      connector_type_id: ".server-log",
    });
    const action = {
      id: connector["id"],
      action_type_id: ".server-log",
      group: "default",
      params: { message: "m", level: "info" },
    };
    await world.patch("rule-one", { actions: [action], enabled: true });
    expect((await world.pull()).objects).toEqual([]);
    const report = await pulled("--rule", "rule-one");
    expect(report.objects).toMatchObject([
      { kind: "connector", id: "night-shift", action: "create" },
      { kind: "exception-list", action: "unchanged" },
      { kind: "rule", action: "update", fields: ["actions"] },
    ]);
    const text = world.read("rules/one.rule.yml");
    expect(text).toContain("connector: night-shift");
    expect(text).not.toContain("uuid");
    expect(text).not.toContain("enabled");
  });
});

describe("exception lists", () => {
  const item = (item_id: string, value: string): Json => ({
    item_id,
    list_id: "trusted-hosts",
    type: "simple",
    name: `Item ${item_id}`,
    description: "Added by an analyst.",
    entries: [{ type: "match", field: "host.name", operator: "included", value }],
    namespace_type: "single",
  });

  it("an item that was added in Kibana comes at the end, comments of the file stay", async () => {
    await deployed();
    await world.send("POST", "/api/exception_lists/items", {
      ...item("new", "jump-2"),
      comments: [{ comment: "seen" }],
    });
    const report = await pulled();
    expect(report.objects).toMatchObject([
      {
        kind: "exception-list",
        id: "trusted-hosts",
        file: "rules/trusted.exceptions.yml",
        fields: ["items"],
      },
    ]);
    const text = world.read("rules/trusted.exceptions.yml");
    expect(text.startsWith(LIST.trimEnd())).toBe(true);
    expect(text).toContain("item_id: new");
    expect(text).toContain("comments: [seen]");
    expect(text).not.toContain("created_by");
  });

  it("an item that was changed in Kibana is changed where it stands", async () => {
    await deployed();
    const live = await world.send("GET", "/api/exception_lists/items?item_id=admin-host");
    const { name, type, entries, meta } = live;
    await world.send("PUT", "/api/exception_lists/items", {
      item_id: "admin-host",
      name,
      description: "Another host.",
      type,
      entries,
      meta,
    });
    await pulled();
    expect(world.read("rules/trusted.exceptions.yml")).toBe(LIST.replace("The jump host.", "Another host."));
  });

  it("an item that the space does not have stays, with a warning; --force takes it out", async () => {
    await deployed();
    await world.send("DELETE", "/api/exception_lists/items?item_id=admin-host");
    const report = await world.pull();
    expect(report).toMatchObject({ exit: 0, summary: { update: 0 } });
    expect(report.diagnostics).toMatchObject([{ code: "pull/item-not-there", severity: "warning" }]);
    expect(world.read("rules/trusted.exceptions.yml")).toBe(LIST);
    await world.pull("--force");
    expect(world.read("rules/trusted.exceptions.yml")).not.toContain("admin-host");
    expect(await world.differences()).toEqual({});
  });

  it("an item of the file that is ahead is kept", async () => {
    await deployed();
    world.write("rules/trusted.exceptions.yml", LIST.replace("The jump host.", "Newer words."));
    const report = await world.pull("--rule", "rule-one");
    expect(report).toMatchObject({ exit: 0, summary: { kept: 1, update: 0 } });
    expect(world.read("rules/trusted.exceptions.yml")).toContain("Newer words.");
  });

  it("a rule's own list gets a file beside the rule's, and the rule names it", async () => {
    await deployed();
    const { id } = await world.rule("rule-two");
    await world.send("POST", `/api/detection_engine/rules/${String(id)}/exceptions`, {
      items: [
        {
          type: "simple",
          name: "Only here",
          description: "d",
          entries: [{ type: "exists", field: "user.name", operator: "included" }],
        },
      ],
    });
    const report = await pulled();
    expect(report.objects).toMatchObject([
      { kind: "exception-list", file: "rules/two.exceptions.yml", action: "create" },
      { kind: "rule", id: "rule-two", action: "update", fields: ["exceptions_list"] },
    ]);
    const list = world.read("rules/two.exceptions.yml");
    expect(list).toContain("type: rule_default");
    expect(list).toContain("name: Only here");
    const listId = /list_id: (\S+)/.exec(list)![1]!;
    expect(world.read("rules/two.rule.yml")).toContain(`exceptions: [${listId}]`);
    expect((await world.run("validate")).exit).toBe(0);
  });

  it("a reference to a list that was deleted is left out", async () => {
    await deployed();
    const gone = { id: "gone", list_id: "gone", type: "detection", namespace_type: "single" };
    await world.patch("rule-two", { exceptions_list: [gone], name: "Renamed" });
    const report = await pulled();
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["pull/missing-list"]);
    expect(world.read("rules/two.rule.yml")).not.toContain("gone");
  });
});

describe("rules without a file", () => {
  it("a rule made in the form, with an action and a list of its own", async () => {
    await deployed();
    const [connector] = await world.send<Json[]>("GET", "/api/actions/connectors");
    const made = await world.send("POST", "/api/detection_engine/rules", {
      name: "Made in Kibana: ../../etc",
      description: "What it does.\nAnd why.",
      type: "query",
      language: "kuery",
      query: 'process.name: "evil.exe"',
      index: ["logs-*"],
      severity: "medium",
      risk_score: 47,
      interval: "5m",
      from: "now-360s",
      enabled: true,
      tags: ["OS: Windows"],
      meta: { from: "1m", kibana_siem_app_url: "https://kibana.example.com" },
      actions: [
        { id: connector!["id"], action_type_id: ".slack", group: "default", params: { message: "m" } },
      ],
    });
    await world.send("POST", `/api/detection_engine/rules/${String(made["id"])}/exceptions`, {
      items: [
        {
          type: "simple",
          name: "Only here",
          description: "d",
          entries: [{ type: "exists", field: "user.name", operator: "included" }],
        },
      ],
    });
    expect((await world.pull()).objects).toEqual([]);
    const report = await world.pull("--all");
    expect(report).toMatchObject({ exit: 0, summary: { create: 2, update: 0, unchanged: 4 } });
    const file = "rules/windows/made-in-kibana-etc.rule.yml";
    const text = world.read(file);
    expect(text).toContain("enabled: true");
    expect(text).toContain("connector: soc-slack");
    expect(text).not.toMatch(/meta|kdac:|kibana_siem|uuid|revision/);
    expect(world.exists("rules/windows/made-in-kibana-etc.exceptions.yml")).toBe(true);
    expect((await world.run("validate")).exit).toBe(0);
    expect(await world.differences("--adopt")).toEqual({});
    await world.apply("--adopt");
    expect(await world.differences()).toEqual({});
    const files = world.files();
    await world.pull("--all");
    expect(world.files()).toEqual(files);
  });

  it("a rule that was duplicated in Kibana gets a file of its own, without the mark that it copied", async () => {
    await deployed();
    const { id } = await world.rule("rule-two");
    await world.send("POST", "/api/detection_engine/rules/_bulk_action", {
      action: "duplicate",
      ids: [id],
      duplicate: { include_exceptions: false, include_expired_exceptions: false },
    });
    const report = await world.pull("--all");
    expect(report.summary).toMatchObject({ create: 1, update: 0 });
    const created = report.objects.find(({ action }) => action === "create")!;
    expect(world.read(created.file)).not.toContain("kdac:");
    expect(await world.differences("--adopt")).toEqual({});
  });

  it("is found by its name, by its rule_id, and by the id in the address of its page", async () => {
    await deployed();
    const base = { description: "d", type: "query", query: "*:*", severity: "low", risk_score: 1 };
    for (const name of ["Alpha", "Beta", "Gamma", "Gamma Ray"])
      await world.send("POST", "/api/detection_engine/rules", {
        ...base,
        name,
        rule_id: name.toLowerCase().replace(" ", "-"),
      });
    const { id } = await world.rule("beta");
    const report = await world.pull("--rule", "alpha", String(id), "gamma", "No such rule");
    expect(report.exit).toBe(1);
    expect(report.objects.map(({ id: rule }) => rule).sort()).toEqual(["alpha", "beta", "gamma"]);
    expect(report.diagnostics).toMatchObject([{ code: "pull/no-such-rule" }]);
    expect(report.diagnostics[0]!.message).toContain("No such rule");
  });

  it("connectors get a file without their secrets, by their name", async () => {
    world = await World.start({ "kdac.config.yml": CONFIG });
    const connector = await world.send("POST", "/api/actions/connector", {
      name: "Mail & more",
      connector_type_id: ".slack",
      secrets: { webhookUrl: "https://hooks.example.com/very-secret" },
    });
    await world.send("POST", "/api/detection_engine/rules", {
      rule_id: "r", name: "R", description: "d", type: "query", query: "*:*", severity: "low", risk_score: 1,
      actions: [{ id: connector["id"], action_type_id: ".slack", group: "default", params: { message: "m" } }],
    }); // prettier-ignore
    const report = await world.pull("--all");
    expect(report.summary).toMatchObject({ create: 2 });
    const text = world.read("rules/_shared/connectors/mail-more.connector.yml");
    expect(text).toContain('name: "Mail & more"'.replaceAll('"', ""));
    expect(text).toContain("webhookUrl: ${MAIL_MORE_WEBHOOK_URL}");
    expect(text).not.toContain("id:".padStart(4));
    expect([...world.files().values()].join("")).not.toContain("very-secret");
    expect(await world.differences("--adopt")).toEqual({});
  });

  it("connectors that share a name, and those of Kibana's own settings, are referred to by id", async () => {
    world = await World.start(
      { "kdac.config.yml": CONFIG },
      { preconfigured: [{ id: "fixed", name: "Fixed", connector_type_id: ".server-log" }] },
    );
    const twin = { name: "Twin", connector_type_id: ".server-log" };
    const [one, two] = [
      await world.send("POST", "/api/actions/connector", twin),
      await world.send("POST", "/api/actions/connector", twin),
    ];
    const actions = [one["id"], two["id"], "fixed"].map((id) => ({
      id, action_type_id: ".server-log", group: "default", params: { message: "m", level: "info" },
    })); // prettier-ignore
    await world.send("POST", "/api/detection_engine/rules", {
      rule_id: "r", name: "R", description: "d", type: "query", query: "*:*", severity: "low", risk_score: 1, actions,
    }); // prettier-ignore
    const report = await world.pull("--all");
    expect(report.summary).toMatchObject({ create: 1 });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["pull/connector-clash"]);
    const text = world.read("rules/other/r.rule.yml");
    for (const { id } of actions) expect(text).toContain(`id: ${String(id)}`);
    expect(await world.differences("--adopt")).toEqual({});
  });
});

describe("prebuilt rules", () => {
  const assets = [1, 2].map((i) => ({
    rule_id: `prebuilt-${i}`, name: `Prebuilt ${i}`, description: "d", type: "query", query: "*:*", language: "kuery",
    severity: "low", risk_score: 21, version: 3, author: ["Elastic"], license: "Elastic License v2",
  })); // prettier-ignore

  it.each(["9.5.1", "8.17.0"])(
    "come along when they are asked for, and say what was customised (%s)",
    async (version) => {
      await deployed({}, { prebuilt: assets, version });
      await world.send("PUT", "/api/detection_engine/rules/prepackaged");
      if (version === "9.5.1") await world.patch("prebuilt-2", { name: "Customised" });
      expect((await world.pull("--all")).summary).toMatchObject({ create: 0, unchanged: 4 });
      const report = await world.pull("--source", "prebuilt");
      expect(report.summary).toMatchObject({ create: 2, unchanged: 1 });
      const byId = new Map(report.objects.map((object) => [object.id, object]));
      expect(byId.get("prebuilt-1")!.prebuilt).toEqual({ customized: false, fields: [] });
      if (version === "9.5.1")
        expect(byId.get("prebuilt-2")!.prebuilt).toEqual({ customized: true, fields: ["name"] });
      expect((await world.pull("--source", "all")).summary).toMatchObject({ create: 0, update: 0 });
    },
  );

  it.each(["9.5.1", "8.17.0", "8.12.0"])(
    "that have a file are gone only where they are (%s)",
    async (version) => {
      await deployed({}, { prebuilt: assets, version });
      await world.send("PUT", "/api/detection_engine/rules/prepackaged");
      await world.pull("--source", "prebuilt");
      world.requests.length = 0;
      expect((await world.pull("--all")).diagnostics).toEqual([]);
      // Before 8.18 no export has them.
      const searches = world.requests.filter((one) => one.endsWith("/rules/_find"));
      expect(searches).toHaveLength(version === "9.5.1" ? 0 : 1);
      expect((await world.pull("--source", "all")).diagnostics).toEqual([]);
      await world.send("DELETE", "/api/detection_engine/rules?rule_id=prebuilt-1");
      for (const args of [[], ["--all"], ["--source", "all"]])
        expect((await world.pull(...args)).diagnostics).toEqual([
          expect.objectContaining({
            code: "pull/gone",
            message: expect.stringMatching(/^the rule "Prebuilt 1" is not in space "default"/) as string,
          }),
        ]);
    },
  );
});

describe("overlays", () => {
  const config = CONFIG.replace(
    "[default]",
    "[{ id: default, set: { severity: high, enabled: false, lookback: 2m, index: [logs-*] } }]",
  );

  it("what the configuration sets in the space is not pulled into a rule, and the report says so", async () => {
    await deployed({ "kdac.config.yml": config });
    await world.patch("rule-one", { severity: "critical", enabled: true, risk_score: 99, from: "now-30m" });
    const before = world.read("rules/one.rule.yml");
    const report = await world.pull();
    expect(report).toMatchObject({ exit: 0, summary: { update: 1 } });
    expect(report.objects[0]!.fields).toEqual(["risk_score"]);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(Array(3).fill("pull/overlay-field"));
    expect(difference(before, world.read("rules/one.rule.yml"))).toEqual([
      "-risk_score: 21",
      "+risk_score: 99",
    ]);
    expect((await world.differences())["rule-one"]!.toSorted()).toEqual(["enabled", "from", "severity"]);
  });

  it("a new rule's file goes without it, but for what a rule has to have", async () => {
    await deployed({ "kdac.config.yml": config });
    await world.send("POST", "/api/detection_engine/rules", {
      rule_id: "r", name: "R", description: "d", type: "query", query: "*:*", severity: "low", risk_score: 1,
      index: ["winlogbeat-*"], enabled: true,
    }); // prettier-ignore
    const report = await world.pull("--rule", "r");
    expect(report.diagnostics.map(({ code }) => code)).toEqual(Array(4).fill("pull/overlay-field"));
    const text = world.read("rules/windows/r.rule.yml");
    expect(text).toContain("severity: low");
    expect(text).not.toMatch(/enabled|index|from|lookback/);
    expect((await world.run("validate")).exit).toBe(0);
  });
});

describe("what is asked of Kibana", () => {
  const SPACE = ["GET /api/status", "GET /api/spaces/space"];
  const EXPORT = "POST /api/detection_engine/rules/_export";

  it("is one export, whichever rules are pulled", async () => {
    await deployed();
    for (const args of [[], ["--all"], ["--rule", "rule-one"]]) {
      world.requests.length = 0;
      await world.pull(...args);
      // Value lists are in no export.
      const values = args[0] === "--all" ? ["GET /api/lists/_find"] : [];
      expect(world.requests).toEqual([...SPACE, EXPORT, ...values]);
    }
  });

  it("is a search, and what an export would have brought, where a rule is known by its name in Kibana", async () => {
    await deployed();
    await world.patch("rule-one", { name: "New name" });
    world.requests.length = 0;
    await world.pull("--rule", "New name");
    expect(world.requests).toEqual([
      ...SPACE,
      "GET /api/detection_engine/rules/_find",
      "GET /api/exception_lists/_find",
      "GET /api/actions/connectors",
      "GET /api/exception_lists/items/_find",
    ]);
    expect(world.read("rules/one.rule.yml")).toContain("name: New name # shown in Kibana");
  });

  it("says in its own words what is wrong", async () => {
    await deployed();
    const { exit, out } = await world.run("pull", "--env", "test", "--space", "nowhere");
    expect(exit).toBe(2);
    expect(out).toBe("");
    world.write("kdac.config.yml", CONFIG.replace("[default]", "[default, soc]"));
    expect(await world.run("pull", "--env", "test")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("there are default, soc") as string,
    });
    const missing = await world.run("pull", "--env", "test", "--space", "soc");
    expect(missing.exit).toBe(1);
    expect(missing.out).toContain("deploy/missing-space");
    expect((await world.run("pull", "--env", "test", "--space", "default", "--out", "elsewhere")).exit).toBe(
      2,
    );
    expect(
      (await world.run("pull", "--env", "test", "--space", "default", "--rule", "x", "--all")).exit,
    ).toBe(2);
    world.write("rules/two.rule.yml", "rule_id: rule-two\nname: [broken\n");
    expect((await world.run("pull", "--env", "test", "--space", "default")).exit).toBe(1);
  });
});

describe("the report", () => {
  it("has the shape of its schema", async () => {
    await deployed({}, {});
    await world.patch("rule-two", { name: "Renamed" });
    await world.send("DELETE", "/api/exception_lists/items?item_id=admin-host");
    const { out } = await world.run("pull", "--env", "test", "--all", "--format", "json");
    const schema = new URL("../../schemas/output/pull.schema.json", import.meta.url);
    const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
    const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")) as object);
    validate(JSON.parse(out));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("for people names each file and what was taken", async () => {
    await deployed();
    await world.patch("rule-two", { name: "Renamed\u001b[31m", severity: "high" });
    const { out } = await world.run("pull", "--env", "test");
    expect(out).toBe(
      "~ rule           Renamed\\u{1b}[31m  rules/two.rule.yml  name, severity\n\n1 updated. Pulled from space default of test.\n",
    );
    expect((await world.run("pull", "--env", "test")).out).toBe(
      "Nothing to pull. Pulled from space default of test.\n",
    );
  });
});
