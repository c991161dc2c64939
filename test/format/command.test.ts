import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SCHEMAS } from "../schema/schemas.js";
import { kdac } from "../support/cli.js";

const base = mkdtempSync(join(tmpdir(), "kdac-fmt-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const UNTIDY = "type: eql\nname: a  \n";
const TIDY = "name: a\ntype: eql\n";
const BROKEN = "name: [a  \n";

let home: string;
const put = (file: string, text: string): void => {
  mkdirSync(join(home, file, ".."), { recursive: true });
  writeFileSync(join(home, file), text);
};
const get = (file: string): string => readFileSync(join(home, file), "utf8");

beforeEach(() => {
  home = mkdtempSync(join(base, "in-"));
  put("kdac.config.yml", "stack: '9.5'\nname: a\n");
  put("rules/a.rule.yml", UNTIDY);
  put("rules/tidy.rule.yml", TIDY);
});

describe("kdac fmt", () => {
  it("rewrites what is not in order, and nothing a second time", async () => {
    const before = statSync(join(home, "rules/tidy.rule.yml")).mtimeMs;
    expect(await kdac(["fmt"], { cwd: home })).toEqual({
      exit: 0,
      out: "Formatted kdac.config.yml\nFormatted rules/a.rule.yml\n2 files formatted, 1 file in order.\n",
      err: "",
    });
    expect(get("rules/a.rule.yml")).toBe(TIDY);
    expect(get("kdac.config.yml")).toBe("name: a\nstack: '9.5'\n");
    expect(statSync(join(home, "rules/tidy.rule.yml")).mtimeMs).toBe(before);
    expect(await kdac(["fmt"], { cwd: home })).toEqual({ exit: 0, out: "3 files in order.\n", err: "" });
    expect(await kdac(["fmt", "--check"], { cwd: home })).toMatchObject({ exit: 0 });
    expect(readdirSync(join(home, "rules")).toSorted()).toEqual(["a.rule.yml", "tidy.rule.yml"]);
  });

  it("with --check writes nothing, shows the difference, and fails", async () => {
    const { exit, out } = await kdac(["fmt", "--check", "rules"], { cwd: home });
    expect(exit).toBe(1);
    expect(out).toBe(
      "rules/a.rule.yml is not formatted\n  @@ -1,2 +1,2 @@\n  +name: a\n   type: eql\n  -name: a  \n\n1 file would change; run kdac fmt, 1 file in order.\n",
    );
    expect(get("rules/a.rule.yml")).toBe(UNTIDY);
  });

  it.each([
    [["rules/a.rule.yml"], "Formatted rules/a.rule.yml\n1 file formatted.\n"],
    [["kdac.config.yml"], "Formatted kdac.config.yml\n1 file formatted.\n"],
    [["rules"], "Formatted rules/a.rule.yml\n1 file formatted, 1 file in order.\n"],
    [["."], "Formatted kdac.config.yml\nFormatted rules/a.rule.yml\n2 files formatted, 1 file in order.\n"],
  ])("formats only what %j covers", async (paths, out) => {
    expect(await kdac(["fmt", ...paths], { cwd: home })).toEqual({ exit: 0, out, err: "" });
  });

  it("leaves files with errors alone, formats the others, and fails", async () => {
    put("rules/broken.rule.yml", BROKEN);
    const { exit, out } = await kdac(["fmt", "rules"], { cwd: home });
    expect(exit).toBe(1);
    expect(out).toContain("rules/broken.rule.yml:1:7  error  yaml/unclosed-bracket");
    expect(out).toContain("\n1 file formatted, 1 file left alone because of errors, 1 file in order.\n");
    expect(get("rules/broken.rule.yml")).toBe(BROKEN);
    expect(get("rules/a.rule.yml")).toBe(TIDY);
  });

  it("formats every kind of file that people write, and no other", async () => {
    const formatted = [
      "b.rule.zh-CN.yml",
      "c.exceptions.yml",
      "d.connector.yml",
      "e.rule.yaml",
      "h.values.yml",
    ];
    const others = ["f.fragment.md", "g.test.yml", "h.values.txt", "i.yml", "j.txt"];
    for (const name of [...formatted, ...others]) put(`rules/${name}`, "name: a  \n");
    put("schemas/custom-fields.yml", "fields: {}  \n");
    put("schemas/fields.lock.json", '{"version": 1}  ');
    await kdac(["fmt"], { cwd: home });
    for (const name of formatted) expect(get(`rules/${name}`), name).toBe("name: a\n");
    for (const name of others) expect(get(`rules/${name}`), name).toBe("name: a  \n");
    expect(get("schemas/custom-fields.yml")).toBe("fields: {}\n");
    expect(get("schemas/fields.lock.json")).toBe('{"version": 1}  ');
  });

  it("takes names from the ATT&CK version of the project's stack", async () => {
    put("rules/a.rule.yml", "attack: { TA0005: [] }\n");
    put("kdac.config.yml", 'name: a\nstack: "9.4"\n');
    const { out } = await kdac(["fmt", "--check"], { cwd: home });
    expect(out).toContain("+attack: { TA0005 Defense Evasion: [] }");
    put("kdac.config.yml", 'name: a\nstack: "9.5"\n');
    await kdac(["fmt", "rules"], { cwd: home });
    expect(get("rules/a.rule.yml")).toBe("attack: { TA0005 Stealth: [] }\n");
  });

  it("keeps a file's mode, and writes through a link", async () => {
    chmodSync(join(home, "rules/a.rule.yml"), 0o640);
    put("elsewhere/l.rule.yml", UNTIDY);
    symlinkSync("../elsewhere/l.rule.yml", join(home, "rules/l.rule.yml"));
    await kdac(["fmt"], { cwd: home });
    expect(statSync(join(home, "rules/a.rule.yml")).mode & 0o777).toBe(0o640);
    expect(get("elsewhere/l.rule.yml")).toBe(TIDY);
    expect(
      readdirSync(join(home, "rules"), { withFileTypes: true })
        .find(({ name }) => name === "l.rule.yml")!
        .isSymbolicLink(),
    ).toBe(true);
  });

  it.each([
    ["a path that is not there", ["rules/none.rule.yml"], 1],
    ["a file of another kind", ["rules/notes.txt"], 1],
    ["paths of two projects", ["rules", ".."], 2],
  ])("fails for %s", async (_, paths, code) => {
    put("rules/notes.txt", "a  \n");
    expect((await kdac(["fmt", ...paths], { cwd: home })).exit).toBe(code);
    expect(get("rules/notes.txt")).toBe("a  \n");
  });

  it("does not pass where there is nothing to format", async () => {
    const empty = mkdtempSync(join(base, "empty-"));
    const { out } = await kdac(["fmt"], { cwd: empty });
    expect(out).toContain("project/no-rules");
    expect(out).toContain("0 files in order.\n");
  });

  it("shows the end of a long difference as a number", async () => {
    const keys = Array.from({ length: 60 }, (_, i) => `x${i}: 1`).join("  \n");
    put("rules/a.rule.yml", `${keys}  \n`);
    const { out } = await kdac(["fmt", "--check", "rules/a.rule.yml"], { cwd: home });
    expect(out.split("\n").length).toBeLessThan(50);
    expect(out).toMatch(/… \d+ more lines\n/);
  });

  it("shows nothing that a terminal would obey", async () => {
    put("rules/a.rule.yml", `name: "\\e[31m"  \ndescription: \u202ea  \n`);
    const { out } = await kdac(["fmt", "--check", "rules/a.rule.yml"], { cwd: home });
    expect(out).not.toContain("\u202e");
  });

  it.each([[[]], [["--check"]]])("prints JSON as its schema says: %j", async (args) => {
    put("rules/broken.rule.yml", BROKEN);
    const { exit, out } = await kdac(["fmt", ...args, "--format", "json"], { cwd: home });
    expect(exit).toBe(1);
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(
      SCHEMAS.get("output/fmt.schema.json")!,
    );
    const printed = JSON.parse(out) as { files: unknown[]; summary: unknown };
    expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
    expect(printed.summary).toEqual({ files: 4, changed: 2, refused: 1 });
    expect(printed.files).toContainEqual({
      file: "rules/a.rule.yml",
      action: "changed",
      diff: ["@@ -1,2 +1,2 @@", "+name: a", " type: eql", "-name: a  "],
    });
  });
});
