import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readPlan, writePlan } from "../../../src/deploy/plan/file.js";
import type { Plan } from "../../../src/deploy/plan/types.js";
import { renderPlanMarkdown } from "../../../src/deploy/render/markdown.js";
import { type Palette, renderPlan, renderResult } from "../../../src/deploy/render/text.js";
import { offlineId } from "../../../src/project/compile.js";
import { remarkOf } from "../../../src/deploy/render/summary.js";
import { linesOf } from "../../../src/deploy/render/lines.js";
import {
  action,
  applied,
  connectorLive,
  connectorOf,
  desiredRule,
  listOf,
  only,
  planOne,
  reference,
  ruleFields,
  stored,
  valuesLive,
  valuesOf,
} from "../support.js";

const plain = (text: string): string => text;
const PLAIN: Palette = { bold: plain, dim: plain, green: plain, red: plain, yellow: plain };
const TAGGED: Palette = {
  bold: plain,
  dim: plain,
  green: (text) => `<g>${text}</g>`,
  red: (text) => `<r>${text}</r>`,
  yellow: (text) => `<y>${text}</y>`,
};

const connector = connectorOf();
const guide = ["## Triage", "", "one", "two", "three", "four", "five", "six"].join("\n");
const mixed = (): Plan =>
  planOne(
    {
      rules: [
        desiredRule(
          { rule_id: "new", name: "New rule", exceptions_list: [reference()], actions: [action()] },
          ["soc-slack"],
        ),
        desiredRule({
          rule_id: "changed",
          name: "Changed rule",
          severity: "high",
          tags: ["Added"],
          note: guide.replace("three", "drei"),
        }),
        desiredRule({ rule_id: "same", name: "Same rule" }),
        desiredRule({ rule_id: "foreign", name: "Foreign rule" }),
      ],
      lists: [listOf({}, [{}])],
      connectors: [connector],
    },
    {
      rules: [
        applied(desiredRule({ rule_id: "changed", name: "Changed rule", tags: ["Gone"], note: guide })),
        applied(desiredRule({ rule_id: "same", name: "Same rule" })),
        stored(ruleFields({ rule_id: "foreign", name: "Foreign rule" })),
      ],
    },
  );

