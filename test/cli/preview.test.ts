import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../src/kibana/client-clock.js";
import {
  DeployWorld,
  item,
  type Json,
  list,
  rule,
  type Sent,
  type WorldOptions,
} from "../support/deploy-world.js";
import { FLAVOURS } from "../support/flavours.js";

// Alerts are waited for; here they are there at once.
beforeEach(() => void vi.spyOn(systemClock, "sleep").mockResolvedValue());
afterEach(() => void vi.restoreAllMocks());

interface Report {
  readonly exit: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly rules: readonly Json[];
  readonly diagnostics: readonly Json[];
}

async function report(world: DeployWorld, ...args: string[]): Promise<Report> {
  const { exit, out, err } = await world.run("preview", "--env", "test", "--format", "json", ...args);
  if (!out.startsWith("{")) throw new Error(out + err);
  const made = JSON.parse(out) as Report;
  const schema = new URL("../../schemas/output/preview.schema.json", import.meta.url);
  const isPreview = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, "utf8")) as object,
  );
  expect(isPreview(made), JSON.stringify(isPreview.errors)).toBe(true);
  return { ...made, exit };
}

const sentRules = (world: DeployWorld): Json[] =>
  world.sent.filter(({ path }) => path.includes("/rules/preview")).map(({ body }) => body as Json);

/** Answers for previews: what the logs say, and how many alerts were written. */
const answering =
  (answer: Json, alerts = 0) =>
  ({ path }: Sent, text: string): string => {
    if (path.includes("/rules/preview"))
      return JSON.stringify({ previewId: "p", isAborted: false, logs: [], ...answer });
    if (path.includes("/internal/search") || path.includes("/api/console/proxy"))
      return JSON.stringify({ rawResponse: { hits: { total: { value: alerts }, hits: [] } } });
    return text;
  };
const log = (fields: Json = {}): Json => ({ errors: [], warnings: [], duration: 1, ...fields });

