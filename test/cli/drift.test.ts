import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Drift, DriftEntry } from "../../src/deploy/drift/types.js";
import { DeployWorld, item, type Json, list, rule, type WorldOptions } from "../support/deploy-world.js";
import { FLAVOURS } from "../support/flavours.js";

async function report(
  world: DeployWorld,
  ...args: string[]
): Promise<{ exit: number; drift: Drift; entries: DriftEntry[] }> {
  const { exit, out, err } = await world.run("drift", "--env", "test", "--format", "json", ...args);
  if (!out.startsWith("{")) throw new Error(out + err);
  const drift = JSON.parse(out) as Drift;
  const schema = new URL("../../schemas/output/drift.schema.json", import.meta.url);
  const isDrift = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, "utf8")) as object,
  );
  expect(isDrift(drift), JSON.stringify(isDrift.errors)).toBe(true);
  return { exit, drift, entries: drift.spaces.flatMap(({ entries }) => entries) };
}

const FILES = {
  "rules/one.rule.yml": rule({ exceptions: ["trusted"] }),
  "rules/two.rule.yml": rule({ rule_id: "r2", name: "Rule two", note: "Look.\nAct." }),
  "rules/trusted.exceptions.yml": list([item("i1")]),
};
const RULES = "/api/detection_engine/rules";

/** A world in which everything is applied. */
const applied = (
  test: (world: DeployWorld) => Promise<void>,
  options: WorldOptions = {},
  files: Readonly<Record<string, string | Json>> = FILES,
): Promise<void> =>
  DeployWorld.use(files, options, async (world) => {
    await world.apply();
    world.forget();
    await test(world);
  });

const patch = (world: DeployWorld, rule_id: string, fields: Json): Promise<Json> =>
  world.send("patch", RULES, { rule_id, ...fields });

/** A save in Kibana's form drops what others keep in `meta`. */
async function saveInForm(world: DeployWorld, rule_id: string, fields: Json): Promise<void> {
  const live = (await world.rule(rule_id))!;
  const { id, name, description, type, severity, risk_score, index, query, exceptions_list, note } = live;
  await world.send("put", RULES, {
    id, name, description, type, severity, risk_score, index, query, exceptions_list, note, ...fields,
    meta: { kibana_siem_app_url: "https://kibana.example.com/app/security" },
  }); // prettier-ignore
}

describe("no drift", () => {
  it("where a rule's file is not for this stack any more", async () => {
    await applied(async (world) => {
      world.write("rules/two.rule.yml", rule({ rule_id: "r2", name: "Rule two", stack: ">=99.0" }));
      expect(await report(world)).toMatchObject({ exit: 0, entries: [] });
    });
  });

  it.each(FLAVOURS)("right after an apply, on $name", async (flavour) => {
    await applied(
      async (world) => {
        const { exit, drift } = await report(world);
        expect(drift.spaces.flatMap(({ entries }) => entries)).toEqual([]);
        expect(drift.summary).toMatchObject({ in_sync: 4, unapplied: 0 });
        expect(exit).toBe(0);
        expect(world.writes).toEqual([]);
        const { out } = await world.run("drift", "--env", "test");
        expect(out).toContain("No drift: 4 objects of test are as last applied.");
      },
      { flavour },
    );
  });

  it("in changes of git that were not applied: they are counted alone", async () => {
    await applied(async (world) => {
      world.write(
        "rules/two.rule.yml",
        rule({ rule_id: "r2", name: "Rule two", note: "Look.\nAct.", severity: "high" }),
      );
      const { exit, drift } = await report(world);
      expect(exit).toBe(0);
      expect(drift.summary).toMatchObject({ unapplied: 1, in_sync: 3 });
      expect((await world.run("drift", "--env", "test")).out).toContain(
        "1 change of git is not applied yet.",
      );
    });
  });

  it("in a space that was never deployed to", async () => {
    await DeployWorld.use(FILES, {}, async (world) => {
      const { exit, drift } = await report(world);
      expect(exit).toBe(0);
      expect(drift.summary).toMatchObject({ missing: 0, unapplied: 4, in_sync: 0 });
    });
  });

  it("in what analysts made beside our objects", async () => {
    await applied(async (world) => {
      const live = await world.rule("r1");
      await world.send("post", `${RULES}/${String(live!["id"])}/exceptions`, {
        items: [{ ...item("own"), type: "simple" }],
      });
      await world.send("post", "/api/exception_lists/items", {
        ...item("theirs"),
        list_id: "trusted",
        type: "simple",
      });
      const { exit, drift, entries } = await report(world);
      expect(entries).toEqual([]);
      expect(exit).toBe(0);
      expect(drift.spaces[0]!.near).toEqual({ default_lists: 1, default_items: 1, items: 1 });
      const { out } = await world.run("drift", "--env", "test");
      expect(out).toContain(
        "made by analysts, and theirs: 1 exception on 1 rule of ours, 1 item in lists of ours",
      );
    });
  });
});

