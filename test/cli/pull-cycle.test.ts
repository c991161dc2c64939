import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { describeConformance } from "../support/conformance.js";
import { type Json, World } from "./pull-world.js";

const CONFIG = `name: acme
stack: "9.2"
environments:
  test:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]
`;

const live = (rule_id: string, fields: Json = {}): Json => ({
  rule_id,
  name: `Rule ${rule_id}`,
  description: "Finds something.",
  type: "query",
  language: "kuery",
  query: "process.name: x",
  index: ["logs-*"],
  severity: "low",
  risk_score: 21,
  interval: "5m",
  from: "now-9m",
  enabled: false,
  ...fields,
});

const RULES = "/api/detection_engine/rules";

let world: World;
afterEach(() => world.stop());

/** `file:line code` of what a run found. */
const places = (text: string): string[] =>
  [...text.matchAll(/^(\S+?\.yml(?::\d+:\d+)?) {2}(error|warning) {2}(\S+)/gm)].map(
    ([, place, severity, code]) => `${place} ${severity} ${code}`,
  );

describe("rules that Kibana accepts and kdac finds wrong", () => {
  it("are pulled, reported at the lines of their new files, and pulled over when they were fixed in Kibana", async () => {
    world = await World.start({ "kdac.config.yml": CONFIG }, { version: "9.2.0" });
    await world.send("POST", RULES, live("good"));
    await world.send(
      "POST",
      RULES,
      live("eql", {
        type: "eql",
        language: "eql",
        query: "process where user.name:svc_backup",
        name: "Unquoted",
      }),
    );
    await world.send("POST", RULES, live("gap", { name: "Gap", from: "now-60s" }));
    await world.send("POST", RULES, live("twin-1", { name: "Twin" }));
    await world.send("POST", RULES, live("twin-2", { name: "Twin" }));

    const first = await world.run("pull", "--env", "test", "--all");
    expect(first.exit).toBe(1);
    expect(places(first.out)).toEqual(["rules/other/unquoted.rule.yml:11:27 error eql/pattern-not-constant"]);
    expect(first.out).toContain("5 new.");
    const found = await world.run("validate");
    expect(places(found.out)).toEqual([
      "rules/other/gap.rule.yml:8:7 warning rule/from-shorter-than-interval",
      "rules/other/twin.rule.yml:3:7 warning rule/duplicate-name",
      "rules/other/unquoted.rule.yml:11:27 error eql/pattern-not-constant",
    ]);

    // Until that is fixed, a plan says what to do, and a pull goes on working.
    const plan = await world.run("plan", "--env", "test");
    expect([plan.exit, places(plan.out)]).toEqual([1, places(found.out)]);
    expect(await world.pull("--all")).toMatchObject({
      exit: 0,
      summary: { create: 0, update: 0, unchanged: 5 },
    });

    await world.patch("eql", { query: 'process where user.name : "svc_backup"' });
    await world.patch("gap", { from: "now-9m" });
    const second = await world.pull("--all");
    expect(second).toMatchObject({ exit: 0, summary: { update: 2, unchanged: 3 }, diagnostics: [] });
    expect((await world.run("validate")).exit).toBe(0);
    await world.apply("--adopt");
    expect((await world.run("plan", "--env", "test")).out).toContain("No changes.");

    // And a rule of the project's that is spoilt in Kibana comes into its file, and out of it again.
    await world.patch("good", { query: "process.name: (x" });
    const spoilt = await world.pull();
    expect(spoilt.exit).toBe(1);
    expect(spoilt.objects.map(({ id, action }) => [id, action])).toEqual([["good", "update"]]);
    await world.patch("good", { query: "process.name: y" });
    expect(await world.pull()).toMatchObject({ exit: 0, summary: { update: 1 }, diagnostics: [] });
    expect(await world.differences()).toEqual({});
    // Back to what was applied is a change of Kibana's too.
    await world.patch("good", { query: "process.name: x" });
    expect(await world.pull()).toMatchObject({ exit: 0, summary: { update: 1 }, diagnostics: [] });
    expect((await world.run("plan", "--env", "test")).out).toContain("No changes.");
  });

  it("are not pulled over where somebody changed the file, or another space is meant", async () => {
    const config = CONFIG.replace("[default]", "[default, other]");
    world = await World.start({ "kdac.config.yml": config }, { version: "9.2.0", spaces: ["other"] });
    await world.send("POST", RULES, live("good"));
    await world.pull("--space", "default", "--all");
    await world.apply("--adopt");
    const file = "rules/other/rule-good.rule.yml";
    for (const space of ["", "/s/other"])
      await world.send("PATCH", `${space}${RULES}`, { rule_id: "good", severity: "medium" });
    expect((await world.pull("--space", "default")).summary).toMatchObject({ update: 1 });
    const pulled = world.read(file);

    await world.send("PATCH", `/s/other${RULES}`, { rule_id: "good", severity: "high" });
    const other = await world.pull("--space", "other");
    expect(other.diagnostics.map(({ code }) => code)).toEqual(["pull/both-changed"]);

    await world.patch("good", { severity: "critical" });
    world.write(file, pulled.replace("risk_score: 21", "risk_score: 22"));
    const edited = await world.pull("--space", "default");
    expect(edited.diagnostics.map(({ code }) => code)).toEqual(["pull/both-changed"]);
    world.write(file, pulled);
    expect((await world.pull("--space", "default")).summary).toMatchObject({ update: 1 });
    expect(world.read(file)).toBe(pulled.replace("severity: medium", "severity: critical"));

    // What was pulled into a file that was ahead in other fields is not all Kibana's.
    await world.apply("--overwrite-drift");
    world.write(file, world.read(file).replace("risk_score: 21", "risk_score: 23"));
    world.write(".kdac/pulled.json", "{}");
    await world.patch("good", { severity: "low" });
    expect((await world.pull("--space", "default")).exit).toBe(1);
    expect((await world.pull("--space", "default", "--force")).exit).toBe(0);
    expect(JSON.parse(world.read(".kdac/pulled.json"))).toEqual({
      version: 1,
      files: { [file]: { from: "test/default", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    });
  });
});

describe("prebuilt rules that were pulled", () => {
  const asset = (version: number, more: Json = {}): Json => ({
    rule_id: "elastic-1", name: "Elastic's", description: "d", type: "query", query: "*:*", language: "kuery",
    severity: "low", risk_score: 21, version, author: ["Elastic"], license: "Elastic License v2", index: ["logs-*"], ...more,
  }); // prettier-ignore

  it("are no conflict while file and Kibana agree; then a plan says what to do", async () => {
    const prebuilt = [asset(3), { ...asset(3), rule_id: "elastic-2", name: "Other" }];
    world = await World.start(
      { "kdac.config.yml": CONFIG.replace("9.2", "9.5") },
      { prebuilt, version: "9.5.1" },
    );
    await world.send("PUT", `${RULES}/prepackaged`);
    await world.patch("elastic-2", { name: "Customised", tags: ["ours"] });
    expect(await world.pull("--source", "all")).toMatchObject({ exit: 0, summary: { create: 2 } });
    expect((await world.run("validate")).exit).toBe(0);
    const plan = await world.run("plan", "--env", "test", "--format", "json");
    expect(plan.exit).toBe(0);
    const { summary, spaces } = JSON.parse(plan.out) as { summary: Json; spaces: { changes: Json[] }[] };
    expect(summary).toMatchObject({ unchanged: 2, conflict: 0 });
    expect(spaces[0]!.changes.map(({ id, state, notes }) => [id, state, notes])).toEqual(
      ["elastic-2", "elastic-1"].map((id) => [
        id,
        "in-sync",
        ["it is a prebuilt rule of Elastic's, and its file says what it is: Kibana keeps it up to date"],
      ]),
    );
    world.requests.length = 0;
    await world.apply("--prune");
    expect(world.requests.filter((request) => /^(?:PUT|PATCH|DELETE)|rules$/.test(request))).toEqual([]);
    expect((await world.run("drift", "--env", "test")).exit).toBe(0);

    await world.patch("elastic-1", { severity: "high" });
    const conflict = await world.run("plan", "--env", "test");
    expect(conflict.exit).toBe(1);
    expect(conflict.out).toContain(
      'rule "elastic-1" is installed as a prebuilt rule, which Kibana updates itself, and its file says something else',
    );
    expect(conflict.out).toContain(
      "take what Kibana has into the file with kdac pull --rule elastic-1, or give yours a rule_id of its own",
    );
    expect(await world.pull("--rule", "elastic-1")).toMatchObject({ exit: 0, summary: { update: 1 } });
    expect((await world.run("plan", "--env", "test")).exit).toBe(0);
  });
});

describe("what was deleted in Kibana", () => {
  const LIST = `list_id: trusted
name: Trusted
description: Hosts.
items: []
`;
  const VALUES = "id: nets\nname: Networks\ntype: ip\nvalues: [10.0.0.1]\n";
  const file = (id: string): string =>
    `rule_id: ${id}\nname: Rule ${id}\ndescription: d\ntype: query\nquery: 'a: b'\nseverity: low\nrisk_score: 21\nexceptions: [trusted]\n`;
  const files = {
    "kdac.config.yml": CONFIG,
    "rules/a.rule.yml": file("r-a"),
    "rules/b.rule.yml": file("r-b"),
    "rules/trusted.exceptions.yml": LIST,
    "rules/nets.values.yml": VALUES,
  };

  it("is named, with what can be done, and its file stays", async () => {
    world = await World.start(files, { version: "9.2.0" });
    // Nothing is there, since nothing was ever applied.
    expect((await world.pull()).diagnostics).toEqual([]);
    await world.apply();
    expect((await world.pull()).diagnostics).toEqual([]);
    await world.send("DELETE", `${RULES}?rule_id=r-a`);
    await world.send("DELETE", "/api/lists?id=nets");
    const gone = await world.run("pull", "--env", "test");
    expect(gone.exit).toBe(0);
    expect(places(gone.out)).toEqual([
      "rules/a.rule.yml warning pull/gone",
      "rules/nets.values.yml warning pull/gone",
    ]);
    expect(gone.out).toContain(
      'the rule "Rule r-a" is not in space "default": it was deleted in Kibana, or was never applied\n' +
        "  help: delete the file to give it up, or run kdac apply to create it again",
    );
    for (const source of [["--all"], ["--source", "all"]])
      expect((await world.pull(...source)).diagnostics.map(({ code }) => code)).toEqual([
        "pull/gone",
        "pull/gone",
      ]);
    expect((await world.pull("--source", "prebuilt")).diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('value list "Networks"'),
    ]);
    expect((await world.pull("--rule", "r-b")).diagnostics).toEqual([]);
    await world.send("DELETE", "/api/exception_lists?list_id=trusted&namespace_type=single");
    expect((await world.pull()).diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^the exception list "Trusted" is not in space/),
    );
    expect([...world.files("rules").keys()]).toHaveLength(4);
  });
});

