/** Names and values that try to forge lines, give orders to a CI runner or move the cursor, through every command that prints them. */
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { DeployWorld, item, type Json, list, rule, slack } from "../support/deploy-world.js";

const EVIL =
  "x\nNo changes. Forged\n::error::x\r##[error]y\u001b[2J\u2028::warning::\u2029\u2060\u200b\u202e\ufeff%0A</td><script>`|[x](http://e) @team";

const FORBIDDEN = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u200b\u202e\u2060\ufeff]/u;
/** A command of a CI runner, but for the annotations that `--format github` makes of findings. */
const COMMAND = /^\s*::(?!(?:error|warning|notice) (?:file|title)=)|##\[/m;

function expectSafe(text: string, of: string): void {
  expect(FORBIDDEN.exec(text)?.[0], of).toBeUndefined();
  expect(COMMAND.exec(text), of).toBeNull();
  expect(text, of).not.toMatch(/^\s*No changes\. Forged/m);
}

/** Markdown outside code, where everything is text. */
function expectPlainMarkdown(text: string, of: string): void {
  const prose = text
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, "")
    .replace(/^<details><summary>.*<\/summary>$/gm, (html) => html.replaceAll("](", "")) // Markdown is not read inside HTML.
    .replace(/(?<!\\)`[^`\n]*`/g, "");
  expect(prose, of).not.toMatch(/(?<!\\)<(?:script|\/td)|(?<!\\)\]\(http:\/\/e|(?<![\w`\\])@team/);
}

const project = (changed: Json = {}): Record<string, Json> => ({
  "rules/one.rule.yml": rule({
    name: `One ${EVIL}`,
    description: EVIL,
    tags: [EVIL],
    references: [EVIL],
    author: [EVIL],
    exceptions: ["trusted"],
    actions: [{ connector: "soc-slack", params: { message: EVIL } }],
    ...changed,
  }),
  "rules/trusted.exceptions.yml": list([item("a", { name: `Item ${EVIL}`, description: EVIL })], {
    name: `List ${EVIL}`,
    description: EVIL,
  }),
  "rules/soc.connector.yml": slack,
  "rules/bad\u001b[2J\u202e.rule.yml": rule({ rule_id: "r2", name: `Bad ${EVIL}` }),
});

/** A world that was deployed to, and edited in Kibana by someone with a name of this kind. */
async function hostileWorld(test: (world: DeployWorld) => Promise<void>): Promise<void> {
  await DeployWorld.use(project(), {}, async (world) => {
    world.env["SLACK_URL"] = "https://hooks.example.com/x";
    world.env["GITHUB_STEP_SUMMARY"] = join(world.root, "summary.md");
    await world.apply();
    await world.send("patch", "/api/detection_engine/rules", { rule_id: "r1", severity: "high", note: EVIL });
    await world.send("post", "/api/detection_engine/rules", {
      rule_id: "foreign", name: `Foreign ${EVIL}`, description: EVIL, type: "query", query: "*:*", index: ["a"],
      severity: "low", risk_score: 1,
    }); // prettier-ignore
    world.rewrite = (_, text) =>
      text.replaceAll(/"(updated|created)_by":"[^"]*"/g, `"$1_by":${JSON.stringify(EVIL)}`);
    await test(world);
  });
}