describe("drift", () => {
  it("of a rule that was edited in Kibana: who, when, and what either side has", async () => {
    await applied(async (world) => {
      await patch(world, "r2", { severity: "high", note: "Look.\nAsk." });
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        drift: "edited",
        kind: "rule",
        id: "r2",
        file: "rules/two.rule.yml",
        last: { by: "elastic" },
      });
      expect(entries[0]!.last!.at).toMatch(/^2026-01-01T/);
      expect(entries[0]!.diff).toContainEqual({ path: "severity", kibana: "high", git: "low" });
      const { out } = await world.run("drift", "--env", "test");
      expect(out).toMatch(
        /edited in Kibana since it was last applied \(last change by elastic, 2026-01-01 00:\d\d UTC\)/,
      );
      expect(out).toContain('severity: Kibana has "high", git has "low"');
      expect(out).toContain("note (- Kibana, + git)");
      expect(out).toContain(
        "help: take the change into git with kdac pull --env test --space default --rule r2",
      );
      expect(out).toContain("Drift: 1 edited in Kibana; 3 objects as last applied.");
    });
  });

  it("of a rule that git changed too", async () => {
    await applied(async (world) => {
      await patch(world, "r2", { severity: "high" });
      world.write(
        "rules/two.rule.yml",
        rule({ rule_id: "r2", name: "Rule two", note: "Look.\nAct.", risk_score: 50 }),
      );
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, id }) => [drift, id])).toEqual([["both-edited", "r2"]]);
      expect(entries[0]!.help).toContain("--force");
    });
  });

  it("of a rule that lost its mark to Kibana's form", async () => {
    await applied(async (world) => {
      await saveInForm(world, "r2", { severity: "high" });
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, id }) => [drift, id])).toEqual([["mark-lost", "r2"]]);
      expect(entries[0]!.diff.map(({ path }) => path)).toContain("severity");
      expect(entries[0]!.diff.map(({ path }) => path)).not.toContain("meta.kdac");
    });
  });

  it("of what was deleted in Kibana", async () => {
    await applied(async (world) => {
      await world.send("delete", `${RULES}?rule_id=r2`);
      await world.send("delete", "/api/exception_lists/items?item_id=i1&namespace_type=single");
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, id }) => [drift, id])).toEqual([
        ["missing", "i1"],
        ["missing", "r2"],
      ]);
      expect(entries[0]).not.toHaveProperty("last");
    });
  });

  it("of an exception that was edited", async () => {
    await applied(async (world) => {
      const [live] = await world.items("trusted");
      const { item_id, type, name, description, meta } = live!;
      await world.send("put", "/api/exception_lists/items", {
        item_id, type, name, description, meta,
        entries: [{ field: "host.name", type: "match", operator: "included", value: "evil" }],
      }); // prettier-ignore
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, kind, id }) => [drift, kind, id])).toEqual([
        ["edited", "exception-item", "i1"],
      ]);
    });
  });

  it("of what is in no file any more", async () => {
    await applied(async (world) => {
      world.remove("rules/two.rule.yml");
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, id }) => [drift, id])).toEqual([["orphaned", "r2"]]);
      expect(entries[0]!.help).toContain("--prune");
    });
  });

  it("of a copy made in Kibana, which has our mark and another rule_id", async () => {
    await applied(async (world) => {
      const live = await world.rule("r2");
      await world.send("post", `${RULES}/_bulk_action`, {
        action: "duplicate",
        ids: [live!["id"]],
        duplicate: { include_exceptions: false, include_expired_exceptions: false },
      });
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, name }) => [drift, name])).toEqual([
        ["duplicate", "Rule two [Duplicate]"],
      ]);
      expect(entries[0]!.message).toBe('a copy of the rule "Rule two", made in Kibana');
    });
  });

  it("of a rule with the id of ours that somebody else made", async () => {
    await DeployWorld.use(FILES, {}, async (world) => {
      await world.send("post", RULES, rule({ rule_id: "r2", name: "Theirs" }));
      const { exit, entries } = await report(world);
      expect(exit).toBe(3);
      expect(entries.map(({ drift, id }) => [drift, id])).toEqual([["not-ours", "r2"]]);
    });
  });

  it("1: is looked for in each space by itself", async () => {
    await applied(
      async (world) => {
        await world.send("patch", `/s/soc${RULES}`, { rule_id: "r2", severity: "high" });
        const { drift } = await report(world);
        expect(drift.spaces.map(({ space, entries }) => [space, entries.length])).toEqual([
          ["default", 0],
          ["soc", 1],
        ]);
        expect((await report(world, "--space", "default")).exit).toBe(0);
      },
      { spaces: ["default", "soc"] },
    );
  });
});