const use = (
  files: Readonly<Record<string, string | Json>>,
  test: (world: DeployWorld) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> => DeployWorld.use(files, { kibana: { indices: ["logs-x"] }, ...options }, test);

const ONE = { "rules/one.rule.yml": rule() };
const HOUR = ["--from", "now-1h"];

describe("a rule that runs", () => {
  it.each(FLAVOURS)("is run with its own interval, and never made, on $name", async (flavour) => {
    await use(
      ONE,
      async (world) => {
        const { exit, rules, summary } = await report(
          world,
          "--from",
          "2026-01-01T00:00:00Z",
          "--to",
          "2026-01-01T01:00:00Z",
        );
        expect(exit).toBe(0);
        expect(summary).toMatchObject({ rules: 1, errors: 0 });
        expect(rules[0]).toMatchObject({ rule_id: "r1", runs: 12, outcome: "ok", notes: [] });
        expect(sentRules(world)[0]).toMatchObject({
          invocationCount: 12,
          timeframeEnd: "2026-01-01T01:00:00.000Z",
          enabled: false,
        });
        expect(world.writes).toEqual([]);
        expect(await world.rules()).toEqual([]);
      },
      { flavour, kibana: { indices: ["logs-x"], ...flavour.kibana } },
    );
  });

  it("has its alerts counted, and told for a day", async () => {
    await use(ONE, async (world) => {
      world.rewrite = answering({ logs: [log()] }, 7);
      const { rules, summary } = await report(world, ...HOUR);
      expect(rules[0]).toMatchObject({ alerts: 7, per_day: 168 });
      expect(summary).toMatchObject({ alerts: 7, uncounted: 0 });
      const { out } = await world.run("preview", "--env", "test", ...HOUR);
      expect(out).toContain("✓ Rule one  7 alerts, about 168 a day");
      expect(out).toContain("1 rule run: 7 alerts.");
    });
  });

  it("runs with the space's overlay, without actions, and with the analysts' exceptions there", async () => {
    const files = {
      "rules/one.rule.yml": rule({ exceptions: ["trusted"] }),
      "rules/trusted.exceptions.yml": list([item("i1")]),
    };
    await use(
      files,
      async (world) => {
        await world.apply();
        const live = await world.rule("r1");
        await world.send("post", `/api/detection_engine/rules/${String(live!["id"])}/exceptions`, {
          items: [{ ...item("own"), type: "simple" }],
        });
        await report(world, ...HOUR);
        const body = sentRules(world).at(-1)!;
        expect(body).toMatchObject({ risk_score: 99 });
        expect(body).not.toHaveProperty("actions");
        expect((body["exceptions_list"] as Json[]).map(({ type }) => type)).toEqual([
          "detection",
          "rule_default",
        ]);
      },
      { spaces: [{ id: "default", set: { risk_score: 99 } }] },
    );
  });
});

describe("a long range", () => {
  const range = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-01-02T00:00:00Z"];

  it("39: is run in fewer, longer runs where each event is an alert of its own", async () => {
    await use(ONE, async (world) => {
      const { rules } = await report(world, ...range);
      expect(sentRules(world)[0]).toMatchObject({
        invocationCount: 58,
        interval: "25m",
        from: "now-1560s",
        max_signals: 500,
      });
      expect(rules[0]!["from"]).toBe("2026-01-01T00:00:00.000Z");
      expect(rules[0]!["notes"]).toEqual(["run every 25m in place of every 5m, which finds the same events"]);
    });
  });

  it.each([
    { type: "threshold", threshold: { field: ["host.name"], value: 10 } },
    { alert_suppression: { group_by: ["host.name"] } },
    { type: "eql", query: "sequence by host.name [process where true] [file where true]" },
    { type: "new_terms", new_terms_fields: ["host.name"], history_window_start: "now-7d" },
  ])("39: is cut to its end for $type", async (fields) => {
    await use({ "rules/one.rule.yml": rule(fields) }, async (world) => {
      const { rules } = await report(world, ...range);
      const body = sentRules(world)[0]!;
      expect(body["invocationCount"]).toBe(60);
      expect(body).not.toHaveProperty("interval");
      expect(rules[0]).toMatchObject({ from: "2026-01-01T19:00:00.000Z", to: "2026-01-02T00:00:00.000Z" });
      expect(String((rules[0]!["notes"] as string[])[0])).toContain("covers the last 5h alone");
    });
  });

  it("39: that Kibana gives up is said so", async () => {
    await use(ONE, async (world) => {
      world.rewrite = answering({ isAborted: true, logs: [log(), log()] }, 3);
      const { exit, rules, diagnostics } = await report(world, ...range);
      expect(rules[0]).toMatchObject({ outcome: "aborted", runs: 2, alerts: 3 });
      expect(diagnostics[0]).toMatchObject({ code: "preview/aborted", severity: "warning" });
      expect(String(diagnostics[0]!["message"])).toContain("2 of 58 runs");
      expect(exit).toBe(0);
    });
  });
});

describe("a rule with something wrong", () => {
  const eql = `rule_id: r1
name: Rule one
description: d
type: eql
severity: low
risk_score: 21
index: [logs-*]
query: |
  process where
    process.nme == "x"
`;

  it("points into the query, where the message names line and column", async () => {
    await use({ "rules/one.rule.yml": eql }, async (world) => {
      const text = "verification_exception: Found 1 problem\nline 2:3: Unknown column [process.nme]";
      world.rewrite = answering({ logs: [log({ errors: [text] }), log({ errors: [text] })] });
      const { exit, diagnostics, rules } = await report(world, ...HOUR);
      expect(exit).toBe(1);
      expect(rules[0]!["outcome"]).toBe("failed");
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]).toMatchObject({
        code: "preview/failed",
        file: "rules/one.rule.yml",
        line: 10,
        column: 5,
      });
    });
  });

  it.each([
    ["line 9:1: nothing there", 8],
    ["Unable to find matching indices for rule Rule one.", 7],
    ["something else altogether", 8],
  ])("points at the field that %j is about", async (text, line) => {
    await use({ "rules/one.rule.yml": eql }, async (world) => {
      world.rewrite = answering({ logs: [log({ warnings: [text] })] });
      const { exit, diagnostics } = await report(world, ...HOUR);
      expect(exit).toBe(0);
      expect(diagnostics[0]).toMatchObject({ code: "preview/warning", line });
    });
  });

  it("warns that no index is there, as Kibana does", async () => {
    await use(
      ONE,
      async (world) => {
        const { diagnostics } = await report(world, ...HOUR);
        expect(diagnostics.map(({ code }) => code)).toContain("preview/warning");
      },
      { kibana: { indices: ["metrics-x"] } },
    );
  });

  it("is refused by Kibana: the finding has its words, and the other rules run", async () => {
    const files = { ...ONE, "rules/two.rule.yml": rule({ rule_id: "r2", name: "Two" }) };
    await use(files, async (world) => {
      const body = { statusCode: 400, error: "Bad Request", message: "[request body]: query: no such thing" };
      world.setFaults([
        { match: { path: "/rules/preview" }, times: 1, respond: { kind: "status", status: 400, body } },
      ]);
      const { exit, rules, diagnostics } = await report(world, ...HOUR);
      expect(exit).toBe(1);
      expect(diagnostics[0]).toMatchObject({ code: "preview/refused" });
      expect(String(diagnostics[0]!["message"])).toContain("no such thing");
      expect(rules.map(({ outcome }) => outcome)).toEqual(["failed", "ok"]);
      expect(rules[0]).toMatchObject({ alerts: null, runs: 0 });
    });
  });

  it("makes more alerts than it may", async () => {
    await use(ONE, async (world) => {
      world.rewrite = answering({ logs: [log()] }, 11);
      const { exit, diagnostics } = await report(world, ...HOUR, "--max-alerts", "10");
      expect(exit).toBe(1);
      expect(diagnostics[0]).toMatchObject({ code: "preview/too-many-alerts" });
      expect((await report(world, ...HOUR, "--max-alerts", "11")).exit).toBe(0);
    });
  });
});

