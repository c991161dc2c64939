import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { create } from "../../src/cli/commands/new.js";
import { CONNECTOR_STARTS, VALUE_LIST_STARTS } from "../../src/scaffold/index.js";
import { CONNECTOR_TYPES, connectorProblem } from "../../src/emulator/connectors/types.js";
import { RULE_TYPES } from "../../src/kibana/rule.js";
import { VALUE_LIST_TYPES } from "../../src/kibana/value-lists.js";
import { SCHEMAS } from "../schema/schemas.js";
import { kdac } from "../support/cli.js";
import { temporaryFolder } from "./support.js";

const base = temporaryFolder();

/** A project made by `init`, without the rule that comes with it. */
async function project(): Promise<string> {
  const cwd = mkdtempSync(join(base, "in-"));
  expect((await kdac(["init"], { cwd })).exit).toBe(0);
  return cwd;
}

/** Somebody at a terminal who gives these answers, and what they were asked. */
function answers(...texts: string[]): {
  ask: (question: string) => Promise<string | undefined>;
  asked: string[];
} {
  const asked: string[] = [];
  return { asked, ask: (question) => Promise.resolve(texts[asked.push(question) - 1]) };
}

const UUID = "5b2de169-2785-441b-ae8c-186a1936b17d";

/** A process that nobody listens to. */
const silent = (cwd: string): Parameters<typeof create>[0] =>
  ({ out: () => undefined, err: () => undefined, cwd, env: {} }) as unknown as Parameters<typeof create>[0];

interface Finding {
  readonly code: string;
  readonly severity: string;
}
const findings = async (cwd: string): Promise<readonly Finding[]> => {
  const { out } = await kdac(["validate", "--format", "json"], { cwd });
  return (JSON.parse(out) as { diagnostics: Finding[] }).diagnostics;
};

