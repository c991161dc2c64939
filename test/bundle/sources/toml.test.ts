import { describe, expect, it } from "vitest";
import type { SourceItem, SourceRule } from "../../../src/bundle/sources/index.js";
import { brief, briefs, read } from "./support.js";

const HEAD = 'rule_id = "r"\nname = "R"\ntype = "eql"\n';

/** The rule of a file that has these lines in `[rule]`, and what comes with it. */
async function convert(
  rule: string,
  more = "",
  versions?: Map<string, number>,
): Promise<{ value: SourceRule["value"]; about: SourceRule["about"]; problems: SourceItem[] }> {
  const [first, ...problems] = await read(
    `[rule]\n${HEAD}${rule}\n${more}`,
    versions === undefined ? {} : { versions },
  );
  expect(first).toMatchObject({ kind: "rule", format: "toml", origin: { file: "source" } });
  const { value, about } = first as SourceRule;
  const { rule_id: _id, name: _name, type: _type, ...fields } = value;
  return { value: fields, about, problems };
}

const params = (items: readonly SourceItem[]): unknown[] =>
  items.map((item) =>
    item.kind === "problem" ? [item.code.replace("source/", ""), ...Object.values(item.params)] : item.kind,
  );

describe("a rule of detection-rules", () => {
  it.each([
    ["texts on one line", 'description = """\n  One\n  two\t\n\n three  four. """', { description: "One two  three  four." }],
    ["texts in lists and tables", 'references = [" a\\nb ", "c"]\nmeta = {x = " y\\n z", n = 1, b = true}', { references: ["a b", "c"], meta: { x: "y z", n: 1, b: true } }],
    ["Python's white space", 'license = "\\u00a0\\u0085a\\u2028b\\u001fc\\uFEFF"', { license: "a b\u001fc\uFEFF" }],
    ["a query to the letter", 'query = """\n  a\n    b \\\\ \n"""', { query: "  a\n    b \\ \n" }],
    ["a query within filters", "filters = [{query = {match = {a = ' x\n '}}, meta = {key = ' k '}}]".replace("\n", ""), { filters: [{ query: { match: { a: " x " } }, meta: { key: "k" } }] }],
    ["the query for indicators on one line", 'threat_query = """\na\nb\n"""', { threat_query: "a b" }],
    ["Markdown to the letter", 'note = "\\n# a\\n"\nsetup = " b\\n"', { note: "\n# a\n", setup: " b\n" }],
    ["the message of an action", 'actions = [{id = " a ", params = {message = " m\\n", x = " y "}, frequency = {summary = true}}, {id = "b"}]', { actions: [{ id: "a", params: { message: " m\n", x: "y" }, frequency: { summary: true, throttle: null } }, { id: "b" }] }],
    ["a given throttle", 'actions = [{frequency = {throttle = "1h"}}]', { actions: [{ frequency: { throttle: "1h" } }] }],
    ["a tactic without techniques", 'threat = [{tactic = {id = "TA0001"}}, {tactic = {id = "TA0002"}, technique = [{id = "T1"}]}]\nthreat_mappings = [{version = "19"}]', { threat: [{ tactic: { id: "TA0001" }, technique: [] }, { tactic: { id: "TA0002" }, technique: [{ id: "T1" }] }] }],
    ["new terms", 'new_terms = {field = "new_terms_fields", value = ["a", "b"], history_window_start = [{field = "history_window_start", value = "now-7d"}]}', { new_terms_fields: ["a", "b"], history_window_start: "now-7d" }],
    ["setup in the note", 'note = "# a\\n\\n## Setup\\n\\nb\\n"', { note: "# a", setup: "b" }],
    ["setup in the note, with empty setup", 'note = "# a\\n\\n## Setup\\n\\nb\\n"\nsetup = ""', { note: "# a", setup: "b" }],
    ["setup in the note and in setup", 'note = "## Setup\\n\\nb\\n"\nsetup = "c"', { note: "## Setup\n\nb\n", setup: "c" }],
    ["dates", "meta = {a = 2026-01-02, b = 2026-01-02T03:04:05Z}", { meta: { a: "2026-01-02", b: "2026-01-02T03:04:05.000Z" } }],
  ] as const)("has %s", async (_, lines, expected) => {
    const { value, problems } = await convert(lines);
    expect(value).toEqual(expected);
    expect(problems).toEqual([]);
  }); // prettier-ignore

  it("fills plugins in where the note names them", async () => {
    const note = "$osquery_0 ${osquery_1} $osquery_10 $osquery_0x $env:x $$ $investigate_0, $OSQUERY_0 $9 $";
    const transform = `[[transform.osquery]]\nlabel = "é🜁\\u007f"\nquery = "a\\n\\"b"\n[[transform.osquery]]\nquery = "c"\nlabel = "l"\n[[transform.investigate]]\nlabel = "i"\nproviders = [[{valueType = "string", excluded = false}]]\n`;
    const { value, problems } = await convert(`note = '''${note}'''`, transform);
    expect(value["note"]).toBe(
      String.raw`!{osquery{"label":"\u00e9\ud83d\udf01\u007f","query":"a\n\"b"}} !{osquery{"label":"l","query":"c"}} $osquery_10 $osquery_0x $env:x $ !{investigate{"label":"i","providers":[[{"excluded":false,"valueType":"string"}]]}}, $OSQUERY_0 $9 $`,
    );
    expect(params(problems)).toEqual([["unknown-placeholder", "$osquery_10"]]);
  });

  it("leaves a note alone that has no transform, and says which entries it does not name", async () => {
    expect((await convert("note = '$$ $osquery_0'")).value).toEqual({ note: "$$ $osquery_0" });
    const unused = await convert(
      "note = 'x'",
      "[[transform.osquery]]\nlabel = 'a'\n[transform.other]\nx = 1",
    );
    expect(params(unused.problems)).toEqual([["toml-unknown-table", "transform.other"], ["unused-plugin", "$osquery_0"]]); // prettier-ignore
    const none = await convert("", "[[transform.investigate]]\nlabel = 'a'");
    expect(none.value).toEqual({});
    expect(params(none.problems)).toEqual([["unused-plugin", "$investigate_0"]]);
  });

  it("says what else the file knows of it", async () => {
    const { value, about, problems } = await convert("", '[metadata]\nmin_stack_version = "9.3.0"\nmin_stack_comments = "new"\nintegration = ["endpoint", "windows"]\nmaturity = "development"\n[other]\n'); // prettier-ignore
    expect(value).toEqual({});
    expect(about).toEqual({ stack: ">=9.3.0", stackComment: "new", integrations: ["endpoint", "windows"], maturity: "development" }); // prettier-ignore
    expect(params(problems)).toEqual([
      ["toml-unknown-table", "other"],
      ["integrations-derived", "endpoint, windows"],
      ["not-production", "development"],
    ]);
    const given = await convert("related_integrations = []", '[metadata]\nintegration = "endpoint"\nmaturity = "production"'); // prettier-ignore
    expect(given.about).toEqual({ integrations: ["endpoint"], maturity: "production" });
    expect(given.problems).toEqual([]);
  });

  it("has the version of a lock, unless it has its own", async () => {
    const versions = new Map([["r", 7]]);
    expect((await convert("", "", versions)).value).toEqual({ version: 7 });
    expect((await convert("version = 3", "", versions)).value).toEqual({ version: 3 });
    expect((await convert("", "", new Map([["x", 7]]))).value).toEqual({});
  });

  it("says that a form is another than it knows", async () => {
    for (const terms of ['{field = "x"}', '{field = "new_terms_fields", value = []}', '"x"', "[]"]) {
      const { value, problems } = await convert(`new_terms = ${terms}`);
      expect(Object.keys(value)).toEqual(["new_terms"]);
      expect(params(problems)).toEqual([["toml-form", "new_terms"]]);
    }
  });

  it("comes the same with CRLF, with a byte order mark, in UTF-16", async () => {
    const text = `# a comment\n[rule]\n${HEAD}query = """\na\nb\n"""\n`;
    const [plain] = await read(text);
    expect(plain).toMatchObject({ kind: "rule", value: { query: "a\nb\n" } });
    for (const other of [text.replaceAll("\n", "\r\n"), `\uFEFF${text}`])
      expect(await read(other, { size: 5 })).toEqual([plain]);
    expect((await read(Buffer.from(text, "utf16le")))[1]).toEqual(plain);
  });
});

