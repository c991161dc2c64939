import {
  chmodSync,
  existsSync,
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
import { afterEach, beforeEach, expect, it } from "vitest";
import { Staging } from "../../src/cli/staging.js";

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "kdac-staging-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const all = (): string[] => readdirSync(root, { recursive: true, encoding: "utf8" }).sort();

it("puts files in their places together, and leaves nothing else", () => {
  mkdirSync(join(root, "rules"));
  writeFileSync(join(root, "rules/a.rule.yml"), "before\n");
  chmodSync(join(root, "rules/a.rule.yml"), 0o600);
  const staging = new Staging(root);
  staging.add(join(root, "rules/a.rule.yml"), "a\n");
  staging.add(join(root, "rules/deep/b.rule.yml"), "b\n");
  // A run that is killed here leaves each file as it was, and nothing beside it.
  expect(all().filter((path) => !path.startsWith(".kdac"))).toEqual(["rules", "rules/a.rule.yml"]);
  expect(readFileSync(join(root, "rules/a.rule.yml"), "utf8")).toBe("before\n");
  staging.commit();
  expect(all()).toEqual(["rules", "rules/a.rule.yml", "rules/deep", "rules/deep/b.rule.yml"]);
  expect(readFileSync(join(root, "rules/a.rule.yml"), "utf8")).toBe("a\n");
  expect(statSync(join(root, "rules/a.rule.yml")).mode & 0o777).toBe(0o600);
});

it("removes what a killed run left, and nothing of runs that are at work, nor their journals", () => {
  // No process has the highest id there is.
  const dead = "staging-4194304-x";
  const alive = `staging-${process.pid}-x`;
  for (const name of [dead, alive, "journals"]) {
    mkdirSync(join(root, ".kdac", name), { recursive: true });
    writeFileSync(join(root, ".kdac", name, "0"), "");
  }
  const staging = new Staging(root);
  staging.add(join(root, "a.rule.yml"), "a\n");
  expect(existsSync(join(root, ".kdac", dead))).toBe(false);
  staging.discard();
  expect(all()).toEqual([
    ".kdac",
    `.kdac/journals`,
    ".kdac/journals/0",
    `.kdac/${alive}`,
    `.kdac/${alive}/0`,
  ]);
});

it("touches nothing where nothing is written", () => {
  const staging = new Staging(root);
  staging.commit();
  staging.discard();
  expect(all()).toEqual([]);
});

it("says which place it cannot write, and takes back what it staged", () => {
  writeFileSync(join(root, "file"), "");
  const staging = new Staging(root);
  staging.add(join(root, "file", "below.rule.yml"), "a\n");
  expect(() => staging.commit()).toThrow(/^cannot write .*file: /);
  expect(all()).toEqual(["file"]);
});
