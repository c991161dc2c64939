import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Change, desiredSpaces, filesOf, planEnvironment } from "../../../src/deploy/index.js";
import { type Definition, registry } from "../../../src/diagnostics/index.js";
import { createClient } from "../../../src/kibana/client.js";
import { loadProject, nodeHost, spacesOf } from "../../../src/project/index.js";
import { fakeClock } from "../../kibana/client/support.js";
import { DeployWorld, type Json } from "../../support/deploy-world.js";

const CONFIG = {
  name: "acme",
  stack: "9.5",
  environments: { test: { url: "${KIBANA_URL}", api_key: "${KIBANA_API_KEY}", spaces: ["default"] } },
};

const rule = (id: string, more: string): string => `rule_id: ${id}
name: Rule ${id}
description: Finds something.
severity: low
risk_score: 21
interval: 5m
from: now-9m
index: [logs-*]
${more}`;

/** By file: its text, and the objects that it declares. */
const FILES: Readonly<Record<string, { readonly text: string; readonly declares: readonly string[] }>> = {
  "rules/a.rule.yml": {
    text: rule("r-a", "type: query\nquery: 'process.name: \"a\"'\nexceptions: [trusted]\n"),
    declares: ["rule/r-a"],
  },
  "rules/b.rule.yml": {
    text: rule(
      "r-b",
      'type: eql\nquery: |\n  process where process.name == "b"\nnote: |\n  {{> shared}}\nstack: ">=8.18"\n',
    ),
    declares: ["rule/r-b"],
  },
  "rules/deep/er/c.rule.yml": {
    text: rule("r-c", "type: threshold\nquery: '*:*'\nthreshold: {field: [host.name], value: 3}\n"),
    declares: ["rule/r-c"],
  },
  "rules/b.rule.de.yml": { text: "name: Regel b\n", declares: ["rule/r-b"] },
  "rules/shared.fragment.md": { text: "Look at it.\n", declares: ["rule/r-b"] },
  "rules/trusted.exceptions.yml": {
    text: `list_id: trusted
name: Trusted hosts
description: Hosts that may.
items:
  - item_id: one
    name: One
    description: Expected.
    entries: [{field: host.name, type: match, operator: included, value: h1}]
  - item_id: two
    name: Two
    description: Expected.
    entries: [{field: source.ip, type: list, operator: included, list: {id: nets, type: ip}}]
`,
    declares: ["exception-list/trusted", "exception-item/one", "exception-item/two"],
  },
  "rules/nets.values.yml": {
    text: "id: nets\nname: Networks\ndescription: Ours.\ntype: ip\nvalues: [10.0.0.1, 10.0.0.2]\n",
    declares: ["value-list/nets"],
  },
};

type Corruption = (world: DeployWorld, file: string, text: string) => void;
const write =
  (change: (text: string) => string): Corruption =>
  (world, file, text) =>
    world.write(file, change(text));
const bytes =
  (make: (text: string) => Buffer): Corruption =>
  (world, file, text) =>
    writeFileSync(join(world.root, file), make(text));

/** Ways to spoil any file that is YAML. */
const ANY: Readonly<Record<string, Corruption>> = {
  "a syntax error at its end": write((text) => `${text}: [\n`),
  "a syntax error at its start": write((text) => `"open\n${text}`),
  "a tab for indentation": write((text) => `${text}extra:\n\ta: 1\n`),
  "nothing in it": write(() => ""),
  "comments alone": write(() => "# was a rule\n"),
  "a list in place of keys": write((text) => `- ${text.split("\n")[0]}\n`),
  "bytes that are not UTF-8": bytes((text) =>
    Buffer.concat([Buffer.from([0xff, 0xfe, 0]), Buffer.from(text)]),
  ),
  "a NUL": write((text) => `${text}# \0\n`),
  "UTF-16": bytes((text) => Buffer.from(`\ufeff${text}`, "utf16le")),
  "too much text": write((text) => `${text}# ${"x".repeat(5_000_000)}\n`),
  "a second document": write((text) => `${text}---\n${text}`),
  "a key twice": write((text) => `${text}${text.split("\n")[0]}\n`),
  "an unknown key": write((text) => `${text}no_such_key: 1\n`),
  "its first line gone": write((text) => text.slice(text.indexOf("\n") + 1)),
  "its first value a number": write((text) => text.replace(/: .*/, ": 5")),
  "its first value blank": write((text) => text.replace(/: .*/, ': "  "')),
  "its name a list": write((text) => text.replace(/^name: .*/m, "name: [a]")),
  "a merge key": write((text) => `${text}<<: {a: 1}\n`),
  "an unknown tag": write((text) => text.replace(/^name: /m, "name: !x ")),
  "a link that leads nowhere": (world, file) => {
    rmSync(join(world.root, file));
    symlinkSync("nowhere", join(world.root, file));
  },
  "a link that leads out": (world, file) => {
    rmSync(join(world.root, file));
    symlinkSync("/etc/hostname", join(world.root, file));
  },
};

/** Ways to spoil a rule. */
const RULE: Readonly<Record<string, Corruption>> = {
  "a severity that is none": write((text) => text.replace("severity: low", "severity: informational")),
  "a score out of range": write((text) => text.replace("risk_score: 21", "risk_score: 210")),
  "a score that is text": write((text) => text.replace("risk_score: 21", "risk_score: high")),
  "an interval in no form": write((text) => text.replace("interval: 5m", "interval: often")),
  "no type": write((text) => text.replace(/^type: .*\n/m, "")),
  "an unknown type": write((text) => text.replace(/^type: .*/m, "type: sigma")),
  "a field that Kibana writes": write((text) => `${text}revision: 3\n`),
  "a range of stacks that is none": write((text) => `${text.replace(/^stack: .*\n/m, "")}stack: often\n`),
  "another id in extra": write((text) => `${text}extra: {rule_id: other}\n`),
  "a fragment that does not exist": write((text) => `${text}setup: |\n  {{> nothing}}\n`),
  "the name of no rule": (world, file) =>
    renameSync(join(world.root, file), join(world.root, file.replace(".rule.", ".ruel."))),
  "a second file of it": (world, file, text) => world.write(file.replace(".rule.", "-2.rule."), text),
};