describe("other files of detection-rules", () => {
  it("are exception lists with their items", async () => {
    const text = `[metadata]\nlist_name = "x"\n[[exceptions]]\n[exceptions.container]\nlist_id = "l"\nname = " kept "\ntype = "detection"\n[[exceptions.items]]\nitem_id = "i"\nlist_id = "l"\nentries = []\n[[exceptions.items]]\nitem_id = "j"\nentries = []\n[[exceptions]]\n[exceptions.container]\nlist_id = "m"\n`; // prettier-ignore
    const items = await read(text);
    expect(items.map(brief)).toEqual(["exception-list l toml", "exception-item i toml", "exception-item j toml", "exception-list m toml"]); // prettier-ignore
    expect(items[0]).toMatchObject({ value: { name: " kept " } });
  });

  it("are connectors", async () => {
    const text = `[[action_connectors]]\nid = "c"\n[action_connectors.attributes]\nactionTypeId = ".slack"\nname = "S"\n[[action_connectors]]\nid = "d"\n`;
    const items = await read(text);
    expect(items.map(brief)).toEqual(["connector c toml", "! source/unknown-object"]);
    expect(items[0]).toMatchObject({ value: { type: "action", attributes: { name: "S" } } });
  });

  it.each([
    ["something else", "[package]\nname = 'x'\n"],
    ["something that is no TOML", "[core]\n\tbare = false\n[remote origin]\nx\n"],
    ["a program", "x = 1\nprint(x)\n"],
    ["comments", "# one\n# two\n"],
    ["a list of exceptions without any", "[metadata]\nx = 1\n[[exceptions]]\n"],
  ])("are not recognised: %s", async (_, text) => {
    expect(await briefs(text)).toEqual(["! source/unrecognised"]);
  });
});

