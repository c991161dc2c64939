import { describe, expect, it } from "vitest";
import { type Definition, registry } from "../../src/diagnostics/index.js";
import { validate } from "../../src/lint/index.js";
import { loadProject, type Project } from "../../src/project/index.js";
import { memoryHost } from "../support/memory-host.js";
import { BASE } from "../support/rule.js";

const OTHER = BASE.replace("r-1", "r-2").replace("A name", "Another");
const LIST = "list_id: trusted\nname: Trusted\ndescription: Hosts.\nitems: []\n";
const VALUES = "id: nets\nname: Networks\ndescription: Ours.\ntype: ip\nvalues: [10.0.0.1]\n";
const CONNECTOR = "name: soc\nconnector_type_id: .server-log\n";

function load(
  files: Readonly<Record<string, string>>,
  { paths = [], ...options }: { paths?: readonly string[]; links?: Record<string, string> } = {},
): Project {
  const disk = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/p/${path}`, text]));
  const host = memoryHost({ "/p/kdac.config.yml": "name: acme\n", ...disk }, options);
  return loadProject(host, { cwd: "/p", paths });
}

/** Findings as `file code`. */
const found = (project: Project): string[] =>
  validate(project).diagnostics.map(({ target, code }) => `${target.file} ${code}`);

describe("the files that cannot be used", () => {
  it.each([
    [
      "no mistake",
      { "rules/a.rule.yml": BASE, "rules/t.exceptions.yml": LIST, "rules/n.values.yml": VALUES },
      [],
    ],
    ["a mistake in a rule", { "rules/a.rule.yml": `${BASE}nonsense: 1\n` }, ["rule r-1 rules/a.rule.yml"]],
    [
      "YAML in which the id is not sure",
      { "rules/a.rule.yml": `${BASE}rule_id: r-9\n` },
      ["rule ? rules/a.rule.yml"],
    ],
    ["no YAML", { "rules/a.rule.yml": "a: [\n" }, ["rule ? rules/a.rule.yml"]],
    ["no id", { "rules/a.rule.yml": BASE.replace("rule_id: r-1\n", "") }, ["rule ? rules/a.rule.yml"]],
    ["an id that is no text", { "rules/a.rule.yml": BASE.replace("r-1", "17") }, ["rule ? rules/a.rule.yml"]],
    ["an id twice", { "rules/a.rule.yml": BASE, "rules/b.rule.yml": BASE }, ["rule r-1 rules/b.rule.yml"]],
    [
      "an id twice, once in an invalid file",
      { "rules/a.rule.yml": `${BASE}nonsense: 1\n`, "rules/b.rule.yml": BASE },
      ["rule r-1 rules/a.rule.yml", "rule r-1 rules/b.rule.yml"],
    ],
    [
      "a mistake in a translation",
      { "rules/a.rule.yml": BASE, "rules/a.rule.de.yml": "nam: x\n" },
      ["rule r-1 rules/a.rule.yml (rules/a.rule.de.yml)"],
    ],
    [
      "a translation without YAML",
      { "rules/a.rule.yml": BASE, "rules/a.rule.de.yml": "" },
      ["rule r-1 rules/a.rule.yml (rules/a.rule.de.yml)"],
    ],
    [
      "a mistake in a list",
      { "rules/t.exceptions.yml": `${LIST}x: 1\n` },
      ["exceptions trusted rules/t.exceptions.yml"],
    ],
    ["a list without YAML", { "rules/t.exceptions.yml": "" }, ["exceptions ? rules/t.exceptions.yml"]],
    [
      "a list twice",
      { "rules/t.exceptions.yml": LIST, "rules/u.exceptions.yml": LIST },
      ["exceptions trusted rules/u.exceptions.yml"],
    ],
    [
      "a mistake in a value list",
      { "rules/n.values.yml": `${VALUES}x: 1\n` },
      ["values nets rules/n.values.yml"],
    ],
    [
      "a wrong value",
      { "rules/n.values.yml": VALUES.replace("10.0.0.1", "here") },
      ["values nets rules/n.values.yml"],
    ],
    [
      "a value list without its file",
      {
        "rules/n.values.yml": VALUES.replace(/values: .*/, "file: gone.values.txt"),
      },
      ["values nets rules/n.values.yml"],
    ],
    [
      "a value list without an id",
      { "rules/n.values.yml": VALUES.replace("id: nets\n", "") },
      ["values ? rules/n.values.yml"],
    ],
    ["a value list without YAML", { "rules/n.values.yml": "" }, ["values ? rules/n.values.yml"]],
    [
      "a value list twice",
      { "rules/n.values.yml": VALUES, "rules/nets.values.txt": "a\n" },
      ["values nets rules/nets.values.txt"],
    ],
    [
      "a value too long in a text file",
      { "rules/hosts.values.txt": "x".repeat(40_000) },
      ["values hosts rules/hosts.values.txt"],
    ],
    [
      "a mistake in a connector",
      { "rules/s.connector.yml": `${CONNECTOR}x: 1\n` },
      ["connector soc rules/s.connector.yml"],
    ],
    ["a mistake in the configuration", { "kdac.config.yml": "name: acme\nx: 1\n" }, ["? ? kdac.config.yml"]],
    ["a configuration without YAML", { "kdac.config.yml": "" }, ["? ? kdac.config.yml"]],
    ["a folder outside", { "kdac.config.yml": "name: acme\nrules: [../x]\n" }, ["? ? kdac.config.yml"]],
    ["a rule under another name", { "rules/a.ruel.yml": BASE }, ["rule r-1 rules/a.ruel.yml"]],
    [
      "a rule with the suffix of none",
      { "rules/a.yaml": `# A rule\n"rule_id" : r-5\n` },
      ["rule r-5 rules/a.yaml"],
    ],
    [
      "a list under another name",
      { "rules/t.exception.yml": LIST },
      ["exceptions trusted rules/t.exception.yml"],
    ],
    ["other YAML", { "rules/values.yml": "name: x\nrules:\n  rule_id: r-1\n" }, []],
  ])("%s", (_, files, expected) => {
    expect(
      load(files as Record<string, string>).invalid.map(
        ({ kind = "?", id = "?", file, cause }) =>
          `${kind} ${id} ${file}${cause === file ? "" : ` (${cause})`}`,
      ),
    ).toEqual(expected);
  });

  it("are those too that lie behind links out of the project", () => {
    const links = {
      "/p/rules/a.rule.yml": "/secret/a.rule.yml",
      "/p/rules/b.rule.de.yml": "/secret/a.rule.yml",
      "/p/rules/c.values.txt": "/secret/a.rule.yml",
      "/p/rules/readme.md": "/secret/a.rule.yml",
      "/p/rules/more": "/secret",
    };
    const project = load({ "../secret/a.rule.yml": "", "rules/b.rule.yml": BASE }, {});
    expect(project.invalid).toEqual([]);
    const host = memoryHost(
      { "/p/kdac.config.yml": "name: acme\n", "/p/rules/b.rule.yml": BASE, "/secret/a.rule.yml": "" },
      { links },
    );
    expect(loadProject(host, { cwd: "/p" }).invalid).toEqual([
      { file: "rules/a.rule.yml", cause: "rules/a.rule.yml", kind: "rule", id: undefined },
      { file: "rules/c.values.txt", cause: "rules/c.values.txt", kind: "values", id: undefined },
      { file: "rules/more", cause: "rules/more", kind: undefined, id: undefined },
      { file: "rules/b.rule.yml", cause: "rules/b.rule.de.yml", kind: "rule", id: "r-1" },
    ]);
  });

  it("are never passed over, whatever was found about them", () => {
    const project = load({ "rules/a.rule.yml": `${BASE}nonsense: 1\n`, "rules/b.rule.yml": OTHER });
    expect(found(project)).toEqual(["rules/a.rule.yml schema/unknown-key"]);
    const silent: Project = { ...project, diagnostics: [] };
    expect(validate(silent)).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: "project/not-compiled",
          severity: "error",
          message: "rules/a.rule.yml cannot be compiled, because rules/a.rule.yml is invalid",
          target: { file: "rules/a.rule.yml" },
        },
      ],
    });
    expect(validate(silent).compiled.map(({ source }) => source.file)).toEqual(["rules/b.rule.yml"]);
  });

  it("count for the paths that are asked for, with the translation that is to blame", () => {
    const files = { "rules/a.rule.yml": BASE, "rules/a.rule.de.yml": "nam: x\n", "rules/b.rule.yml": OTHER };
    expect(found(load(files, { paths: ["rules/b.rule.yml"] }))).toEqual([]);
    const { diagnostics } = validate(load(files, { paths: ["rules/a.rule.yml"] }));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "rules/a.rule.yml cannot be compiled, because rules/a.rule.de.yml is invalid",
    ]);
    expect(found(load(files))).toEqual(["rules/a.rule.de.yml schema/unknown-key"]);
  });

  it("says how a misnamed file is to be called", () => {
    const { diagnostics } = load({
      "rules/a.ruel.yml": BASE,
      "rules/b.yml": OTHER,
      "rules/c.rule.yml": BASE,
    });
    expect(diagnostics.map(({ message, help }) => [message, help])).toEqual([
      [
        '"a.ruel.yml" holds a rule, but its name does not end in .rule.yml, so it is not read',
        "name it a.rule.yml",
      ],
      [
        '"b.yml" holds a rule, but its name does not end in .rule.yml, so it is not read',
        "name it b.rule.yml",
      ],
    ]);
  });
});

