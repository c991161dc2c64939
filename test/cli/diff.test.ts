import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Effect, Review } from "../../src/review/types.js";
import { GitWorld } from "../support/git-world.js";
import { SCHEMAS } from "../schema/schemas.js";

type Json = Readonly<Record<string, unknown>>;

const rule = (id: string, more: Json = {}): Json => ({
  rule_id: id,
  name: `Rule ${id}`,
  description: "What it finds.",
  type: "query",
  severity: "high",
  risk_score: 73,
  interval: "5m",
  from: "now-9m",
  index: ["logs-*"],
  query: `process.name: "${id}.exe"`,
  ...more,
});

const CONFIG = {
  name: "detections",
  stack: "9.5",
  environments: {
    production: {
      url: "https://kibana.example.com",
      api_key: "${KEY}",
      spaces: ["default", { id: "emea", rules: ["rules/a/**"], set: { enabled: false } }],
    },
  },
};
const list = (items: readonly Json[]): Json => ({
  list_id: "noise",
  name: "Noise",
  description: "Known noise.",
  type: "detection",
  items,
});
const item = (id: string, value: string): Json => ({
  item_id: id,
  name: `Item ${id}`,
  description: "Why.",
  entries: [{ field: "process.name", type: "match", operator: "included", value }],
});

let world: GitWorld;
beforeEach(() => {
  world = new GitWorld();
  world.commit({
    "kdac.config.yml": CONFIG,
    "rules/a/one.rule.yml": rule("one", { exceptions: ["noise"] }),
    "rules/a/two.rule.yml": rule("two"),
    "rules/b/three.rule.yml": rule("three"),
    "rules/noise.exceptions.yml": list([item("i1", "a.exe")]),
  });
});
afterEach(() => world.remove());

const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  SCHEMAS.get("output/diff.schema.json")!,
);

async function diff(...args: readonly string[]): Promise<Review> {
  const { exit, out, err } = await world.run(["diff", "--format", "json", ...args]);
  expect(exit, out + err).toBe(0);
  const review = JSON.parse(out) as Review;
  expect(validate(review), JSON.stringify(validate.errors)).toBe(true);
  return review;
}

/** `action kind id` of each object. */
const told = ({ changes }: Review): string[] =>
  changes.map(({ action, kind, id }) => `${action} ${kind} ${id}`);
const effects = ({ changes }: Review, id: string): readonly Effect[] =>
  changes.find((change) => change.id === id)!.effects;
const spacesOf = ({ places }: Effect): string[] => places.map(({ space }) => space);
const codes = ({ changes }: Review): string[] =>
  changes.flatMap((change) => change.effects.flatMap(({ risks }) => risks.map(({ code }) => code)));

