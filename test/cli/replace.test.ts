import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replace } from "../../src/cli/replace.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kdac-replace-"));
  mkdirSync(join(root, "rules"));
  writeFileSync(at("staged"), "new\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (path: string): string => join(root, path);
const read = (path: string): string => readFileSync(at(path), "utf8");
const refusal = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

/** Renames as between two file systems: only what lies in one folder. */
const betweenDisks = (moves: string[][]): typeof renameSync => {
  return (from, to) => {
    moves.push([from, to].map((path) => String(path).slice(root.length + 1)));
    if (moves.length === 1) throw refusal("EXDEV");
    renameSync(from, to);
  };
};

describe("a file that goes to another file system", () => {
  it("is copied beside its place and put there whole, with the mode of the one before", () => {
    writeFileSync(at("rules/a.rule.yml"), "old\n");
    chmodSync(at("rules/a.rule.yml"), 0o640);
    const moves: string[][] = [];
    replace(at("staged"), at("rules/a.rule.yml"), betweenDisks(moves));
    expect(moves).toEqual([
      ["staged", "rules/a.rule.yml"],
      [expect.stringMatching(/^rules\/\.a\.rule\.yml\.[-\da-f]{36}\.part$/), "rules/a.rule.yml"],
    ]);
    expect(readdirSync(at("rules"))).toEqual(["a.rule.yml"]);
    expect([read("rules/a.rule.yml"), statSync(at("rules/a.rule.yml")).mode & 0o777]).toEqual([
      "new\n",
      0o640,
    ]);
  });

  it("is where a link leads, and the link stays one", () => {
    writeFileSync(at("real.yml"), "old\n");
    symlinkSync(at("real.yml"), at("rules/a.rule.yml"));
    replace(at("staged"), at("rules/a.rule.yml"), betweenDisks([]));
    expect([lstatSync(at("rules/a.rule.yml")).isSymbolicLink(), read("real.yml")]).toEqual([true, "new\n"]);
    expect(readdirSync(root).sort()).toEqual(["real.yml", "rules", "staged"]);
  });

  it.each(["EXDEV", "EACCES"])("leaves the one before, and no copy, where that fails (%s)", (code) => {
    writeFileSync(at("rules/a.rule.yml"), "old\n");
    let renames = 0;
    const refuse = (): void => {
      throw refusal(renames++ === 0 ? "EXDEV" : code);
    };
    expect(() => replace(at("staged"), at("rules/a.rule.yml"), refuse)).toThrow(`${code}: refused`);
    expect([renames, readdirSync(at("rules")), read("rules/a.rule.yml")]).toEqual([
      2,
      ["a.rule.yml"],
      "old\n",
    ]);
  });
});

it("is not copied where its place refuses it", () => {
  const refuse = (): void => {
    throw refusal("EACCES");
  };
  expect(() => replace(at("staged"), at("rules/a.rule.yml"), refuse)).toThrow("EACCES: refused");
  expect(readdirSync(at("rules"))).toEqual([]);
});
