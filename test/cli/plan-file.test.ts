import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateHash } from "../../src/deploy/form/state.js";
import { DeployWorld, item, type Json, list, rule } from "../support/deploy-world.js";

interface Document extends Json {
  spaces: { space: string; changes: Json[] }[];
  policy: Json;
}

const FILES = {
  "rules/one.rule.yml": rule({ exceptions: ["trusted"], enabled: true }),
  "rules/two.rule.yml": rule({ rule_id: "r2", name: "Rule two" }),
  "rules/trusted.exceptions.yml": list([item("a")]),
};
const RULES = "/api/detection_engine/rules";

/** The file as somebody writes it who knows how kdac does. */
function sealed({ digest: _, ...body }: Json): string {
  return `${JSON.stringify({ ...body, digest: stateHash(body) }, undefined, 2)}\n`;
}

const at = (plan: Document, id: string): Json & { write: { body: Json } } =>
  plan.spaces.flatMap(({ changes }) => changes).find((change) => change["id"] === id)! as never;

let world: DeployWorld;
let text: string;

beforeAll(async () => {
  world = await DeployWorld.start(FILES, { spaces: ["default", "soc"] });
  await world.apply();
  const { risk_score, severity, type, description, query, index } = rule({});
  const foreign = {
    rule_id: "foreign",
    name: "Theirs",
    risk_score,
    severity,
    type,
    description,
    query,
    index,
  };
  await world.send("post", RULES, foreign);
  world.write("rules/two.rule.yml", rule({ rule_id: "r2", name: "Rule two", severity: "high" }));
  world.write("rules/three.rule.yml", rule({ rule_id: "r3", name: "Rule three" }));
  expect((await world.run("plan", "--env", "test", "--out", "plan.json")).exit).toBe(0);
  text = world.read("plan.json");
}, 60_000);
afterAll(() => world.stop());

/** What apply says of a file, which must write nothing. */
async function refused(file: string, ...args: string[]): Promise<string> {
  world.forget();
  writeFileSync(join(world.root, "plan.json"), file);
  const { exit, out, err } = await world.run("apply", "plan.json", "--env", "test", "--yes", ...args);
  expect(world.writes).toEqual([]);
  expect([1, 2]).toContain(exit);
  return out + err;
}

async function tampered(change: (plan: Document) => void, ...args: string[]): Promise<string> {
  const plan = JSON.parse(text) as Document;
  change(plan);
  const said = await refused(sealed(plan), ...args);
  expect(said).not.toContain("deploy/plan-edited");
  return said;
}