describe("what is a change", () => {
  it("nothing is none", async () => {
    const { out, exit } = await world.run(["diff"]);
    expect(exit).toBe(0);
    expect(out).toMatch(
      /^Detections from HEAD \([0-9a-f]{10}\) to working tree\n\nNo changes of detections\.\n$/,
    );
    expect((await world.run(["diff", "--exit-code"])).exit).toBe(0);
  });

  it("neither is a moved file, another layout, or another order of what has none", async () => {
    world.commit({ "rules/a/two.rule.yml": rule("two", { tags: ["X", "Y"] }) });
    const yaml = Object.entries(rule("two", { tags: ["Y", "X"] }))
      .toReversed()
      .map(([key, value]) => `${key}: ${JSON.stringify(value)} # said again`);
    world.write({ "rules/a/two.rule.yml": undefined, "rules/a/moved.rule.yml": `${yaml.join("\n")}\n` });
    expect((await diff()).changes).toEqual([]);
  });

  it("a rule in all its spaces is one effect", async () => {
    world.write({ "rules/a/two.rule.yml": rule("two", { severity: "low" }) });
    const review = await diff();
    expect(told(review)).toEqual(["changed rule two"]);
    expect(effects(review, "two")).toEqual([
      {
        action: "changed",
        files: true,
        places: [
          { environment: "production", space: "default" },
          { environment: "production", space: "emea" },
        ],
        everywhere: true,
        diff: [{ path: "severity", before: "high", after: "low" }],
        risks: [{ code: "severity-lowered", message: "its severity falls from high to low" }],
      },
    ]);
    expect((await world.run(["diff", "--exit-code"])).exit).toBe(3);
  });

  it("a file that moves out of a space's selector takes the rule from there", async () => {
    world.write({ "rules/a/two.rule.yml": undefined, "rules/b/two.rule.yml": rule("two") });
    const review = await diff();
    expect(review.changes[0]).toMatchObject({
      action: "changed",
      id: "two",
      moved_from: "rules/a/two.rule.yml",
    });
    expect(effects(review, "two")).toEqual([
      expect.objectContaining({
        action: "removed",
        files: false,
        risks: [{ code: "removed", message: "the rule no longer goes there" }],
      }),
    ]);
    expect(spacesOf(effects(review, "two")[0]!)).toEqual(["emea"]);
  });

  it("an overlay's change is told where it acts", async () => {
    const [, emea] = CONFIG.environments.production.spaces as [string, Json];
    const spaces = ["default", { ...emea, set: { enabled: true } }];
    world.write({
      "kdac.config.yml": {
        ...CONFIG,
        environments: { production: { ...CONFIG.environments.production, spaces } },
      },
      "rules/a/two.rule.yml": rule("two", { severity: "critical" }),
    });
    const review = await diff();
    expect(told(review).sort()).toEqual(["changed rule one", "changed rule two"]);
    expect(
      effects(review, "two").map((effect) => [spacesOf(effect), effect.diff.map(({ path }) => path)]),
    ).toEqual([
      [["default", "emea"], ["severity"]],
      [["emea"], ["enabled"]],
    ]);
    expect(codes(review)).toEqual(["enabled", "enabled"]);
  });

  it("a space more or less is told once, not for each rule", async () => {
    const environments = { production: { ...CONFIG.environments.production, spaces: ["default", "apac"] } };
    world.write({ "kdac.config.yml": { ...CONFIG, environments } });
    const review = await diff();
    expect(review.changes).toEqual([]);
    expect(review.spaces).toEqual({
      added: [{ environment: "production", space: "apac", rules: 3 }],
      removed: [{ environment: "production", space: "emea", rules: 2 }],
    });
    expect((await world.run(["diff", "--exit-code"])).exit).toBe(3);
  });

  it("another rule_id is another rule, and the likeness is noticed", async () => {
    world.write({ "rules/a/two.rule.yml": rule("zwei", { query: rule("two")["query"] }) });
    const review = await diff();
    expect(told(review)).toEqual(["removed rule two", "added rule zwei"]);
    expect(review.changes[1]!.resembles).toBe("two");
  });

  it("exceptions count with the rules that use them", async () => {
    world.write({ "rules/noise.exceptions.yml": list([item("i1", "b*.exe"), item("i2", "c.exe")]) });
    const review = await diff();
    expect(told(review)).toEqual(["added exception-item i2", "changed exception-item i1"]);
    expect(codes(review)).toEqual(["exception-added", "exception-changed"]);
    expect(effects(review, "i2")[0]!.risks[0]!.message).toMatch(/"noise", which 1 rule/);
  });

  it("value lists by how much comes and goes", async () => {
    const values = (some: readonly string[]): Json => ({ id: "v", name: "v", type: "keyword", values: some });
    const many = Array.from({ length: 2_000 }, (_, i) => `host-${i}`);
    world.commit({ "rules/v.values.yml": values(many) });
    world.write({ "rules/v.values.yml": values([...many.slice(1), "x", "y"]) });
    const review = await diff();
    expect(effects(review, "v")[0]!.values).toEqual({
      added: 2,
      removed: 1,
      first_added: ["x", "y"],
      first_removed: ["host-0"],
    });
  });

  it("translations by their fields", async () => {
    world.commit({ "rules/a/two.rule.zh-CN.yml": { name: "二" } });
    world.write({ "rules/a/two.rule.zh-CN.yml": { name: "两" } });
    expect(effects(await diff(), "two")[0]!.diff).toEqual([
      { path: "translations.zh-CN.name", before: "二", after: "两" },
    ]);
  });

  it("connectors by their settings, with secrets as names", async () => {
    const connector = (secret: string): Json => ({
      name: "hook",
      connector_type_id: ".slack_api",
      config: {},
      secrets: { token: secret },
    });
    const actions = [
      {
        connector: "hook",
        group: "default",
        params: { subAction: "postMessage", subActionParams: { channels: ["a"], text: "x" } },
      },
    ];
    world.commit({
      "rules/hook.connector.yml": connector("${OLD}"),
      "rules/a/two.rule.yml": rule("two", { actions }),
    });
    world.write({ "rules/hook.connector.yml": connector("${NEW}") });
    const review = await diff();
    expect(told(review)).toEqual(["changed connector hook"]);
    expect(effects(review, "hook")[0]!.diff).toEqual([
      { path: "secrets.token", before: "${OLD}", after: "${NEW}" },
    ]);
  });

  it("only what was asked about, even when it is gone", async () => {
    world.write({
      "rules/a/two.rule.yml": undefined,
      "rules/b/three.rule.yml": rule("three", { severity: "low" }),
    });
    expect(told(await diff("rules/a"))).toEqual(["removed rule two"]);
    expect(told(await diff("rules/a/two.rule.yml"))).toEqual(["removed rule two"]);
    expect(told(await diff("--env", "production"))).toHaveLength(2);
  });
});