describe("broken TOML", () => {
  it("is told with its line", async () => {
    const [item] = await read(`[metadata]\nx = 1\n[rule]\n${HEAD}query = 'a\n`);
    expect(item).toMatchObject({ code: "source/toml-syntax", origin: { file: "source", line: 7 } });
    expect(JSON.stringify(item)).not.toContain("\\n");
  });

  it("that is not UTF-8 is read, and told", async () => {
    const text = Buffer.from(`[rule]\n${HEAD}license = "xé"\n`, "latin1");
    const items = await read(text);
    expect(items).toMatchObject([{ code: "source/invalid-utf8", origin: { line: 5 }, params: { count: 1 } }, { kind: "rule", value: { license: "x\uFFFD" } }]); // prettier-ignore
  });

  it.each([
    ["too long", `[rule]\n${HEAD}license = "${"x".repeat(500)}"\n`, { toml: 300 }, "source/too-long"],
    ["too deep in tables", `[rule]\n[rule.${"a.".repeat(500)}a]\nx = 1\n`, {}, "source/too-deep"],
    ["too deep in lists", `[rule]\nx = ${"[".repeat(300)}${"]".repeat(300)}\n`, {}, "source/too-deep"],
    ["far too deep", `[rule]\nx = ${"[".repeat(100_000)}${"]".repeat(100_000)}\n`, {}, "source/toml-syntax"],
    [
      "deep in inline tables",
      `[rule]\nx = ${"{a=".repeat(100_000)}1${"}".repeat(100_000)}\n`,
      {},
      "source/toml-syntax",
    ],
    ["of the same key twice", `[rule]\nname = 1\nname = 2\n`, {}, "source/toml-syntax"],
    ["of numbers beyond all bounds", `[rule]\nname = 99999999999999999999\n`, {}, "source/toml-syntax"],
  ])("is told: %s", async (_, text, limits, code) => {
    expect((await read(text, { limits })).map((item) => item.kind === "problem" && item.code)).toEqual([
      code,
    ]);
  });

  it("cannot change what objects are", async () => {
    const { value, problems } = await convert("[rule.meta.__proto__]\npolluted = true\n");
    expect(value).toEqual({ meta: {} });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(params(problems)).toEqual([["forbidden-key", "__proto__"]]);
  });
});
