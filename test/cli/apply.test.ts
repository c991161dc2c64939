import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { kdac } from "../support/cli.js";
import { DeployWorld, item, list, rule, slack } from "../support/deploy-world.js";

const files = {
  "rules/one.rule.yml": rule({ exceptions: ["trusted"], enabled: true }),
  "rules/two.rule.yml": rule({ rule_id: "r2", name: "Rule two" }),
  "rules/trusted.exceptions.yml": list([item("a")]),
};

const isValid = (name: string, document: unknown): void => {
  const schema = new URL(`../../schemas/output/${name}.schema.json`, import.meta.url);
  const check = new Ajv2020({ allErrors: true, strict: false }).compile(
    JSON.parse(readFileSync(schema, "utf8")) as object,
  );
  expect(check(document), JSON.stringify(check.errors)).toBe(true);
};

const snapshots = async (world: DeployWorld): Promise<string[]> => {
  const { out } = await world.run("rollback", "--env", "test", "--format", "json");
  const document = JSON.parse(out) as { snapshots: string[] };
  isValid("rollback", document);
  return document.snapshots;
};

describe("kdac apply", () => {
  it("names host, space, user and what is deleted before it asks, and takes only yes for a yes", () =>
    DeployWorld.use(files, {}, async (world) => {
      await world.apply();
      world.remove("rules/two.rule.yml");
      const asked: string[] = [];
      const args = ["apply", "--env", "test", "--prune"];
      const ask = (question: string): Promise<string> => {
        asked.push(question);
        return Promise.resolve(asked.length === 1 ? "y" : "yes");
      };
      const refused = await kdac(args, { cwd: world.root, env: world.env, ask });
      expect(refused.exit).toBe(1);
      expect(await world.rule("r2")).toBeDefined();
      expect(asked[0]).toContain(
        `1 to delete in space "default"\nof ${new URL(world.env["KIBANA_URL"]!).host} as `,
      );
      expect(asked[0]).toContain('This deletes the rule "Rule two".');
      const done = await kdac(args, { cwd: world.root, env: world.env, ask });
      expect(done.exit).toBe(0);
      expect(await world.rule("r2")).toBeUndefined();
    }));

  it("wants --yes where nobody can be asked", () =>
    DeployWorld.use(files, {}, async (world) => {
      expect((await world.run("apply", "--env", "test")).exit).toBe(2);
      expect(world.writes).toEqual([]);
    }));

  it("--dry-run shows the plan and leaves nothing behind, in Kibana or on the disk", () =>
    DeployWorld.use(files, {}, async (world) => {
      const { exit, out } = await world.tryApply("--dry-run");
      expect(exit).toBe(0);
      expect(out).toContain("Rule two");
      expect(world.writes).toEqual([]);
      expect(world.exists(".kdac")).toBe(false);
    }));

  it("has a result that follows its schema, and files that git ignores", () =>
    DeployWorld.use({ ...files, "rules/soc.connector.yml": slack }, {}, async (world) => {
      const { out } = await world.apply("--format", "json");
      const result = JSON.parse(out) as { snapshot: string };
      isValid("apply", result);
      expect(world.read(".kdac/.gitignore")).toBe("*\n");
      expect(world.exists(`.kdac/snapshots/${result.snapshot}/snapshot.json`)).toBe(true);
      expect(world.read(`.kdac/journal/${result.snapshot}.ndjson`)).toContain('"event":"finished"');
    }));

  it("appends the result to the summary of a CI job", () =>
    DeployWorld.use(files, {}, async (world) => {
      const path = join(world.root, "summary.md");
      world.env["GITHUB_STEP_SUMMARY"] = path;
      await world.apply();
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path, "utf8")).toMatch(/^## Applied to test[^]*4 created[^]*kdac rollback/);
    }));

  it("--create-spaces says which spaces it makes, and makes them", () =>
    DeployWorld.use(files, { spaces: ["default", "emea"], kibana: { spaces: [] } }, async (world) => {
      expect((await world.tryApply()).exit).not.toBe(0);
      await world.apply("--create-spaces");
      expect(await world.rule("r1", "emea")).toBeDefined();
    }));

  it("says what an apply that was cut off did, and goes on", () =>
    DeployWorld.use(files, {}, async (world) => {
      await world.apply();
      const [name] = await snapshots(world);
      const path = `.kdac/journal/${name}.ndjson`;
      const lines = world.read(path).trim().split("\n");
      world.write(path, `${lines.slice(0, -3).join("\n")}\n`);
      const { err } = await world.apply();
      expect(err).toContain(`The last apply to this environment (${name}) was cut off.`);
      expect(err).toMatch(/made: create exception list "Trusted hosts"/);
      expect(err).toContain(`kdac rollback ${name}`);
    }));
});

