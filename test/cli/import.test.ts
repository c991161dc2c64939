import { execFileSync } from "node:child_process";
import {
  chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync,
} from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ran, kdac } from "../support/cli.js";
import { read } from "../support/source-tree.js";
import { connector, item, list, rule } from "../intake/support.js";

const UUID = "2e94b7c1-0d58-4a63-b1f9-6c87d3e05a42";
const EXPORT = [
  rule({
    tags: ["OS: Windows"],
    exceptions_list: [{ id: "x", list_id: "trusted", type: "detection", namespace_type: "single" }],
  }),
  rule({ rule_id: "two", name: "Two" }),
  list(),
  item(),
  connector(UUID, "soc-index", { index: "soc" }),
  {
    exported_count: 5,
    exported_rules_count: 2,
    exported_exception_list_count: 1,
    exported_exception_list_item_count: 1,
    exported_action_connector_count: 1,
  },
];
const TOML = `[metadata]
creation_date = "2024/01/01"
maturity = "production"
updated_date = "2024/01/01"

[rule]
author = ["Elastic"]
description = "Finds three."
language = "kuery"
license = "Elastic License v2"
name = "Three"
risk_score = 21
rule_id = "three"
severity = "low"
type = "query"
query = '''
user.name: three
'''
`;

const ndjson = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kdac-import-"));
});
afterEach(() => {
  execFileSync("chmod", ["-R", "u+rwX", folder]);
  rmSync(folder, { recursive: true });
});

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const run = (...args: string[]): Promise<Ran> => kdac(["import", ...args], { cwd: folder });
const text = (path: string): string => readFileSync(join(folder, path), "utf8");
/** Every file below a folder of the test's own, with its text. */
function everything(below = "."): Record<string, string> {
  const names = readdirSync(join(folder, below), { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => lstatSync(join(folder, below, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, text(join(below, name))]));
}

describe("kdac import", () => {
  it("writes a project's files, and says what became of what", async () => {
    put("export.ndjson", ndjson(EXPORT));
    const { exit, out, err } = await run("export.ndjson");
    expect(out).toBe(
      [
        "+ rules/_shared/connectors/soc-index.connector.yml  export.ndjson:5",
        "+ rules/_shared/exceptions/trusted.exceptions.yml  export.ndjson:3",
        "+ rules/windows/one.rule.yml  export.ndjson:1",
        "+ rules/other/two.rule.yml  export.ndjson:2",
        "",
        "Read 2 rules, 1 exception list with 1 item and 1 connector from 1 file. Files in rules: 4 created.",
        "",
      ].join("\n"),
    );
    expect(err).toBe("");
    expect(exit).toBe(0);
    expect(Object.keys(everything("rules"))).toHaveLength(4);
    expect((await kdac(["validate"], { cwd: folder })).exit).toBe(0);
  });

  it("changes nothing when it is run again", async () => {
    put("export.ndjson", ndjson(EXPORT));
    await run("export.ndjson");
    const before = everything();
    const time = statSync(join(folder, "rules/windows/one.rule.yml")).mtimeMs;
    const { exit, out } = await run("export.ndjson", "--force");
    expect(out).toBe(
      "Read 2 rules, 1 exception list with 1 item and 1 connector from 1 file. Files in rules: 4 unchanged.\n",
    );
    expect(exit).toBe(0);
    expect(everything()).toEqual(before);
    expect(statSync(join(folder, "rules/windows/one.rule.yml")).mtimeMs).toBe(time);
  });

  it("overwrites with --force alone", async () => {
    put("export.ndjson", ndjson(EXPORT));
    await run("export.ndjson");
    const path = "rules/other/two.rule.yml";
    put(path, text(path).replace("severity: low", "severity: high # ours"));
    chmodSync(join(folder, path), 0o640);
    const before = everything();
    const refused = await run("export.ndjson");
    expect(refused.exit).toBe(1);
    expect(refused.out).toContain("export.ndjson:2 /severity  error  import/would-overwrite  ");
    expect(refused.out).toContain(`! ${path}  export.ndjson:2\n`);
    expect(everything()).toEqual(before);
    const forced = await run("export.ndjson", "--force");
    expect(forced.out).toContain(`~ ${path}  export.ndjson:2\n`);
    expect(forced.exit).toBe(0);
    expect(text(path)).toContain("\nseverity: low # ours\n");
    expect(statSync(join(folder, path)).mode & 0o777).toBe(0o640);
  });

  it("prints one document for programs, as its schema says", async () => {
    put("export.ndjson", `${ndjson(EXPORT)}{"broken": \n`);
    put("more/rules.ndjson.gz", gzipSync(ndjson([rule({ rule_id: "four", name: "Four", x_field: 1 })])));
    put("more/three.toml", TOML);
    const schema = JSON.parse(read("schemas/output/import.schema.json")) as object;
    const validate = new Ajv2020({ strict: true, allErrors: true, strictRequired: false }).compile(schema);
    const { out, exit } = await run("export.ndjson", "more", "--format", "json");
    const output = JSON.parse(out) as { summary: object; files: object[]; diagnostics: object[] };
    expect(validate(output), JSON.stringify(validate.errors)).toBe(true);
    expect(exit).toBe(1);
    expect(output.summary).toMatchObject({ sources: 3, rules: 4, created: 6, errors: 1, warnings: 1 });
    expect(output.files).toContainEqual({
      file: "rules/other/two.rule.yml",
      action: "create",
      kind: "rule",
      id: "two",
      name: "Two",
      source: { file: "export.ndjson", line: 2 },
    });
    expect(output.diagnostics).toMatchObject([
      { code: "source/broken-json", source: { file: "export.ndjson", line: 7 } },
      {
        code: "import/unknown-field",
        pointer: "/x_field",
        source: { file: "more/rules.ndjson.gz", line: 1 },
      },
    ]);
  });

  it("reads folders, but for what is not a team's own and where the results go", async () => {
    put("node_modules/a/rule.json", JSON.stringify(rule({ rule_id: "no" })));
    put(".git/rule.json", JSON.stringify(rule({ rule_id: "no" })));
    put("rules/rule.json", JSON.stringify(rule({ rule_id: "no" })));
    put("a/b/three.toml", TOML);
    put("readme.md", "# Rules\n");
    symlinkSync(".", join(folder, "loop"));
    const { exit } = await run(".", "--layout", "mirror");
    expect(exit).toBe(0);
    expect(Object.keys(everything("rules"))).toEqual(["a/b/three.rule.yml", "rule.json"]);
  });

  it.each([
    ["by-os", "other/three.rule.yml"],
    ["by-tactic", "no-tactic/three.rule.yml"],
    ["flat", "three.rule.yml"],
    ["mirror", "windows/three.rule.yml"],
  ])("layout %s", async (layout, path) => {
    put("fork/windows/three.toml", TOML);
    await run("fork", "--out", "imported/here", "--layout", layout);
    expect(Object.keys(everything("imported/here"))).toEqual([path]);
  });

  it("takes the versions of rules from a lock", async () => {
    put("three.toml", TOML);
    put(
      "version.lock.json",
      JSON.stringify({ three: { rule_name: "Three", sha256: "x", type: "query", version: 12 } }),
    );
    await run("three.toml", "--lock", "version.lock.json");
    expect(text("rules/other/three.rule.yml")).toContain("\nversion: 12\n");
  });

  it("has a file named once where it is named twice", async () => {
    put("a/three.toml", TOML);
    const { out } = await run("a", "a/three.toml", join(folder, "a"));
    expect(out).toContain("Read 1 rule from 1 file.");
  });
});

describe("wrong use ends with 2 and writes nothing", () => {
  it.each([
    ["nothing to read", []],
    ["a file that is not there", ["nothing.ndjson"]],
    ["an unknown layout", ["three.toml", "--layout", "by-colour"]],
    ["a lock that is not there", ["three.toml", "--lock", "nothing.json"]],
    ["a lock that is none", ["three.toml", "--lock", "three.toml"]],
    ["a file in the place of the folder", ["three.toml", "--out", "three.toml"]],
    ["a configuration that is not there", ["three.toml", "--config", "nothing.yml"]],
  ])("%s", async (_, args) => {
    put("three.toml", TOML);
    const { exit, err } = await run(...args);
    expect(exit).toBe(2);
    expect(err).not.toBe("");
    expect(Object.keys(everything())).toEqual(["three.toml"]);
  });

  it("a configuration with errors", async () => {
    put("three.toml", TOML);
    put("kdac.config.yml", "name: x\nstakc: 9\n");
    const { exit, out } = await run("three.toml");
    expect(exit).toBe(2);
    expect(out).toContain("kdac.config.yml:2:1");
    expect(existsSync(join(folder, "rules"))).toBe(false);
  });
});

describe("what goes wrong loses nothing else", () => {
  it("broken lines, unknown objects, another encoding, an end in the middle", async () => {
    const lines = ndjson(EXPORT.slice(0, 5)).split("\n");
    const bytes = Buffer.from(
      [
        lines[0],
        '{"rule_id": "cut',
        "\u0001\u0002",
        '{"hello": "world"}',
        ...lines.slice(1),
        "[[[[",
        "",
      ].join("\n"),
    );
    put("export.ndjson", Buffer.concat([bytes, Buffer.from('{"rule_id":"caf\xe9","name":"x"', "latin1")]));
    const { exit, out } = await run("export.ndjson");
    expect(exit).toBe(1);
    expect(out).toContain("export.ndjson:2");
    expect(out).toContain("Files in rules: 4 created.");
  });

  it("files that cannot be read", async () => {
    put("a/one.ndjson", ndjson(EXPORT));
    put("a/two.ndjson", ndjson([rule({ rule_id: "two" })]));
    if (process.getuid?.() === 0) {
      // Root reads everything but what is no file.
      rmSync(join(folder, "a/two.ndjson"));
      symlinkSync("/proc/self/mem", join(folder, "a/two.ndjson"));
    } else chmodSync(join(folder, "a/two.ndjson"), 0);
    const { exit, out } = await run("a");
    expect(exit).toBe(1);
    expect(out).toMatch(/a\/two\.ndjson {2}error {2}file\/unreadable/);
    expect(out.match(/file\/unreadable/g)).toHaveLength(1);
    expect(out).toContain("Files in rules: 4 created.");
  });

  it("names that lead elsewhere, and links that do", async () => {
    put("elsewhere/keep.txt", "kept");
    put(
      "in/export.ndjson",
      ndjson([
        rule({ rule_id: "../../a", name: "../../../../tmp/x" }),
        rule({ rule_id: "CON", name: "CON" }),
        rule({ rule_id: "w", name: "W", tags: ["OS: Windows"] }),
        list({ list_id: "../../../etc/passwd", name: "../../../etc/passwd" }),
        connector(UUID, "/etc/passwd"),
      ]),
    );
    put("project/kdac.config.yml", "name: x\n");
    mkdirSync(join(folder, "project/rules"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "project/rules/windows"));
    const { exit, out } = await kdac(["import", "../in/export.ndjson"], { cwd: join(folder, "project") });
    expect(out).toContain("error  import/target-outside");
    expect(exit).toBe(1);
    expect(everything("elsewhere")).toEqual({ "keep.txt": "kept" });
    expect(Object.keys(everything("project/rules"))).toEqual([
      "_shared/connectors/etc-passwd.connector.yml",
      "_shared/exceptions/etc-passwd.exceptions.yml",
      "other/con-2.rule.yml",
      "other/tmp-x.rule.yml",
      // Through the link.
      "windows/keep.txt",
    ]);
  });

  it("a folder that cannot be written to is left as it was", async () => {
    put("three.toml", TOML);
    put("rules/keep.txt", "kept");
    // A file stands where a folder would have to be.
    put("rules/other", "a file");
    const { exit, err } = await run("three.toml");
    expect(exit).toBe(2);
    expect(err).toContain("cannot write");
    expect(everything("rules")).toEqual({ "keep.txt": "kept", other: "a file" });
  });

  it("an interruption leaves nothing behind", async () => {
    put("three.toml", TOML);
    const { exit, err } = await kdac(["import", "three.toml"], {
      cwd: folder,
      interrupted: () => Promise.resolve(),
    });
    expect(exit).toBe(1);
    expect(err).toContain("Interrupted; nothing was written.");
    expect(Object.keys(everything())).toEqual(["three.toml"]);
  });
});