describe("files that are invalid", () => {
  const BAD =
    "rule_id: r-bad\nname: Bad\ndescription: d\ntype: query\nquery: 'a: b'\nseverity: lower\nrisk_score: 21\n";

  it("stay as they are, and the others are pulled", async () => {
    const list = "list_id: own\nname: Own\ndescription: d\nitems: []\nx: 1\n";
    world = await World.start({
      "kdac.config.yml": CONFIG,
      "rules/bad.rule.yml": BAD,
      "rules/o.exceptions.yml": list,
    });
    await world.send("POST", "/api/exception_lists", {
      list_id: "own",
      name: "Own",
      description: "d",
      type: "detection",
    });
    const { id } = await world.send<{ id: string }>("GET", "/api/exception_lists?list_id=own");
    const exceptions_list = [{ id, list_id: "own", type: "detection", namespace_type: "single" }];
    await world.send("POST", RULES, live("r-bad"));
    await world.send("POST", RULES, live("r-new", { exceptions_list }));
    await world.send("POST", RULES, live("r-other", { exceptions_list }));
    const before = world.files("rules");
    const report = await world.pull("--all");
    expect(report.exit).toBe(1);
    expect(report.objects.map(({ kind, id: of, action, file }) => [kind, of, action, file])).toEqual([
      ["rule", "r-bad", "refused", "rules/bad.rule.yml"],
      ["exception-list", "own", "refused", "rules/o.exceptions.yml"],
      ["rule", "r-new", "create", "rules/other/rule-r-new.rule.yml"],
      ["rule", "r-other", "create", "rules/other/rule-r-other.rule.yml"],
    ]);
    expect(
      report.diagnostics.filter(({ code }) => code === "pull/invalid-file").map(({ message }) => message),
    ).toEqual([
      'the rule "Rule r-bad" was not pulled: rules/bad.rule.yml is invalid, and is its file or may be',
      'the exception list "Own" was not pulled: rules/o.exceptions.yml is invalid, and is its file or may be',
    ]);
    for (const [path, text] of before) expect(world.read(path)).toBe(text);
  });

  it("of which nothing tells what they declare keep all that has no file from getting one", async () => {
    world = await World.start({
      "kdac.config.yml": CONFIG,
      "rules/bad.rule.yml": "a: [\n",
      "rules/n.values.yml": "",
    });
    await world.send("POST", RULES, live("r-new"));
    await world.send("POST", "/api/lists/index");
    await world.send("POST", "/api/lists", { id: "nets", name: "Networks", description: "d", type: "ip" });
    const report = await world.pull("--all");
    expect(report.exit).toBe(1);
    expect(report.objects.map(({ id, action, file }) => [id, action, file])).toEqual([
      ["r-new", "refused", "rules/bad.rule.yml"],
      ["nets", "refused", "rules/n.values.yml"],
    ]);
    expect([...world.files("rules").keys()]).toEqual(["rules/bad.rule.yml", "rules/n.values.yml"]);
  });

  it("do not stop a pull of one rule that is named", async () => {
    world = await World.start({
      "kdac.config.yml": CONFIG,
      "rules/bad.rule.yml": BAD,
      "rules/nameless.rule.yml": "rule_id: r-x\ntype: query\n",
      "rules/nothing.rule.yml": "type: query\n",
      "rules/list.exceptions.yml": "name: x\n",
      "rules/soc.connector.yml": "name: soc\n",
    });
    for (const id of ["r-bad", "r-x", "r-new"]) await world.send("POST", RULES, live(id));
    const named = await world.pull("--rule", "r-x", "--rule", "Bad");
    expect(named.objects.map(({ id, action, file }) => [id, action, file])).toEqual([
      ["r-x", "refused", "rules/nameless.rule.yml"],
      ["r-bad", "refused", "rules/bad.rule.yml"],
    ]);
    // Whose file the one without an id is, nothing tells.
    expect((await world.pull("--rule", "r-new")).objects.map(({ file }) => file)).toEqual([
      "rules/nothing.rule.yml",
    ]);
    world.remove("rules/nothing.rule.yml");
    expect(await world.pull("--rule", "r-new")).toMatchObject({ exit: 0, summary: { create: 1 } });
    for (const source of ["custom", "prebuilt", "all"])
      expect((await world.pull("--source", source)).diagnostics.map(({ code }) => code)).not.toContain(
        "pull/no-such-rule",
      );
  });

  it("stop a pull where the configuration is one of them", async () => {
    world = await World.start({ "kdac.config.yml": `${CONFIG}nonsense: 1\n` });
    const ran = await world.run("pull", "--env", "test");
    expect([ran.exit, places(ran.out), world.requests]).toEqual([
      1,
      ["kdac.config.yml warning project/no-rules", "kdac.config.yml:8:11 error schema/unknown-key"],
      [],
    ]);
  });
});