describe("which revisions", () => {
  it("the working tree is compared with where its branch left the base", async () => {
    world.git("checkout", "-q", "-b", "mine");
    world.commit({ "rules/a/two.rule.yml": rule("two", { severity: "low" }) });
    world.git("checkout", "-q", "main");
    world.commit({ "rules/b/three.rule.yml": rule("three", { severity: "low" }) });
    world.git("checkout", "-q", "mine");
    expect(told(await diff("--base", "main"))).toEqual(["changed rule two"]);
    expect(told(await diff("--base", "main", "--head", "mine"))).toHaveLength(2);
  });

  it("a project in a subfolder, and one that is new", async () => {
    world.commit({ "x/detections/kdac.config.yml": CONFIG, "x/detections/rules/a.rule.yml": rule("a") });
    world.write({ "x/detections/rules/a.rule.yml": rule("a", { severity: "low" }) });
    const run = async (folder: string, ...args: string[]): Promise<Review> =>
      JSON.parse((await world.run(["diff", "--format", "json", ...args], folder)).out) as Review;
    expect(told(await run("x/detections"))).toEqual(["changed rule a"]);
    expect(told(await run("x/detections/rules"))).toEqual(["changed rule a"]);
    expect(told(await run("x/detections", "--base", "HEAD~1"))).toEqual(["added rule a"]);
    expect(told(await run("x/detections", "--base", "HEAD~1", "--head", "HEAD"))).toEqual(["added rule a"]);
  });

  it("links of the base are not followed", async () => {
    symlinkSync("/etc/passwd", join(world.root, "rules/a/link.rule.yml"));
    world.commit({});
    rmSync(join(world.root, "rules/a/link.rule.yml"));
    expect(await diff()).toMatchObject({ changes: [], uncompared: [] });
  });

  it("a base with errors says what is not compared, and takes nothing for new", async () => {
    world.commit({
      "rules/a/two.rule.yml": "rule_id: two\nname: [\n",
      "rules/b/three.rule.yml": rule("three", { severity: "x" }),
    });
    world.write({
      "rules/a/two.rule.yml": rule("two"),
      "rules/b/three.rule.yml": undefined,
      "rules/c.rule.yml": rule("three"),
    });
    const review = await diff();
    expect(review.changes).toEqual([]);
    expect(review.uncompared).toContain("rules/a/two.rule.yml");
    expect(review.uncompared).toContain("rules/b/three.rule.yml");
  });

  it("a head with errors has findings", async () => {
    world.write({ "rules/a/two.rule.yml": rule("two", { severity: "x" }) });
    const { exit, out } = await world.run(["diff"]);
    expect(exit).toBe(1);
    expect(out).toContain("rules/a/two.rule.yml");
  });

  it.each([
    [["--base", "nowhere"], /no revision "nowhere"/],
    [["--base", "--output=x"], /no revision "--output=x"/],
    [["--env", "nope"], /no environment "nope": there are production/],
    [["../elsewhere"], /outside the project/],
  ])("%j is wrong use", async (args, message) => {
    const { exit, err } = await world.run(["diff", ...args]);
    expect(exit).toBe(2);
    expect(err).toMatch(message);
  });

  it("a shallow clone says how to get the rest", async () => {
    world.commit({});
    const clone = new GitWorld();
    try {
      clone.git("clone", "-q", "--depth", "1", `file://${world.root}`, "inner");
      const { exit, err } = await clone.run(["diff", "--base", "HEAD~1"], "inner");
      expect(exit).toBe(2);
      expect(err).toContain("fetch-depth: 0");
    } finally {
      clone.remove();
    }
  });

  it("outside of a repository there is nothing to compare with", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kdac-no-git-"));
    try {
      const { exit, err } = await new (class extends GitWorld {
        override readonly root = folder;
      })().run(["diff"]);
      expect(exit).toBe(2);
      expect(err).toContain("in no git repository");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("as a comment", () => {
  it("has a marker, the risks first, and nothing that acts", async () => {
    const name = "@everyone </summary><img src=x> `a` | **b**\u202e";
    world.write({
      "rules/a/two.rule.yml": rule("two", { name, severity: "low", query: 'a: 1 and not b: "```"' }),
      "rules/b/three.rule.yml": undefined,
    });
    const { out } = await world.run(["diff", "--format", "markdown"]);
    expect(out.startsWith("<!-- kdac diff -->\n## Detections: 1 removed, 1 changed; ")).toBe(true);
    expect(out.indexOf("**removed**")).toBeLessThan(out.indexOf("**severity-lowered**"));
    const outside = out.replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, "");
    expect(outside).not.toMatch(/@everyone|(?<!\\)<img|\u202e/);
    expect(out).toContain("````diff\n");
  });

  it("fits, and says what it leaves out, the least risky first", { timeout: 30_000 }, async () => {
    const files = (change: (i: number) => Json): Json =>
      Object.fromEntries(
        Array.from({ length: 400 }, (_, i) => [`rules/a/r${i}.rule.yml`, rule(`r${i}`, change(i))]),
      );
    const note = (i: number, word: string): string =>
      Array.from({ length: 30 }, (_, n) => `${word} ${i} ${n}`).join("\n");
    world.commit(files((i) => ({ note: note(i, "old") })));
    world.write(files((i) => ({ note: note(i, "new"), ...(i === 399 ? { enabled: false } : {}) })));
    const { out } = await world.run(["diff", "--format", "markdown"]);
    expect(out.length).toBeLessThan(65_536);
    expect(out).toMatch(/The details of \d{3} changes are left out here/);
    expect(out).toContain("<details><summary>rule Rule r399</summary>");
    expect(out).toContain("…and");
  });

  it("tells what changes alike once", async () => {
    world.write({ "kdac.config.yml": { ...CONFIG, defaults: { author: ["Jane"] } } });
    const { out } = await world.run(["diff"]);
    expect(out).toContain("~ rule           Rule one");
    world.commit({
      "kdac.config.yml": CONFIG,
      "rules/a/four.rule.yml": rule("four"),
      "rules/a/five.rule.yml": rule("five"),
    });
    world.write({ "kdac.config.yml": { ...CONFIG, defaults: { author: ["Jane"] } } });
    expect((await world.run(["diff"])).out).toContain("4 alike: Rule five, Rule four, Rule one, Rule two");
  });
});

it("the page on reviewing shows the codes of all risks", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/reviewing.md"), "utf8");
  const source = readFileSync(join(import.meta.dirname, "../../src/deploy/risks/rank.ts"), "utf8");
  const list_ = /WORST_FIRST = \[([^\]]*)\]/.exec(source)![1]!;
  for (const [, code] of list_.matchAll(/"([\w-]+)"/g)) expect(page).toContain(`\`${code}\``);
});