describe("the text form of a plan", () => {
  it("shows what changes, field by field, and counts the rest", () => {
    expect(renderPlan(mixed(), PLAIN)).toBe(
      [
        "Plan for test (http://localhost:5601, Kibana 9.5.1)",
        "",
        "Space default",
        "  + connector      soc-slack  rules/soc.connector.yml",
        "  + exception list Trusted  trusted  rules/trusted.exceptions.yml",
        "  + exception item Item 0  trusted-0  rules/trusted.exceptions.yml",
        "  + rule           New rule  new  rules/new.rule.yml",
        "  ~ rule           Changed rule  changed  rules/changed.rule.yml",
        '      ~ severity: "low" → "high"',
        '      - tags: "Gone"',
        '      + tags: "Added"',
        "      ~ note",
        "            one",
        "            two",
        "          - three",
        "          + drei",
        "            four",
        "            five",
        "  ! rule           Foreign rule  foreign  rules/foreign.rule.yml",
        '      rule "foreign" exists already and has no mark of this project',
        "      help: take it over with --adopt, or give yours another id",
        "      last changed by ci at 2026-01-01T00:00:00.000Z",
        "",
        "Plan: 4 to create, 1 to update. 1 in conflict, 1 unchanged.",
        "",
      ].join("\n"),
    );
  });

  it("is a sentence when nothing changes", () => {
    const planned = planOne({ rules: [desiredRule()] }, { rules: [applied(desiredRule())] });
    expect(renderPlan(planned, PLAIN)).toContain(
      "No changes. The space of test is as the files say (1 object).",
    );
  });

  it("is a sentence about the apply that is undone when a rollback changes nothing", () => {
    const planned = planOne({ rules: [desiredRule()] }, { rules: [applied(desiredRule())] });
    expect(renderPlan({ ...planned, rollback: "s" }, PLAIN)).toContain(
      "No changes. The space of test is as before that apply (1 object).",
    );
  });

  it.each([
    ["create", undefined, "makes again what was deleted since that apply"],
    ["update", "overwrites a change made outside git", "overwrites a change made since that apply"],
    [
      "replace",
      "deleted and made anew, overwrites a change made outside git",
      "deleted and made anew, overwrites a change made since that apply",
    ],
    [
      "delete",
      "in no file any more, and changed outside git",
      "made by the apply that is undone, and changed since that apply",
    ],
  ] as const)("says that a %s goes over what somebody did", (action, forward, back) => {
    const change = { ...only(planOne({ rules: [desiredRule()] })), action, drift: true } as const;
    const plan = planOne({});
    if (action !== "create") expect(remarkOf(plan, change)).toBe(forward);
    expect(remarkOf({ ...plan, rollback: "s" }, change)).toBe(back);
  });

  it("says what it overwrites and takes over", () => {
    const drifted = applied(desiredRule(), { severity: "high" });
    expect(
      renderPlan(planOne({ rules: [desiredRule()] }, { rules: [drifted] }, { overwriteDrift: true }), PLAIN),
    ).toContain("(overwrites a change made outside git)");
    expect(
      renderPlan(
        planOne({ rules: [desiredRule()] }, { rules: [stored(ruleFields())] }, { adopt: true }),
        PLAIN,
      ),
    ).toContain("(taken over)");
  });

  it("says what is deleted, replaced, orphaned, and what a reviewer should look at", () => {
    const gone = desiredRule({ rule_id: "gone", name: "Gone rule" });
    const wanted = desiredRule({ type: "eql", language: "eql", query: "any where true" });
    const state = {
      rules: [
        applied(gone),
        applied(desiredRule()),
        applied(desiredRule({ rule_id: "r2" }), { enabled: true }),
      ],
    };
    const off = desiredRule({ rule_id: "r2", enabled: false });
    const orphaned = renderPlan(planOne({ rules: [off] }, state), PLAIN);
    expect(orphaned).toContain(
      "  ? rule           Gone rule  gone  (in no file any more; --prune deletes it)\n",
    );
    expect(orphaned).toContain("      warning: the rule is disabled\n");
    expect(orphaned).toContain("Plan: 0 to create, 1 to update. 2 orphaned.");
    const pruned = renderPlan(planOne({ rules: [wanted, off] }, state, { prune: true }), PLAIN);
    expect(pruned).toContain("  - rule           Gone rule  gone  (in no file any more)\n");
    expect(pruned).toContain("  ± rule           Rule one  r1  rules/r1.rule.yml  (deleted and made anew)\n");
    expect(pruned).toMatch(/warning: its type changes from "query" to "eql".*without its history/);
    expect(pruned).toContain("Plan: 0 to create, 1 to update, 1 to replace, 1 to delete.");
    expect(renderPlan(planOne({}, { rules: [applied(gone)] }), PLAIN)).toContain(
      "No changes. The space of test is as the files say (0 objects). 1 object is in no file any more; --prune deletes it.",
    );
  });

  it("says of what a rollback deletes that the apply made it, which is undone", () => {
    const gone = desiredRule({ rule_id: "gone", name: "Gone rule" });
    const pruned = planOne({}, { rules: [applied(gone)] }, { prune: true });
    const back: Plan = { ...pruned, rollback: "2026-01-01T00-00-00Z-test" };
    const said = "made by the apply that is undone";
    expect(renderPlan(back, PLAIN)).toContain(`  - rule           Gone rule  gone  (${said})\n`);
    expect(renderPlanMarkdown(back)).toContain(`| \`gone\` | ${said} |`);
  });

  it("tells who changed what outside git, and whether git did too", () => {
    const server = { severity: "high", updated_by: "alice", updated_at: "2026-02-03T04:05:06.000Z" };
    const live = applied(desiredRule(), server);
    const by = "by alice at 2026-02-03T04:05:06.000Z";
    expect(renderPlan(planOne({ rules: [desiredRule()] }, { rules: [live] }), PLAIN)).toContain(
      `      changed in Kibana ${by}\n`,
    );
    expect(renderPlan(planOne({ rules: [desiredRule({ note: "n" })] }, { rules: [live] }), PLAIN)).toContain(
      `changed in Kibana ${by}, and in git since it was last applied`,
    );
  });

  it("says with --explain where each value comes from", () => {
    const origins = {
      name: { from: "rule", place: "rules/r1.rule.yml:2:7" },
      severity: { from: "overlay", place: "kdac.config.yml:31:9", what: 'space "soc"' },
      threat: { from: "derived", place: "rules/r1.rule.yml:9:1", what: "attack" },
    } as const;
    const rule = { ...desiredRule({ severity: "high" }), origins };
    const state = { rules: [applied(desiredRule())] };
    const explained = renderPlan(planOne({ rules: [rule] }, state), PLAIN, { explain: true });
    expect(explained).toContain(
      '~ severity: "low" → "high"  (overlay of space "soc", kdac.config.yml:31:9)\n',
    );
    expect(renderPlan(planOne({ rules: [rule] }, state), PLAIN)).not.toContain("kdac.config.yml");
    const created = renderPlan(planOne({ rules: [rule] }, {}, { explain: true }), PLAIN, { explain: true });
    expect(created).toContain("      name      rules/r1.rule.yml:2:7\n");
    expect(created).toContain("      threat    derived from attack, rules/r1.rule.yml:9:1\n");
  });

  it("is coloured by the palette that it is given", () => {
    const text = renderPlan(mixed(), TAGGED);
    expect(text).toContain("<g>+</g> connector");
    expect(text).toContain("<r>- three</r>");
    expect(text).toContain("<g>+ drei</g>");
  });

  it("lets no name move the cursor", () => {
    const name = "a\u001b[2Jb\u202ec\u0007";
    const text = renderPlan(planOne({ rules: [desiredRule({ name })] }), PLAIN);
    expect(text).toContain("a\\u{1b}[2Jb\\u{202e}c\\u{7}");
  });
});