describe("hostile names and values", () => {
  it("come out of every command as text alone", () =>
    hostileWorld(async (world) => {
      const safe = async (...args: string[]): Promise<string> => {
        const { out, err } = await world.run(...args);
        const of = args.join(" ");
        expect(out + err, of).not.toBe("");
        expectSafe(out, of);
        expectSafe(err, of);
        if (args.includes("markdown")) expectPlainMarkdown(out, of);
        return out + err;
      };
      const env = ["--env", "test"];
      const formats = (...names: string[]): string[][] => names.map((name) => ["--format", name]);
      for (const format of formats("pretty", "json", "github", "sarif", "junit"))
        await safe("validate", ...format);
      for (const format of formats("pretty", "json")) {
        await safe("doctor", ...env, ...format);
        await safe("preview", ...env, ...format);
        await safe("fmt", "--check", ...format);
        await safe("build", "--out", join(world.root, "built"), ...format);
        await safe("export", "--out", join(world.root, "made\u001b[2J.ndjson"), ...format);
      }
      await safe("export", "--out", "-");
      world.write(
        "rules/one.rule.yml",
        project({ setup: EVIL, severity: "critical" })["rules/one.rule.yml"]!,
      );
      for (const format of formats("pretty", "json", "markdown")) {
        await safe("plan", ...env, ...format, "--trace");
        await safe("drift", ...env, ...format);
      }
      await safe("plan", ...env, "--overwrite-drift", "--explain");
      await safe("apply", ...env, "--yes");
      await safe("apply", ...env, "--yes", "--overwrite-drift");
      expectSafe(world.read("summary.md"), "summary");
      expectPlainMarkdown(world.read("summary.md"), "summary");
      const listed = await safe("rollback", ...env);
      await safe("rollback", ...env, "--yes", /^ {2}(\S+)$/m.exec(listed)![1]!);
      await safe("pull", ...env, "--all");
      await safe("pull", ...env, "--all", "--force", "--format", "json");
      world.write("in.json", { ...rule({ rule_id: "in", name: `In ${EVIL}` }), [EVIL]: 1 });
      for (const format of formats("pretty", "json"))
        await safe("import", join(world.root, "in.json"), "--out", join(world.root, "imported"), ...format);
    }));

  it("in git come out of a diff as text alone", () =>
    DeployWorld.use(project(), {}, async (world) => {
      const git = (...args: string[]): void =>
        void execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
          cwd: world.root,
        });
      git("init", "-q");
      git("add", "-A");
      git("commit", "-qm", "one");
      world.write(
        "rules/one.rule.yml",
        project({ severity: "high", tags: [`${EVIL}2`] })["rules/one.rule.yml"]!,
      );
      for (const format of ["pretty", "json", "markdown"]) {
        const { out, err } = await world.run("diff", "--format", format);
        expect(out, err).toContain("One");
        expectSafe(out + err, format);
        if (format === "markdown") expectPlainMarkdown(out, format);
      }
    }));

  it("on the command line are one line of an error", async () => {
    await DeployWorld.use({}, {}, async (world) => {
      for (const args of [
        [EVIL],
        ["validate", `--${EVIL}`],
        ["validate", "--format", EVIL],
        ["plan", "--env", EVIL],
        ["rollback", EVIL, "--env", "test"],
        ["explain", EVIL],
        ["apply", EVIL, "--env", "test"],
        ["query", EVIL],
      ]) {
        const { exit, out, err } = await world.run(...args);
        expect(exit, err).not.toBe(0);
        expectSafe(out, args.join(" "));
        expectSafe(err, args.join(" "));
      }
    });
    await DeployWorld.use({}, {}, async (world) => {
      const { err } = await world.run("validate", "--formt\n::error::x");
      expect(err).toBe("error: unknown option '--formt\\n::error::x'\n(run with --help for the options)\n");
      expect((await world.run("validate", "--formt")).err).toBe(
        "error: unknown option '--formt'\n(Did you mean --format?)\n(run with --help for the options)\n",
      );
    });
  });

  it("in events come out of a query as text alone", () =>
    DeployWorld.use({}, {}, async (world) => {
      world.write("events.ndjson", `${JSON.stringify({ process: { name: EVIL }, [EVIL]: EVIL })}\n`);
      const file = join(world.root, "events.ndjson");
      for (const args of [
        ["process.name : *", file],
        ["process.name : *", file, "--explain"],
        ["process.name : *", file, "--format", "json"],
        ["FROM events | KEEP process.name", file],
        ["FROM events | KEEP process.name", file, "--format", "ndjson"],
        ["FROM events | KEEP process.name", file, "--format", "json"],
        ["FROM events | KEEP process.name", file, "--explain"],
      ]) {
        const { out, err } = await world.run("query", ...args);
        expect(out, err).not.toBe("");
        expectSafe(out, args.join(" "));
        expectSafe(err, args.join(" "));
      }
    }));
});