describe("severities", () => {
  const CODES = Object.entries<Definition>(registry);
  const invalid = CODES.filter(([, definition]) => definition.invalid === true).map(([code]) => code);

  it("are errors for all that means invalid", () => {
    const lower = CODES.filter(([, { invalid: is, severity }]) => is === true && severity !== "error");
    expect(lower).toEqual([]);
    const areas = CODES.filter(
      ([code, { severity }]) => severity === "error" && /^(?:schema|yaml|file)\//.test(code),
    );
    expect(areas.filter(([code]) => !invalid.includes(code))).toEqual([]);
  });

  it("of invalid files cannot be lowered: each line that tries is an error", () => {
    const lint = `name: acme\nlint:\n  schema/unknown-key: off\n  yaml/empty: warning\n  rule/duplicate-name: off\n  file/unreadable: error\n  rule/nothing: off\n`;
    const project = load({
      "kdac.config.yml": lint,
      "rules/a.rule.yml": `${BASE}nonsense: 1 # kdac-ignore schema/unknown-key -- known\n`,
      "rules/b.rule.yml": "",
      "rules/c.rule.yml": OTHER.replace("Another", "A name"),
    });
    const { diagnostics, ok } = validate(project);
    expect(ok).toBe(false);
    expect(
      diagnostics.map(
        ({ target, severity, code }) => `${target.file} ${target.pointer ?? ""} ${severity} ${code}`,
      ),
    ).toEqual([
      "kdac.config.yml /lint/schema~1unknown-key error project/cannot-lower",
      "kdac.config.yml /lint/yaml~1empty error project/cannot-lower",
      "kdac.config.yml /lint/rule~1nothing warning project/unknown-lint-code",
      "rules/a.rule.yml /nonsense error schema/unknown-key",
      "rules/a.rule.yml  error yaml/cannot-suppress",
      "rules/b.rule.yml  error yaml/empty",
    ]);
  });
});