describe("lines of a difference", () => {
  it("bounds the work on texts that have nothing in common", () => {
    const [before, after] = [1, 2].map((seed) =>
      Array.from({ length: 3_000 }, (_, i) => `${seed}-${i}`).join("\n"),
    );
    const lines = linesOf({ path: "note", before, after });
    expect(lines).toHaveLength(6_001);
  });

  it("says so when only the last line break differs", () => {
    const lines = linesOf({ path: "query", before: "a\nb", after: "a\nb\n" });
    expect(lines.map((line) => `${line.sign}${line.text}`)).toEqual([
      "~query",
      " a",
      "-b",
      " (no line break at the end)",
      "+b",
    ]);
  });

  it("says nothing of the end of texts that both end without a line break", () => {
    const lines = linesOf({ path: "query", before: "a\nb", after: "a\nc" });
    expect(lines.map((line) => `${line.sign}${line.text}`)).toEqual(["~query", " a", "-b", "+c"]);
  });

  it("writes long values over several lines", () => {
    const after = [{ field: "process.name", type: "match", operator: "included", value: "x".repeat(60) }];
    expect(linesOf({ path: "entries", after }).length).toBeGreaterThan(5);
  });
});

describe("the Markdown form of a plan", () => {
  it("has a table for each space and folds the differences away", () => {
    const text = renderPlanMarkdown(mixed());
    expect(text).toContain("| create | rule | New rule | `new` |  |");
    expect(text).toContain("<details><summary>rule Changed rule</summary>");
    expect(text).toContain('```diff\n! severity: "low" → "high"\n- tags: "Gone"\n+ tags: "Added"\n! note\n');
    expect(text).toContain("**Plan: 4 to create, 1 to update. 1 in conflict, 1 unchanged.**");
  });

  it("lets no text break out of its place", () => {
    const name = "<img src=x onerror=alert(1)> | `x` **b** [l](u) @team\n# h";
    const live = applied(desiredRule({ name: "before" }));
    const text = renderPlanMarkdown(
      planOne({ rules: [desiredRule({ name, note: "````\n</details>\n````" })] }, { rules: [live] }),
    );
    const outside = text.replace(/`{5}diff[^]*?`{5}/, "");
    expect(outside).not.toMatch(/(?<!\\)<img/);
    expect(outside).not.toMatch(/^# h|@team/m);
    expect(text).toContain("`````diff");
    const row = text.split("\n").find((line) => line.startsWith("| update"))!;
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
  });

  it("fits into a comment", () => {
    const rules = Array.from({ length: 1_500 }, (_, i) =>
      desiredRule({ rule_id: `r${i}`, name: `Rule ${i}`, severity: "high" }),
    );
    const live = rules.map(({ rule }) => applied(desiredRule({ rule_id: rule.rule_id, name: rule.name })));
    const text = renderPlanMarkdown(planOne({ rules }, { rules: live }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/and \d+ more/);
  });
});

const MOMENT = { kdac: "test", now: 0 };

describe("the JSON form of a plan", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../../schemas/output/plan.schema.json", import.meta.url), "utf8"),
  ) as object;
  const isPlan = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(
    schema,
  );

  it("follows its schema and comes back as it was", () => {
    const planned = mixed();
    const text = writePlan(planned, MOMENT);
    expect(isPlan(JSON.parse(text)), JSON.stringify(isPlan.errors)).toBe(true);
    expect(readPlan(text, "plan.json", MOMENT)).toEqual({ plan: planned, diagnostics: [] });
  });

  it("follows its schema with deletions, replacements, value lists, origins and warnings", () => {
    const retyped = desiredRule({ type: "eql", language: "eql", query: "any where true" });
    const origins = { name: { from: "rule", place: "rules/r1.rule.yml:2:7" } } as const;
    const planned = planOne(
      {
        rules: [retyped, { ...desiredRule({ rule_id: "new" }), origins }],
        valueLists: [valuesOf(["a", "b"])],
        connectors: [connectorOf({ config: { url: "https://new" } })],
      },
      {
        rules: [applied(desiredRule()), applied(desiredRule({ rule_id: "gone" }))],
        valueLists: [valuesLive(valuesOf(["b", "c"])), valuesLive(valuesOf(["x"], { id: "old" }))],
        connectors: [
          connectorLive({ id: offlineId("acme/default/soc-slack"), config: { url: "https://old" } }),
        ],
      },
      { prune: true, explain: true },
    );
    expect(planned.summary).toMatchObject({ replace: 1, delete: 2, create: 1, update: 2 });
    const text = writePlan(planned, MOMENT);
    expect(isPlan(JSON.parse(text)), JSON.stringify(isPlan.errors)).toBe(true);
    expect(readPlan(text, "plan.json", MOMENT)).toEqual({ plan: planned, diagnostics: [] });
  });

  it("is the same text for the same state", () => {
    const rules = [desiredRule()];
    const live = [applied(desiredRule({ severity: "high" }))];
    expect(writePlan(planOne({ rules }, { rules: live }), MOMENT)).toBe(
      writePlan(planOne({ rules }, { rules: live }), MOMENT),
    );
  });

  it("holds the names of secrets, not their values", () => {
    expect(writePlan(mixed(), MOMENT)).toContain("${SLACK_URL}");
  });

  it.each([
    ["", "deploy/broken-plan"],
    ["[]", "deploy/broken-plan"],
    ['{"version":2}', "deploy/plan-version"],
    ['{"version":1}', "deploy/broken-plan"],
    [
      '{"version":1,"project":"p","environment":"e","url":"u","summary":{},"policy":{},"spaces":[{}]}',
      "deploy/broken-plan",
    ],
    [
      '{"version":1,"project":"p","environment":"e","url":"u","summary":{},"policy":{},"spaces":[{"space":"s","changes":[{"action":"create"}]}]}',
      "deploy/broken-plan",
    ],
  ])("is refused when it is %j", (text, code) => {
    const { plan, diagnostics } = readPlan(text, "p.json", MOMENT);
    expect(plan).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code, target: { file: "p.json" } }]);
  });
});

