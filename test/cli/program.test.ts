import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow } from "../support/source-tree.js";
import { kdac } from "../support/cli.js";

const commands = filesBelow("src/cli/commands", (name) => name.endsWith(".ts")).map((file) =>
  file.slice("src/cli/commands/".length, -3),
);

describe("the command line", () => {
  it("lists in its help the commands that there are, and no others", async () => {
    const { out, exit } = await kdac(["--help"]);
    const listed = [...out.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1]!);
    expect(listed.sort()).toEqual([...commands].sort());
    expect(exit).toBe(0);
  });

  it.each(commands)("%s explains itself", async (command) => {
    const { out, exit } = await kdac([command, "--help"]);
    expect(exit).toBe(0);
    expect(out).toContain(`kdac ${command}`);
  });

  it.each([
    [["validat"], /unknown command 'validat'[\s\S]*validate/],
    [["validate", "--formt", "json"], /unknown option '--formt'/],
    [["validate", "--format", "xml"], /xml.*invalid/],
    [["validate", "--config", "nope.yml"], /no configuration file at nope.yml/],
    [["plan"], /--env/],
    [["plan", "--env", "nowhere"], /no environment "nowhere"/],
    [["explain", "rule/nonsense"], /no finding "rule\/nonsense"/],
    [["kibana", "--port", "high"], /"high" is not a port/],
    [["apply"], /--env/],
    [["apply", "no-plan.json", "--env", "local"], /cannot read the plan/],
  ])("%j is wrong use: exit 2", async (args, message) => {
    const { exit, err, out } = await kdac(args, { cwd: join(import.meta.dirname, "../..") });
    expect(err).toMatch(message);
    expect(out).toBe("");
    expect(exit).toBe(2);
  });

  it("says that a misspelt code does not exist, and names the nearest", async () => {
    const { err } = await kdac(["explain", "rule/duplicate-nam"]);
    expect(err).toContain('did you mean "rule/duplicate-name"');
  });

  it("never shows a credential, neither as a finding nor as a plan", async () => {
    const home = mkdtempSync(join(tmpdir(), "kdac-cli-"));
    try {
      writeFileSync(
        join(home, "kdac.config.yml"),
        "name: x\nenvironments:\n  e:\n    url: ${U}\n    api_key: ${K}\n    spaces: [default]\n",
      );
      const { out, err, exit } = await kdac(["plan", "--env", "e"], {
        cwd: home,
        env: { U: "http://127.0.0.1:9", K: "s3cr3t-k3y" },
      });
      expect(exit).toBe(1);
      expect(out + err).not.toContain("s3cr3t");
      expect(out).toContain("kdac.config.yml:4");
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