describe("a new rule", () => {
  it.each(RULE_TYPES.map((type) => [type]))(
    "of type %s has no findings but what is to be written, and is formatted",
    async (type) => {
      const cwd = await project();
      const made = await kdac(["new", "rule", "--type", type, "--name", "Odd: a 'rule' # with 50%"], { cwd });
      expect(made).toEqual({ exit: 0, out: "Created rules/odd-a-rule-with-50.rule.yml\n", err: "" });
      const text = readFileSync(join(cwd, "rules/odd-a-rule-with-50.rule.yml"), "utf8");
      expect(load(text)).toMatchObject({ name: "Odd: a 'rule' # with 50%", type });
      expect(new Set((await findings(cwd)).map(({ code }) => code))).toEqual(
        new Set(["rule/placeholder-text"]),
      );
      expect((await kdac(["fmt", "--check"], { cwd })).exit).toBe(0);
      expect((await kdac(["build"], { cwd })).exit).toBe(0);
    },
  );

  it.each([["9.4"], ["9.0"], ["8.19"]])("of any type validates for stack %s too", async (stack) => {
    const cwd = await project();
    for (const type of RULE_TYPES) await kdac(["new", "rule", "--type", type, "--name", type], { cwd });
    const { exit, out } = await kdac(["validate", "--stack", stack], { cwd });
    expect(exit, out).toBe(0);
  });

  it("has a random id each time", async () => {
    const cwd = await project();
    const ids = new Set<string>();
    for (const name of ["a", "b"]) {
      const { out } = await kdac(["new", "rule", "--type", "eql", "--name", name, "--format", "json"], {
        cwd,
      });
      const printed = JSON.parse(out) as { id: string; file: string };
      expect(printed.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(load(readFileSync(join(cwd, printed.file), "utf8"))).toMatchObject({ rule_id: printed.id });
      ids.add(printed.id);
    }
    expect(ids.size).toBe(2);
  });

  it("takes the id that it is given", async () => {
    const cwd = await project();
    await create(silent(cwd), "rule", { type: "eql", name: "a", format: "pretty" }, () => UUID);
    expect(readFileSync(join(cwd, "rules/a.rule.yml"), "utf8")).toContain(`\nrule_id: ${UUID}\n`);
  });

  it("asks at a terminal, by number or by name, and once more after an answer that is none", async () => {
    const cwd = await project();
    const byName = answers("eql", "By name");
    expect((await kdac(["new", "rule"], { cwd, ...byName })).exit).toBe(0);
    expect(byName.asked[0]).toContain("threat_match");
    const byNumber = answers("nothing", "0", " 2 ", "  By   number ");
    expect((await kdac(["new", "rule"], { cwd, ...byNumber })).exit).toBe(0);
    expect(byNumber.asked[1]).toContain("nothing");
    const byDefault = answers("", "By default");
    expect((await kdac(["new", "rule"], { cwd, ...byDefault })).exit).toBe(0);
    const types = ["by-name", "by-number", "by-default"].map(
      (stem) => (load(readFileSync(join(cwd, `rules/${stem}.rule.yml`), "utf8")) as { type: string }).type,
    );
    expect(types).toEqual(["eql", RULE_TYPES[1], RULE_TYPES[0]]);
  });

  it.each([
    [["rule"], "--type"],
    [["rule", "--type", "eql"], "--name"],
    [["rule", "--type", "eqll", "--name", "a"], 'did you mean "eql"?'],
    [["rule", "--type", "eql", "--name", "  "], "empty"],
    [["exceptions"], "--name"],
    [["connector", "--name", "a"], "--type"],
    [["connector", "--name", "a", "--type", "slack"], 'did you mean ".slack"?'],
    [["values", "--name", "a"], "--type"],
    [["values", "--name", "a", "--type", "ipp"], 'did you mean "ip"?'],
    [["alert"], "rule, exceptions, connector, values"],
    [[], "kind"],
  ])("is wrong use without a terminal: new %j", async (args, hint) => {
    const cwd = await project();
    const { exit, err, out } = await kdac(["new", ...args], { cwd });
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toContain(hint);
  });

  it("gives up on somebody who never answers", async () => {
    const cwd = await project();
    const never = answers("x", "x", "x", "x");
    expect((await kdac(["new", "rule"], { cwd, ...never })).exit).toBe(2);
    expect(never.asked.length).toBe(3);
  });

  it("overwrites nothing", async () => {
    const cwd = await project();
    writeFileSync(join(cwd, "rules/a.rule.yml"), "mine");
    const { exit, err } = await kdac(["new", "rule", "--type", "eql", "--name", "A"], { cwd });
    expect({ exit, err }).toEqual({
      exit: 2,
      err: "kdac: rules/a.rule.yml is there already; name another file with --out\n",
    });
    expect(readFileSync(join(cwd, "rules/a.rule.yml"), "utf8")).toBe("mine");
  });

  it.each([
    ["rules/linux", "rules/linux/a-b.rule.yml"],
    ["rules/linux/", "rules/linux/a-b.rule.yml"],
    ["rules/x.rule.yml", "rules/x.rule.yml"],
    ["rules/deep/er/x.rule.yaml", "rules/deep/er/x.rule.yaml"],
  ])("goes to --out %s", async (out, file) => {
    const cwd = await project();
    const ran = await kdac(["new", "rule", "--type", "eql", "--name", "A b", "--out", out], { cwd });
    expect(ran).toEqual({ exit: 0, out: `Created ${file}\n`, err: "" });
    expect((await kdac(["fmt", "--check"], { cwd })).exit).toBe(0);
  });

  it.each([["rules/x.yml"], ["rules/x.exceptions.yml"], ["rules/.rule.yml"], ["../x.rule.yml"], ["/tmp"]])(
    "does not go to --out %s",
    async (out) => {
      const cwd = await project();
      const ran = await kdac(["new", "rule", "--type", "eql", "--name", "a", "--out", out], { cwd });
      expect(ran.exit).toBe(2);
      expect(existsSync(join(cwd, out, "a.rule.yml"))).toBe(false);
    },
  );

  it("says so where kdac would not find it", async () => {
    const cwd = await project();
    const ran = await kdac(["new", "rule", "--type", "eql", "--name", "a", "--out", "hunts"], { cwd });
    expect(ran.err).toContain("hunts/a.rule.yml is in none of the project's folders (rules)");
  });

  it.each([
    ["../../etc/passwd", "etc-passwd"],
    ["CON", "con-5b2de169"],
    ["Zażółć gęślą", "zazolc-gesla"],
    ["検知 ルール", UUID],
    ["!!!", UUID],
    ["x".repeat(300), "x".repeat(80)],
  ])("called %s has a file name that every system takes", async (name, stem) => {
    const cwd = await project();
    await create(silent(cwd), "rule", { type: "eql", name, format: "pretty" }, () => UUID);
    expect(existsSync(join(cwd, `rules/${stem}.rule.yml`))).toBe(true);
    expect((await findings(cwd)).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("names its schema only where the project has one", async () => {
    const cwd = mkdtempSync(join(base, "bare-"));
    await kdac(["new", "rule", "--type", "eql", "--name", "a"], { cwd });
    expect(readFileSync(join(cwd, "rules/a.rule.yml"), "utf8")).toMatch(/^rule_id: /);
  });
});

describe("a new exception list", () => {
  it("validates, is formatted, and can be named by a rule", async () => {
    const cwd = await project();
    const ran = await kdac(["new", "exceptions", "--name", "Trusted admin hosts"], { cwd });
    const file = "rules/_shared/exceptions/trusted-admin-hosts.exceptions.yml";
    expect(ran).toEqual({ exit: 0, out: `Created ${file}\n`, err: "" });
    const text = readFileSync(join(cwd, file), "utf8");
    expect(load(text)).toMatchObject({
      list_id: "trusted-admin-hosts",
      name: "Trusted admin hosts",
      items: [],
    });
    expect(await findings(cwd)).toEqual([]);
    expect((await kdac(["fmt", "--check"], { cwd })).exit).toBe(0);
    // The example in its comment is a list that works.
    const example = text
      .replace(/^items: \[\]\n/m, "")
      .replace(/^# {3}(?= *\S)/gm, "  ")
      .replace(/^#$/gm, "");
    writeFileSync(join(cwd, file), example.replace("# An item names", "items:\n# An item names"));
    expect(await findings(cwd)).toEqual([]);
    expect((load(readFileSync(join(cwd, file), "utf8")) as { items: object[] }).items).toHaveLength(1);
  });

  it("is not made twice", async () => {
    const cwd = await project();
    await kdac(["new", "exceptions", "--name", "a"], { cwd });
    const { exit, err } = await kdac(
      ["new", "exceptions", "--name", "A", "--out", "rules/b.exceptions.yml"],
      { cwd },
    );
    expect(exit).toBe(2);
    expect(err).toContain(
      'there is an exception list "a" already, in rules/_shared/exceptions/a.exceptions.yml',
    );
  });
});

describe("a new connector", () => {
  it.each(Object.keys(CONNECTOR_STARTS).map((type) => [type]))(
    "of type %s validates, and has what Kibana requires",
    async (type) => {
      const cwd = await project();
      const { out } = await kdac(
        ["new", "connector", "--type", type, "--name", "soc-1", "--format", "json"],
        { cwd },
      );
      const { file, id } = JSON.parse(out) as { file: string; id: string };
      expect(id).toBe("soc-1");
      const { config, secrets = {} } = load(readFileSync(join(cwd, file), "utf8")) as Record<
        string,
        Record<string, string>
      >;
      for (const secret of Object.values(secrets)) expect(secret).toMatch(/^\$\{SOC_1_[A-Z_]+\}$/);
      const known = CONNECTOR_TYPES.get(type);
      expect(known).toBeDefined();
      expect(connectorProblem(known!, config ?? {}, secrets)).toBeUndefined();
      expect(await findings(cwd)).toEqual([]);
      expect((await kdac(["fmt", "--check"], { cwd })).exit).toBe(0);
    },
  );

  it("may be of a type that kdac knows nothing of", async () => {
    const cwd = await project();
    const ran = await kdac(["new", "connector", "--type", ".d3security", "--name", "9 lives"], { cwd });
    expect(ran.out).toBe("Created rules/_shared/connectors/9-lives.connector.yml\n");
    expect(await findings(cwd)).toEqual([]);
  });
});

describe("a new value list", () => {
  it.each(VALUE_LIST_TYPES.map((type) => [type]))(
    "of type %s is formatted, and has nothing to mend but that nobody asks it yet",
    async (type) => {
      const cwd = await project();
      const ran = await kdac(["new", "values", "--type", type, "--name", "Office: networks"], { cwd });
      const file = "rules/_shared/values/office-networks.values.yml";
      expect(ran).toEqual({ exit: 0, out: `Created ${file}\n`, err: "" });
      const written = { id: "office-networks", name: "Office: networks", type, values: [] };
      expect(load(readFileSync(join(cwd, file), "utf8"))).toMatchObject(written);
      expect((await findings(cwd)).filter(({ code }) => code !== "value-list/unused")).toEqual([]);
      expect((await kdac(["fmt", "--check"], { cwd })).exit).toBe(0);
    },
  );

  it("is of every type that the API knows, those that Kibana's pages offer first", () => {
    expect(Object.keys(VALUE_LIST_STARTS).toSorted()).toEqual([...VALUE_LIST_TYPES].toSorted());
    expect(Object.keys(VALUE_LIST_STARTS).slice(0, 4)).toEqual(["keyword", "ip", "ip_range", "text"]);
  });

  it("asks at a terminal, and is not made twice", async () => {
    const cwd = await project();
    const first = answers("2", "Bad hosts");
    expect((await kdac(["new", "values"], { cwd, ...first })).exit).toBe(0);
    expect(first.asked[0]).toMatch(/Which type of value\?[^]*ranges of IP addresses/);
    const file = "rules/_shared/values/bad-hosts.values.yml";
    expect(load(readFileSync(join(cwd, file), "utf8"))).toMatchObject({ id: "bad-hosts", type: "ip" });
    const args = ["new", "values", "--type", "ip", "--name", "bad HOSTS", "--out", "rules"];
    const { exit, err } = await kdac(args, { cwd });
    expect({ exit, err }).toEqual({
      exit: 2,
      err: `kdac: there is a value list "bad-hosts" already, in ${file}\n`,
    });
  });
});

it("what is printed as JSON is as its schema says", async () => {
  const cwd = await project();
  const schema = new Ajv2020({ strict: true, strictRequired: false }).compile(
    SCHEMAS.get("output/new.schema.json")!,
  );
  for (const args of [
    ["rule", "--type", "eql"],
    ["exceptions"],
    ["connector", "--type", ".slack"],
    ["values", "--type", "ip"],
  ]) {
    const { out } = await kdac(["new", ...args, "--name", "a", "--format", "json"], { cwd });
    expect(schema(JSON.parse(out)), JSON.stringify(schema.errors)).toBe(true);
  }
});