describeConformance("a cycle with exports of other people's Kibana", "ndjson", (folder) => {
  it.each([
    ["colin-stubbs_recorded-future_rules_export.ndjson", 1],
    ["everwatch_rules_export.ndjson", 3],
    ["kibana_7_16_rules.ndjson", 1],
    ["kibana_8_18_prebuilt_rules.ndjson", 1],
    ["snowline2015_k8s_rules_export.ndjson", 11],
  ])("%s: pull, validate, plan, a change in Kibana, pull, plan", async (name, count) => {
    world = await World.start({ "kdac.config.yml": CONFIG.replace("9.2", "9.5") });
    const form = new FormData();
    form.append("file", new Blob([readFileSync(join(folder, name), "utf8")]), name);
    const answer = await fetch(`${world.env["KIBANA_URL"]}${RULES}/_import`, {
      method: "POST",
      headers: { authorization: `ApiKey ${world.env["KIBANA_API_KEY"]}`, "kbn-xsrf": "1" },
      body: form,
    });
    expect(await answer.json()).toMatchObject({ success: true, success_count: count });

    const report = await world.pull("--source", "all");
    expect(report.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(report.objects.filter(({ kind }) => kind === "rule")).toHaveLength(count);
    expect((await world.run("validate")).exit).toBe(0);
    expect(await world.differences()).toEqual({});
    await world.apply("--adopt");
    expect((await world.run("plan", "--env", "test")).out).toContain("No changes.");

    const { data } = await world.send<{ data: Json[] }>("GET", `${RULES}/_find?per_page=100`);
    for (const { rule_id } of data)
      await world.patch(String(rule_id), { severity: "critical", tags: ["changed"] });
    expect(await world.pull()).toMatchObject({ exit: 0, summary: { update: count, refused: 0 } });
    expect(await world.differences()).toEqual({});
    expect((await world.pull()).summary).toMatchObject({ update: 0, create: 0 });
  });
});