describe("an edited plan's file", () => {
  it("that deletes a rule of others is refused", async () => {
    const live = (await world.rule("foreign"))!;
    const said = await tampered((plan) => {
      plan.spaces[0]!.changes.push({
        action: "delete", kind: "rule", key: "rule/default/foreign", id: "foreign", name: "Theirs", file: "",
        state: "orphaned", diff: [], expected: { id: live["id"], revision: live["revision"] },
      }); // prettier-ignore
    });
    expect(said).toContain(
      'rule "foreign" of space "default" is in the plan, and the project does not plan it',
    );
    expect(said).toContain("deploy/plan-differs");
  });

  it.each<[string, (plan: Document) => void, string]>([
    [
      "overwrites another rule than it says",
      (plan) => (at(plan, "r2").write.body["rule_id"] = "foreign"),
      'rule "r2" of space "default" is not planned like that now: write.body.rule_id',
    ],
    [
      "writes another query",
      (plan) => (at(plan, "r3").write.body["query"] = "nothing : at-all"),
      'rule "r3" of space "default" is not planned like that now: write.body.query',
    ],
    [
      "writes to a space outside the environment",
      (plan) => (plan.spaces[1]!.space = "secret"),
      'space "secret" is in the plan, and not what this command deploys to',
    ],
    [
      "leaves a space out",
      (plan) => plan.spaces.pop(),
      'space "soc" is missing: a plan for some spaces is applied with the same --space',
    ],
    [
      "leaves a rule out",
      (plan) => plan.spaces[0]!.changes.splice(plan.spaces[0]!.changes.indexOf(at(plan, "r3")), 1),
      'rule "r3" of space "default" is missing in the plan: the project plans "create"',
    ],
    [
      "creates a space",
      (plan) => (plan["creates_spaces"] = ["soc"]),
      "the plan was made with --create-spaces, and this command is without it",
    ],
    [
      "may prune",
      (plan) => (plan.policy["prune"] = true),
      "the plan was made with --prune, and this command is without it",
    ],
    [
      "may adopt",
      (plan) => (plan.policy["adopt"] = true),
      "the plan was made with --adopt, and this command is without it",
    ],
    [
      "may overwrite drift",
      (plan) => (plan.policy["overwrite_drift"] = true),
      "the plan was made with --overwrite-drift, and this command is without it",
    ],
    [
      "may delete more",
      (plan) => (plan.policy["max_deletes"] = 500),
      "the plan was made with --max-deletes 500, and this command is without it",
    ],
    [
      "is a rollback",
      (plan) => (plan["rollback"] = "20260101T000000Z-test"),
      "the plan was made with --rollback 20260101T000000Z-test, and this command is without it",
    ],
    [
      "is for another environment",
      (plan) => (plan["environment"] = "other"),
      'the plan is for the environment "other", not "test"',
    ],
    [
      "is of another project",
      (plan) => (plan["project"] = "x"),
      'the plan is of the project "x", not "acme"',
    ],
    ["is for another Kibana", (plan) => (plan["url"] = "https://evil.example.com"), '"url" is another'],
    [
      "is of another kdac",
      (plan) => (plan["kdac"] = "9.9.9"),
      "the plan was made by kdac 9.9.9, and this is kdac",
    ],
    [
      "is too old",
      (plan) => (plan["created_at"] = "2020-01-01T00:00:00.000Z"),
      "it was made at 2020-01-01T00:00:00.000Z, more than 1d ago",
    ],
    [
      "is of the future",
      (plan) => (plan["created_at"] = "2999-01-01T00:00:00.000Z"),
      "it was made at 2999-01-01T00:00:00.000Z, which is in the future",
    ],
    [
      "names what cannot be asked for",
      (plan) =>
        plan.spaces[0]!.changes.push({
          action: "delete", kind: "exception-item", key: "exception-item/default/\ud800", id: "\ud800", name: "",
          file: "", state: "orphaned", diff: [], expected: { id: "x" },
        }), // prettier-ignore
      'of space "default" was deleted since the plan was made',
    ],
  ])("that %s is refused", async (_, change, message) => {
    expect(await tampered(change)).toContain(message);
  });

  it("is refused entry by entry, with what was not sealed again said as well", async () => {
    const plan = JSON.parse(text) as Document;
    at(plan, "r2").write.body["severity"] = "low";
    at(plan, "r3")["name"] = "x";
    const said = await refused(`${JSON.stringify(plan, undefined, 2)}\n`);
    expect(said.match(/deploy\/plan-differs/g)).toHaveLength(2);
    expect(said.match(/deploy\/plan-edited/g)).toHaveLength(1);
  });

  it("is refused for a key that comes twice, even where the last one is right", async () => {
    expect(await refused(text.replace('"id": "r2"', '"id": "foreign",\n          "id": "r2"'))).toContain(
      "the plan's file is not as kdac wrote it",
    );
  });

  it("that is huge is not read", async () => {
    writeFileSync(join(world.root, "huge.json"), "");
    truncateSync(join(world.root, "huge.json"), 3 * 1024 ** 3);
    const { exit, out } = await world.run("apply", "huge.json", "--env", "test");
    expect(exit).toBe(1);
    expect(out).toContain("the file is not a plan: it is larger than any plan");
  });

  it("is refused after any edit, and no request writes", () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(null, "r1", "delete", 0, true, [], {}),
        async (nth, other) => {
          const plan = JSON.parse(text) as Document;
          const places: [Json, string][] = [];
          const walk = (value: unknown): void => {
            if (typeof value !== "object" || value === null) return;
            for (const key of Object.keys(value)) {
              places.push([value as Json, key]);
              walk((value as Json)[key]);
            }
          };
          walk(plan);
          const [holder, key] = places[nth % places.length]!;
          holder[key] = other;
          fc.pre(plan["kibana"] !== null && sealed(plan) !== text);
          await refused(sealed(plan));
        },
      ),
      { numRuns: 25 },
    ));
});

