/** Every command that the documentation shows is run here, and every rule that it shows is checked. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Running, serve } from "../../src/emulator/index.js";
import { createKibana } from "../../src/emulator/index.js";
import { kdac, words } from "../support/cli.js";
import { filesBelow, read, root } from "../support/source-tree.js";

/** Commands that are run elsewhere, with the place that does. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "npm ci && npm start": "test/house/demo.test.ts, after CI's npm ci",
  "npm start -- --serve": "test/house/demo.test.ts",
  "npm ci && npm test": ".ci/run",
  "npx kdac kibana": "test/cli/kibana.test.ts",
};

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "rules/README.md",
  ...filesBelow("docs", (name) => name.endsWith(".md")),
];

interface Block {
  readonly page: string;
  readonly info: string;
  readonly text: string;
}

const blocks: Block[] = pages.flatMap((page) =>
  [...read(page).matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page,
    info: match[1]!.trim(),
    text: match[2]!,
  })),
);
const commands = blocks
  .filter((block) => block.info === "sh")
  .flatMap(({ page, text }) =>
    text
      .replace(/\\\n\s*/g, " ")
      .split("\n")
      .map((line) => line.replace(/\s+#.*$/, "").trim())
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => ({ page, line })),
  );

let home: string;
let kibana: Running;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "kdac-docs-"));
  for (const part of ["rules", "schemas", "kdac.config.yml"])
    cpSync(join(root, part), join(home, part), { recursive: true });
  // Events that a page's commands read: ```ndjson name.
  for (const { info, text } of blocks)
    if (info.startsWith("ndjson ")) writeFileSync(join(home, info.slice("ndjson ".length)), text);
  // Revisions to compare.
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "."],
    ["commit", "-q", "-m", "one"],
    ["commit", "-q", "--allow-empty", "-m", "two"],
  ])
    expect(spawnSync("git", [...who, ...args], { cwd: home }).status).toBe(0);
  kibana = await serve(createKibana({ apiKey: "docs", spaces: ["soc-emea"] }), { port: 0 });
});

afterAll(async () => {
  await kibana.close();
  rmSync(home, { recursive: true, force: true });
});

describe("commands in the documentation", () => {
  it("are there", () => {
    expect(commands.length).toBeGreaterThan(5);
  });

  it.each(commands)("$page: $line", async ({ line }) => {
    if (line in RUN_ELSEWHERE) return;
    const words_ = words(line);
    const env: Record<string, string> = { KIBANA_URL: kibana.url, KIBANA_API_KEY: kibana.apiKey };
    while (/^[A-Z_]+=/.test(words_[0]!)) {
      const [name, value] = words_.shift()!.split("=", 2);
      env[name!] ??= value!;
    }
    expect(words_.splice(0, 2), `a command that no test runs: ${line}`).toEqual(["npx", "kdac"]);
    const { exit, out, err } = await kdac(words_, { cwd: home, env });
    expect([0, 3], `${out}\n${err}`).toContain(exit);
  });
});

describe("programs in the documentation", () => {
  const programs = blocks.filter((block) => block.info === "ts run");

  it("are there", () => expect(programs.length).toBeGreaterThan(0));

  /** A program prints what the comments behind its lines say. */
  it.each(programs.map((block, i) => ({ ...block, i })))("$page, program $i", async ({ text, i }) => {
    const file = join(home, `program-${i}.ts`);
    const source = (name: string): string => join(root, "src", name.slice(1), "index.ts");
    writeFileSync(
      file,
      text.replace(/"kibana-detections-as-code(\/\w+)?"/g, (_all, name = "") =>
        JSON.stringify(source(name as string)),
      ),
    );
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await import(/* @vite-ignore */ file);
    const lines = said.mock.calls.map((words) => words.join(" "));
    said.mockRestore();
    expect(lines).toEqual([...text.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line));
  });
});

describe("rules in the documentation", () => {
  const rules = blocks.filter((block) => block.info === "yaml rule");

  it.each(rules.map((block, i) => ({ ...block, i })))("$page, block $i", async ({ text, i }) => {
    const folder = mkdtempSync(join(tmpdir(), "kdac-docs-rule-"));
    try {
      writeFileSync(join(folder, `example-${i}.rule.yml`), text);
      const { exit, out } = await kdac(["validate", folder], { cwd: folder });
      expect(exit, out).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