describe("the text form of an apply", () => {
  it("names what was done, and why the rest was not", () => {
    const common = { kind: "rule" as const, key: "k", id: "r", file: "f" };
    const text = renderResult(
      {
        version: 1,
        summary: { created: 1, updated: 0, replaced: 0, deleted: 0, unchanged: 2, failed: 1, skipped: 1 },
        project: "p",
        environment: "e",
        url: "u",
        spaces: [
          {
            space: "default",
            results: [
              {
                ...common,
                outcome: "done",
                action: "create",
                name: "A",
                notes: ['Kibana did not store "x"'],
              },
              {
                ...common,
                outcome: "failed",
                action: "update",
                name: "B",
                reason: "it broke",
                help: "mend it",
              },
              { ...common, outcome: "skipped", action: "conflict", name: "C", reason: "not ours" },
            ],
          },
        ],
      },
      PLAIN,
    );
    expect(text).toBe(
      [
        "Space default",
        "  ✓ rule           A  created",
        '      note: Kibana did not store "x"',
        "  ✗ rule           B  failed",
        "      it broke",
        "      help: mend it",
        "  ○ rule           C  skipped",
        "      not ours",
        "",
        "Applied: 1 created, 0 updated, 2 unchanged, 1 failed, 1 skipped.",
        "",
      ].join("\n"),
    );
  });

  it("shows a connector's update without its secrets", () => {
    const planned = planOne(
      { connectors: [connector] },
      { connectors: [connectorLive({ is_missing_secrets: true })] },
    );
    expect(renderPlan(planned, PLAIN)).toContain('+ secrets: ["webhookUrl"]');
  });
});