describe("Markdown for an issue", () => {
  it("begins with a title, has a table, and folds the differences", async () => {
    await applied(async (world) => {
      await patch(world, "r2", { severity: "high", name: "<b>@team</b> | x" });
      const { exit, out } = await world.run("drift", "--env", "test", "--format", "markdown");
      expect(exit).toBe(3);
      expect(out.split("\n")[0]).toBe("# Drift in test: 1 edited in Kibana");
      expect(out).toContain("| | Name | Id | What | By | When |");
      expect(out).toMatch(/<details><summary>rule Rule two<\/summary>/);
      expect(out).toContain('! severity: Kibana has "high", git has "low"');
    });
  });

  it("stays below what an issue holds", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `rules/r${i}.rule.yml`,
        rule({ rule_id: `r${i}`, name: `Rule ${i}`, note: `${"text\n".repeat(400)}${i}` }),
      ]),
    );
    await applied(
      async (world) => {
        for (let i = 0; i < 60; i++) await patch(world, `r${i}`, { note: "gone\n".repeat(400) });
        const { out } = await world.run("drift", "--env", "test", "--format", "markdown");
        expect(out.length).toBeLessThan(65_536);
        expect(out).toMatch(/…and \d+ more; see the text or JSON form/);
      },
      {},
      files,
    );
  });
});

describe("what cannot be read", () => {
  it("is a finding", async () => {
    await applied(async (world) => {
      world.setFaults([{ match: { path: "_export" }, respond: { kind: "status", status: 403 } }]);
      const { exit, out } = await world.run("drift", "--env", "test");
      expect(exit).toBe(1);
      expect(out).toContain("deploy/kibana");
    });
  });

  it("needs an environment", async () => {
    await DeployWorld.use(FILES, {}, async (world) => {
      expect((await world.run("drift")).exit).toBe(2);
      expect((await world.run("drift", "--env", "nowhere")).exit).toBe(2);
    });
  });
});