describe("a plan's file", () => {
  it("is carried out with the options that it was made with, and no file chooses the environment", async () => {
    const own = await DeployWorld.start(FILES);
    try {
      await own.apply();
      own.remove("rules/two.rule.yml");
      const made = await own.run("plan", "--env", "test", "--prune", "--max-deletes", "1", "--out", "p.json");
      expect(made.err).toContain("kdac apply p.json --env test --prune --max-deletes 1\n");
      own.forget();
      expect(await own.run("apply", "p.json")).toMatchObject({
        exit: 2,
        err: "kdac: name the environment with --env: a file does not choose what is written to\n",
      });
      const less = await own.run("apply", "p.json", "--env", "test", "--max-deletes", "1");
      expect(less.out).toContain("the plan was made with --prune, and this command is without it");
      const other = await own.run("apply", "p.json", "--env", "test", "--prune");
      expect(other.out).toContain("the plan was made with --max-deletes 1, and this command is without it");
      const more = await own.run(
        "apply",
        "p.json",
        "--env",
        "test",
        "--prune",
        "--max-deletes",
        "1",
        "--adopt",
      );
      expect(more.out).toContain("the plan was made without --adopt, and this command is with it");
      expect(own.writes).toEqual([]);
      const same = await own.run("apply", "p.json", "--env", "test", "--prune", "--max-deletes", "1");
      expect(same.exit).toBe(0);
      expect(await own.rule("r2")).toBeUndefined();
    } finally {
      await own.stop();
    }
  });

  it("made with --explain or by --format json is one too", async () => {
    const own = await DeployWorld.start(FILES);
    try {
      await own.run("plan", "--env", "test", "--explain", "--out", "explained.json");
      const { out } = await own.run("plan", "--env", "test", "--format", "json");
      own.write("json.json", out);
      expect((await own.run("apply", "explained.json", "--env", "test")).exit).toBe(0);
      const stale = await own.run("apply", "json.json", "--env", "test");
      expect(stale.exit).toBe(1);
      expect(stale.out).toContain('rule "r1" of space "default" was made since the plan was made');
      expect(stale.out).not.toContain("deploy/plan-differs");
    } finally {
      await own.stop();
    }
  });

  it("that a change of the project or an edit in Kibana made wrong is refused, each in its words", async () => {
    const own = await DeployWorld.start(FILES);
    try {
      await own.apply();
      own.write("rules/one.rule.yml", rule({ exceptions: ["trusted"], enabled: true, severity: "high" }));
      own.write("rules/two.rule.yml", rule({ rule_id: "r2", name: "Rule two", severity: "high" }));
      await own.run("plan", "--env", "test", "--out", "p.json");
      own.write("rules/two.rule.yml", rule({ rule_id: "r2", name: "Rule two", severity: "critical" }));
      await own.send("patch", RULES, { rule_id: "r1", note: "by ana" });
      own.forget();
      const { exit, out } = await own.run("apply", "p.json", "--env", "test");
      expect(exit).toBe(1);
      expect(out).toContain('rule "r1" of space "default" was changed since the plan was made');
      expect(out).toMatch(/rule "r2" of space "default" is not planned like that now: .*write\.body\./);
      expect(own.writes).toEqual([]);
      const wrong = await own.run("apply", "p.json", "--env", "test", "--max-age", "soon");
      expect(wrong).toMatchObject({ exit: 2, err: 'kdac: "soon" is no duration such as 90m, 12h or 3d\n' });
      const late = await own.run("apply", "p.json", "--env", "test", "--max-age", "0s");
      expect(late.out).toContain("deploy/plan-expired");
    } finally {
      await own.stop();
    }
  });

  it("of a rollback is carried out where the command says so", async () => {
    const own = await DeployWorld.start(FILES);
    try {
      await own.apply();
      const listed = await own.run("rollback", "--env", "test", "--format", "json");
      const name = (JSON.parse(listed.out) as { snapshots: string[] }).snapshots[0]!;
      expect((await own.run("rollback", name, "--env", "test", "--out", "back.json")).exit).toBe(0);
      own.forget();
      const without = await own.run("apply", "back.json", "--env", "test");
      expect(without.out).toContain(
        `the plan was made with --rollback ${name}, and this command is without it`,
      );
      expect(own.writes).toEqual([]);
      const plan = JSON.parse(own.read("back.json")) as Document;
      plan.spaces[0]!.changes.pop();
      own.write("edited.json", sealed(plan));
      const edited = await own.run("apply", "edited.json", "--env", "test", "--rollback", name);
      expect(edited.out).toContain("is missing in the plan");
      expect(own.writes).toEqual([]);
      expect((await own.run("apply", "back.json", "--env", "test", "--rollback", name)).exit).toBe(0);
      expect(await own.rules()).toEqual([]);
    } finally {
      await own.stop();
    }
  });
});