const WAYS: readonly (readonly [string, string, Corruption])[] = Object.keys(FILES).flatMap((file) => {
  if (file.endsWith(".md"))
    return [
      [file, "gone", (world: DeployWorld) => world.remove(file)] as const,
      [file, "not UTF-8", bytes(() => Buffer.from([0xff]))] as const,
    ];
  const ways = { ...ANY, ...(/\/\w+\.rule\.yml$/.test(file) ? RULE : {}) };
  // A translation has no key that it needs, and its first one may be anything.
  if (file.endsWith(".de.yml")) delete ways["its first line gone"];
  return Object.entries(ways).map(([way, corrupt]) => [file, way, corrupt] as const);
});

/** What loading a project does not see: the rule goes into a plan, and its finding alone stops the commands. */
const COMPILES: ReadonlySet<string> = new Set([
  "a range of stacks that is none",
  "another id in extra",
  "a fragment that does not exist",
  "gone",
  "not UTF-8",
]);

const CODES = Object.keys(registry);
const INVALID = Object.entries<Definition>(registry)
  .filter(([, { invalid }]) => invalid === true)
  .map(([code]) => code);

let world: DeployWorld;
beforeAll(async () => {
  world = await DeployWorld.start({
    "kdac.config.yml": CONFIG,
    ...Object.fromEntries(Object.entries(FILES).map(([file, { text }]) => [file, text])),
  });
  await world.apply();
});
afterAll(() => world.stop());

/** The project as it was, but for what one file of it became. */
function spoil(config: Json, file: string, corrupt: Corruption, comment: string): void {
  rmSync(join(world.root, "rules"), { recursive: true });
  for (const [path, { text }] of Object.entries(FILES)) world.write(path, text);
  world.write("kdac.config.yml", config);
  const text = FILES[file]!.text;
  mkdirSync(dirname(join(world.root, file)), { recursive: true });
  corrupt(world, file, file.endsWith(".md") ? text : comment + text);
}

/** The plan of whoever does not ask `validate`. */
async function plannedAnyway(): Promise<readonly Change[]> {
  const project = loadProject(nodeHost(world.env), { cwd: world.root });
  const { plan, diagnostics } = await planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces: desiredSpaces(project, spacesOf({ config: CONFIG, configFile: "kdac.config.yml" }, "test")),
    policy: { project: "acme", prune: true, overwriteDrift: true, maxDeletes: 1000 },
    files: filesOf(project),
    connect: () =>
      createClient({
        url: world.env["KIBANA_URL"]!,
        auth: { apiKey: world.env["KIBANA_API_KEY"]! },
        clock: fakeClock(),
        random: () => 0,
        version: "test",
      }),
  });
  if (plan === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return plan.spaces.flatMap(({ changes }) => changes);
}

describe("an object whose file is invalid", () => {
  it.each(WAYS)("%s with %s: no plan deletes it", async (file, way, corrupt) => {
    spoil(CONFIG, file, corrupt, "");
    const changes = await plannedAnyway();
    const own = changes.filter(({ kind, id }) => FILES[file]!.declares.includes(`${kind}/${id}`));
    expect(own.filter(({ action }) => action === "delete" || action === "orphan")).toEqual([]);
    if (COMPILES.has(way)) return;
    expect(own.map(({ action, conflict }) => [action, conflict?.code])).toEqual(
      own.map(() => ["conflict", "invalid-file"]),
    );
    expect(own.length).toBe(FILES[file]!.declares.length);
  });

  it("stops plan, apply, build and export, whatever severities and suppressions say", async () => {
    const severity = fc.constantFrom("warning", "info", "off");
    const lint = fc.oneof(
      fc.dictionary(fc.constantFrom(...INVALID), severity, { maxKeys: 12 }),
      severity.map((one) => Object.fromEntries(CODES.map((code) => [code, one]))),
    );
    const comment = fc
      .subarray(INVALID, { maxLength: 40 })
      .map((codes) => (codes.length === 0 ? "" : `# kdac-ignore ${codes.join(", ")} -- we know\n`));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WAYS), lint, comment, async ([file, , corrupt], levels, ignore) => {
        spoil({ ...CONFIG, lint: levels }, file, corrupt, ignore);
        world.forget();
        for (const args of [
          ["plan", "--env", "test", "--prune"],
          ["apply", "--env", "test", "--prune", "--yes", "--max-deletes", "1000"],
          ["build", "--out", "dist"],
          ["export", "--out", "bundle.ndjson"],
        ]) {
          const { exit, out, err } = await world.run(...args);
          const named = new RegExp(file.replace(/\.(?:rule|fragment)\..*$/, "").replace(/\./g, "\\."));
          expect([args[0], exit]).toEqual([args[0], 1]);
          expect(out + err).toMatch(file.endsWith(".md") ? /rules\/b\.rule\.yml/ : named);
        }
        expect(world.writes).toEqual([]);
        expect(world.exists("dist") || world.exists("bundle.ndjson")).toBe(false);
      }),
      { numRuns: 25 },
    );
    expect(new Set((await world.rules()).map(({ rule_id }) => rule_id))).toEqual(
      new Set(["r-a", "r-b", "r-c"]),
    );
  });
});
