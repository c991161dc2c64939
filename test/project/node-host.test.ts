import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodeHost } from "../../src/project/index.js";

let home: string;
const host = nodeHost({});

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "kdac-host-"));
  writeFileSync(join(home, "text.yml"), "name: ü\n");
  writeFileSync(join(home, "latin1.yml"), Buffer.from("name: ü\n", "latin1"));
  mkdirSync(join(home, "folder"));
  symlinkSync("folder", join(home, "link"));
  symlinkSync("nowhere", join(home, "broken"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it("reads text, and nothing where there is no file", () => {
  expect(host.read(join(home, "text.yml"))).toBe("name: ü\n");
  expect(host.read(join(home, "absent.yml"))).toBeUndefined();
});

it("refuses what is not UTF-8 instead of replacing it", () => {
  expect(() => host.read(join(home, "latin1.yml"))).toThrow(/not UTF-8/);
});

it("lists folders, and what links lead to", () => {
  const entries = [...host.list(home)!].sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(entries).toEqual([
    { name: "broken", kind: "other", link: true },
    { name: "folder", kind: "folder", link: false },
    { name: "latin1.yml", kind: "file", link: false },
    { name: "link", kind: "folder", link: true },
    { name: "text.yml", kind: "file", link: false },
  ]);
  expect(host.list(join(home, "absent"))).toBeUndefined();
  expect(host.list(join(home, "text.yml"))).toBeUndefined();
});
