import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runFiles } from "../../src/cli/run-files.js";
import { writeFiles } from "../../src/cli/write-files.js";
import { DeployWorld, rule } from "../support/deploy-world.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kdac-run-files-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const at = (path: string): string => join(root, ".kdac", path);

describe("the files of runs", () => {
  it("are for their owner alone, in folders that are", async () => {
    const files = runFiles(root);
    await files.append("journal/a.ndjson", "1\n");
    await files.write("snapshots/a/snapshot.json", ["{", "}"]);
    for (const folder of ["", "journal", "snapshots", "snapshots/a"]) expect(modeOf(at(folder))).toBe(0o700);
    for (const file of ["journal/a.ndjson", "snapshots/a/snapshot.json"])
      expect(modeOf(at(file))).toBe(0o600);
    expect(readFileSync(at("snapshots/a/snapshot.json"), "utf8")).toBe("{}");
  });

  it("are closed where they were open", async () => {
    mkdirSync(at("journal"), { recursive: true });
    for (const folder of ["", "journal"]) chmodSync(at(folder), 0o777);
    writeFileSync(at("journal/a.ndjson"), "1\n");
    chmodSync(at("journal/a.ndjson"), 0o666);
    writeFileSync(at(".gitignore"), "");
    chmodSync(at(".gitignore"), 0o666);
    const files = runFiles(root);
    await files.append("journal/a.ndjson", "2\n");
    await files.write(".gitignore", ["*\n"]);
    for (const folder of ["", "journal"]) expect(modeOf(at(folder))).toBe(0o700);
    for (const file of ["journal/a.ndjson", ".gitignore"]) expect(modeOf(at(file))).toBe(0o600);
    expect(readFileSync(at("journal/a.ndjson"), "utf8")).toBe("1\n2\n");
  });

  it("are whole or not there", async () => {
    const pieces = function* (): Generator<string> {
      yield "{";
      throw new Error("stopped");
    };
    await expect(runFiles(root).write("a.json", pieces())).rejects.toThrow("stopped");
    expect(readdirSync(at(""))).toEqual([]);
  });
});

describe("a plan's file", () => {
  it("is for its owner alone, also where a file was there that all may read", () =>
    DeployWorld.use({ "rules/one.rule.yml": rule({}) }, {}, async (world) => {
      const out = join(world.root, "plan.json");
      writeFileSync(out, "old");
      chmodSync(out, 0o666);
      await world.run("plan", "--env", "test", "--out", "plan.json");
      expect(modeOf(out)).toBe(0o600);
      await world.apply();
      const { out: listed } = await world.run("rollback", "--env", "test", "--format", "json");
      const [name] = (JSON.parse(listed) as { snapshots: string[] }).snapshots;
      await world.run("rollback", name!, "--env", "test", "--out", "back.json");
      expect(modeOf(join(world.root, "back.json"))).toBe(0o600);
      const snapshot = join(world.root, ".kdac/snapshots", name!);
      for (const file of readdirSync(snapshot)) expect(modeOf(join(snapshot, file))).toBe(0o600);
      expect(readdirSync(world.root).filter((file) => file.endsWith(".part"))).toEqual([]);
    }));

  it("that is no plan keeps its mode", () => {
    const path = join(root, "rule.yml");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    writeFiles([{ path, text: "new" }]);
    expect([modeOf(path), readFileSync(path, "utf8")]).toEqual([0o640, "new"]);
  });
});

describe("a signal", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s that ends kdac leaves no part of a file",
    async (signal) => {
      const module = new URL("../../src/cli/run-files.ts", import.meta.url).href;
      const script = `
      const { runFiles } = await import(${JSON.stringify(module)});
      const pieces = { *[Symbol.iterator]() { for (;;) yield "x".repeat(1000); } };
      setTimeout(() => console.log("writing"), 200);
      await runFiles(${JSON.stringify(root)}).write("a.json", pieces);`;
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        cwd: join(import.meta.dirname, "../.."),
        stdio: ["ignore", "pipe", "inherit"],
      });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      expect(readdirSync(at(""))).toEqual([expect.stringMatching(/^a\.json\..*\.part$/)]);
      child.kill(signal);
      const ended = await new Promise((resolve) => child.once("exit", (_, by) => resolve(by)));
      expect(ended).toBe(signal);
      expect(readdirSync(at(""))).toEqual([]);
    },
    60_000,
  );
});