describe("what the credentials may not", () => {
  it.each([
    [[], "warning", 0],
    [["--max-alerts", "10"], "error", 1],
  ] as const)("reading the alerts, with %j", async (more, severity, exit) => {
    await use(ONE, async (world) => {
      const closed = {
        kind: "status",
        status: 403,
        body: { statusCode: 403, error: "Forbidden", message: "no" },
      } as const;
      world.setFaults([
        { match: { path: "/internal/search" }, respond: closed },
        { match: { path: "/api/console" }, respond: closed },
      ]);
      const made = await report(world, ...HOUR, ...more);
      expect(made.rules[0]).toMatchObject({ alerts: null, per_day: null, outcome: "ok" });
      expect(made.diagnostics.find(({ code }) => code === "preview/uncounted")).toMatchObject({ severity });
      expect(made.exit).toBe(exit);
    });
  });

  it("previews at all", async () => {
    const encoded = Buffer.from("weak:weak").toString("base64");
    await use(
      ONE,
      async (world) => {
        world.env["KIBANA_API_KEY"] = encoded;
        const { exit, diagnostics } = await report(world, ...HOUR);
        expect(exit).toBe(1);
        expect(diagnostics[0]).toMatchObject({ code: "preview/failed" });
        expect(String(diagnostics[0]!["help"])).toContain(".preview.alerts-security.alerts");
      },
      { kibana: { apiKeys: [{ encoded, lacks: ["preview"] }] } },
    );
  });

  it("anything: one finding at the key", async () => {
    await use(ONE, async (world) => {
      world.env["KIBANA_API_KEY"] = "bm9ib2R5Om5v";
      const { exit, out } = await world.run("preview", "--env", "test");
      expect(exit).toBe(1);
      expect(out).toContain("deploy/kibana");
    });
  });
});

it("429: a preview that is put off is tried again", async () => {
  await use(ONE, async (world) => {
    world.setFaults([
      {
        match: { path: "/rules/preview" },
        times: 1,
        respond: { kind: "status", status: 429, retryAfter: 0 },
      },
    ]);
    expect(await report(world, ...HOUR)).toMatchObject({ exit: 0, summary: { rules: 1, errors: 0 } });
  });
});

describe("which rules", () => {
  const files = {
    "rules/a/one.rule.yml": rule(),
    "rules/b/two.rule.yml": rule({ rule_id: "r2", name: "Rule two" }),
  };
  const ids = async (world: DeployWorld, ...args: string[]): Promise<unknown[]> =>
    (await report(world, ...HOUR, ...args)).rules.map(({ rule_id }) => rule_id);

  it("by path, by id, by name", async () => {
    await use(files, async (world) => {
      expect(await ids(world)).toEqual(["r1", "r2"]);
      expect(await ids(world, "rules/b")).toEqual(["r2"]);
      expect(await ids(world, "--rule", "r1")).toEqual(["r1"]);
      expect(await ids(world, "--rule", "rule TWO")).toEqual(["r2"]);
      expect((await world.run("preview", "--env", "test", "--rule", "r9")).exit).toBe(2);
    });
  });

  it("those that changed since a revision", async () => {
    await use(files, async (world) => {
      const git = (...args: string[]): unknown =>
        execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
          cwd: world.root,
          stdio: "pipe",
        });
      git("init", "-q", "-b", "main");
      git("add", "-A");
      git("commit", "-qm", "first");
      expect(await ids(world, "--changed", "--base", "main")).toEqual([]);
      world.write("rules/b/two.rule.yml", rule({ rule_id: "r2", name: "Rule two", risk_score: 50 }));
      world.write("rules/b/three.rule.yml", rule({ rule_id: "r3", name: "Three" }));
      expect(new Set(await ids(world, "--changed", "--base", "main"))).toEqual(new Set(["r2", "r3"]));
    });
  });

  it.each([
    [["--from", "yesterday"], "--from takes a time"],
    [["--from", "now", "--to", "now-1h"], "--from has to lie before --to"],
    [["--max-alerts", "many"], "--max-alerts takes a whole number"],
    [["--space", "soc"], 'no space "soc"'],
    [["../elsewhere"], "outside the project"],
  ])("%j is wrong use", async (args, text) => {
    await use(files, async (world) => {
      const { exit, err } = await world.run("preview", "--env", "test", ...args);
      expect(exit).toBe(2);
      expect(err).toContain(text);
    });
  });

  it("wants to know the space, and that it is there", async () => {
    await use(
      files,
      async (world) => {
        expect((await world.run("preview", "--env", "test")).err).toContain("--space");
        const { exit, out } = await world.run("preview", "--env", "test", "--space", "gone");
        expect(exit).toBe(1);
        expect(out).toContain("deploy/missing-space");
      },
      { spaces: ["default", "gone"], kibana: { spaces: [] } },
    );
  });
});
