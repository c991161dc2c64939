import { describe, expect, it } from "vitest";
import { desiredSpaces } from "../../src/deploy/index.js";
import { validate } from "../../src/lint/index.js";
import { loadProject, spacesOf } from "../../src/project/index.js";
import { memoryHost } from "../support/memory-host.js";
import { BASE } from "../support/rule.js";

const CONFIG = `name: p
defaults: { interval: 4m }
environments:
  prod:
    url: https://kibana.example.com
    api_key: \${KEY}
    set: { max_signals: 50 }
    overlays:
      - rules: ["rules/a*"]
        set: { risk_score: 11 }
        add: { tags: [env] }
    spaces:
      - one
      - two
      - id: three
        rules: ["name:*A*"]
        set: { risk_score: 5 }
        add: { exceptions: [hosts], index: [extra-*] }
        remove: { tags: [env], index: [logs-*] }
`;
const LIST = "list_id: hosts\nname: Hosts\ndescription: d\nitems: []\n";
const rule = (id: string): string =>
  `${BASE.replace("r-1", id).replace("A name", `A ${id}`)}index: [logs-*, x-*]\ntags: [base]\n`;

function project(config = CONFIG, more: Readonly<Record<string, string>> = {}) {
  const files = {
    "rules/a.rule.yml": rule("a"),
    "rules/b.rule.yml": rule("b"),
    "rules/l.exceptions.yml": LIST,
    ...more,
  };
  const host = memoryHost(
    Object.fromEntries(
      Object.entries({ "kdac.config.yml": config, ...files }).map(([file, text]) => [`/p/${file}`, text]),
    ),
  );
  return loadProject(host, { cwd: "/p", paths: [] });
}

describe("overlays", () => {
  const loaded = project();
  const spaces = desiredSpaces(loaded, spacesOf(loaded, "prod"));
  const of = (space: number, id: string) =>
    spaces[space]!.rules.find(({ rule: { rule_id } }) => rule_id === id)!;

  it("lay the environment, its rules, the space over a rule, the later over the earlier", () => {
    expect(of(0, "a").rule).toMatchObject({ max_signals: 50, risk_score: 11, tags: ["base", "env"] });
    expect(of(0, "b").rule).toMatchObject({ max_signals: 50, risk_score: 21, tags: ["base"] });
    expect(of(2, "a").rule).toMatchObject({
      max_signals: 50,
      risk_score: 5,
      tags: ["base"],
      index: ["x-*", "extra-*"],
      exceptions_list: [{ id: "hosts", list_id: "hosts", type: "detection", namespace_type: "single" }],
    });
  });

  it("share the object between spaces that want the same", () => {
    expect(of(0, "a")).toBe(of(1, "a"));
    expect(of(0, "b")).toBe(of(1, "b"));
    expect(of(0, "a")).not.toBe(of(2, "a"));
  });

  it("tell where each field comes from", () => {
    expect(of(2, "a").origins).toMatchObject({
      name: { from: "rule", place: "rules/a.rule.yml:2:1" },
      interval: { from: "default", place: "kdac.config.yml:2:13" },
      max_signals: { from: "overlay", place: "kdac.config.yml:7:12", what: 'environment "prod"' },
      risk_score: { from: "overlay", place: "kdac.config.yml:17:16", what: 'space "three"' },
      index: { from: "overlay", place: "kdac.config.yml:18:37", what: 'space "three"' },
      required_fields: { from: "derived", place: "rules/a.rule.yml:7:1", what: "query" },
    });
  });

  it("find nothing where all is well", () => {
    expect(validate(loaded).diagnostics).toEqual([]);
  });

  const broken = (set: string): string[] =>
    validate(project(CONFIG.replace("set: { risk_score: 5 }", set))).diagnostics.map(
      ({ code, target }) => `${code} ${target.file}${target.pointer ?? ""}`,
    );
  const three = "/environments/prod/spaces/2";

  it.each([
    [
      "set: { exceptions: [gone] }",
      [`reference/unknown-exception-list kdac.config.yml${three}/set/exceptions/0`],
    ],
    ["set: { anomaly_threshold: 3 }", [`schema/unknown-key kdac.config.yml${three}/set/anomaly_threshold`]],
    [
      "set: { threat_index: [ti-*] }",
      [`project/overlay-without-effect kdac.config.yml${three}/set/threat_index`],
    ],
    [
      'overlays: [{ rules: ["rules/gone/**"], set: { enabled: false } }]',
      [`project/unknown-selector kdac.config.yml${three}/overlays/0/rules/0`],
    ],
    [
      'overlays: [{ rules: ["rules/*(*(*(a)))b"], set: { enabled: false } }]',
      [
        `project/invalid-selector kdac.config.yml${three}/overlays/0/rules/0`,
        `project/unknown-selector kdac.config.yml${three}/overlays/0/rules/0`,
      ],
    ],
    [
      "overlays: [{ rules: [rules/**], remove: { actions: [soc] } }]",
      [`project/nothing-to-remove kdac.config.yml${three}/overlays/0/remove/actions/0`],
    ],
  ])("%s is a finding, once", (set, expected) => {
    expect(broken(set)).toEqual(expected);
  });
});

describe("value lists of a space", () => {
  const ITEM =
    "items: [{item_id: i, name: n, description: d, entries: [{field: source.ip, type: list, operator: included, list: {id: nets, type: ip}}]}]\n";
  it("are those that its exception items ask, and those that nobody asks", () => {
    const loaded = project(CONFIG, {
      "rules/l.exceptions.yml": LIST.replace("items: []\n", ITEM),
      "rules/c.rule.yml": `${rule("c")}exceptions: [hosts]\n`.replace("A c", "Other"),
      "rules/n.values.yml": "id: nets\ntype: ip\nvalues: [10.0.0.1]\n",
      "rules/free.values.txt": "x\n",
    });
    const ids = desiredSpaces(loaded, [
      { id: "x", selectors: ["rules/a*"], overlays: [] },
      { id: "y", selectors: ["rules/c*"], overlays: [] },
    ]).map(({ valueLists }) => valueLists.map(({ id }) => id));
    expect(ids).toEqual([["free"], ["nets", "free"]]);
    expect(validate(loaded).diagnostics.map(({ code }) => code)).toEqual(["value-list/unused"]);
  });
});