describe("kdac rollback", () => {
  it("lists the snapshots, takes the beginning of a name, and brings a deleted rule back", () =>
    DeployWorld.use(files, {}, async (world) => {
      expect((await world.run("rollback", "--env", "test")).out).toContain("There are no snapshots of test");
      await world.apply();
      world.remove("rules/two.rule.yml");
      await world.apply("--prune");
      const [last] = await snapshots(world);
      const shown = await world.run("rollback", last!, "--env", "test", "--dry-run");
      expect(shown.out).toContain("Rule two");
      expect(await world.rule("r2")).toBeUndefined();
      const { exit } = await world.run("rollback", `.kdac/snapshots/${last}/`, "--env", "test", "--yes");
      expect(exit).toBe(0);
      expect(await world.rule("r2")).toMatchObject({ name: "Rule two" });
    }));

  it("works although the project's rules are broken, and writes a plan that apply carries out", () =>
    DeployWorld.use(files, {}, async (world) => {
      await world.apply();
      const [first] = await snapshots(world);
      world.write("rules/two.rule.yml", "rule_id: [broken");
      const out = await world.run("rollback", first!, "--env", "test", "--out", "back.json");
      expect(out.exit).toBe(0);
      isValid("plan", JSON.parse(world.read("back.json")));
      expect(await world.rule("r1")).toBeDefined();
      world.remove("rules/two.rule.yml");
      await world.run("apply", "back.json", "--env", "test", "--rollback", first!);
      expect(await world.rules()).toEqual([]);
      expect(await world.items("trusted")).toEqual([]);
    }));

  it("goes back in the spaces that are left, or that are named, and fails for those that are gone", () =>
    DeployWorld.use(files, { spaces: ["default", "emea"] }, async (world) => {
      await world.apply();
      const [name] = await snapshots(world);
      const unknown = await world.run("rollback", name!, "--env", "test", "--space", "apac");
      expect([unknown.exit, unknown.err]).toEqual([
        2,
        expect.stringContaining('the snapshot has no space "apac": there are default, emea'),
      ]);
      await world.api.delete("/api/spaces/space/emea");
      const shown = await world.run("rollback", name!, "--env", "test", "--dry-run");
      expect([shown.exit, shown.err]).toEqual([
        1,
        expect.stringContaining('the space "emea" does not exist'),
      ]);
      const { exit } = await world.run("rollback", name!, "--env", "test", "--space", "default", "--yes");
      expect(exit).toBe(0);
      expect(await world.rules()).toEqual([]);
    }));

  it("says of a snapshot that nothing is left to go back from that it is as before that apply", () =>
    DeployWorld.use(files, {}, async (world) => {
      await world.apply();
      const [name] = await snapshots(world);
      await world.run("rollback", name!, "--env", "test", "--yes");
      const { exit, out } = await world.run("rollback", name!, "--env", "test", "--yes");
      expect(exit).toBe(0);
      expect(out).toContain("No changes. The space of test is as before that apply (4 objects).");
    }));

  it("names what there is for a name that fits none, and refuses what is damaged", () =>
    DeployWorld.use(files, {}, async (world) => {
      await world.apply();
      const wrong = await world.run("rollback", "1999", "--env", "test");
      expect([wrong.exit, wrong.err]).toEqual([
        2,
        expect.stringContaining('there is no snapshot "1999" of test'),
      ]);
      const [name] = await snapshots(world);
      world.write(`.kdac/snapshots/${name}/snapshot.json`, "{");
      const { exit, out } = await world.run("rollback", name!, "--env", "test");
      expect(exit).toBe(1);
      expect(out).toContain("deploy/broken-snapshot");
    }));
});
