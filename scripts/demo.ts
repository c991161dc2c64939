/**
 * The main job from end to end, for a newcomer without a cluster: `npm start`. Starts the embedded Kibana, validates and
 * builds the rules of this repository, deploys them to two spaces, changes one and takes that back, looks
 * at what an analyst does meanwhile, and carries a bundle into a third space. `npm start -- --serve` leaves the server up.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFiles, exportBundle } from "../src/bundle/index.js";
import { progress } from "../src/cli/progress.js";
import { processIo } from "../src/cli/process-io.js";
import { runFiles } from "../src/cli/run-files.js";
import {
  apply,
  desiredSpaces,
  hasChanges,
  listSnapshots,
  type Plan,
  planEnvironment,
  planSentence,
  readSnapshot,
  renderPlan,
  resultSentence,
  rollbackEnvironment,
  type RunFiles,
} from "../src/deploy/index.js";
import { createKibana, serve } from "../src/emulator/index.js";
import { systemClock } from "../src/kibana/client-clock.js";
import { type Client, createClient } from "../src/kibana/client.js";
import { importRules } from "../src/kibana/endpoints/index.js";
import { validate } from "../src/lint/index.js";
import {
  bundleConnectors,
  bundleLists,
  bundleRules,
  loadProject,
  nodeHost,
  type Project,
  rulesOf,
  spacesOf,
} from "../src/project/index.js";
import { render } from "../src/report/index.js";
import { version } from "../src/version.js";

const ENVIRONMENT = "local";
const THIRD_SPACE = "soc-apac";
/** The rule that the demo changes in memory: the project's seed. */
const CHANGED = "rules/windows/script-executing-powershell.rule.yml";
const CHANGED_ID = "f545ff26-3c94-4fd0-bd33-3c7f95a3a0fc";

const argv = process.argv.slice(2);
const io = processIo(argv);
const colours = io.palette;
const root = join(import.meta.dirname, "..");
let chapter = 0;

function say(text = ""): void {
  io.out(`${text}\n`);
}

function title(text: string): void {
  say();
  say(colours.bold(`${++chapter}. ${text}`));
}

/** Shows the first lines of a long text and says how much was left out. */
function excerpt(text: string, most: number): void {
  const lines = text.trimEnd().split("\n");
  for (const line of lines.slice(0, most)) say(`   ${line}`);
  if (lines.length > most) say(colours.dim(`   … and ${lines.length - most} more lines`));
}

/** What the demo reads of the answer of `_import`. */
interface ImportAnswer {
  readonly success: boolean;
  readonly success_count: number;
  readonly rules_count: number;
  readonly errors: readonly { readonly error: { readonly message: string } }[];
}

async function main(): Promise<number> {
  const project = loadProject(nodeHost(process.env), { cwd: root });

  title("Validate");
  const { diagnostics, ok, rules } = validate(project);
  excerpt(render("pretty", { diagnostics, documents: project.documents, rules }, io.palette), 40);
  if (!ok) return 1;

  title("Build");
  const compiled = rulesOf(project, undefined);
  const { manifest } = buildFiles({
    project: project.settings.name,
    generator: `kdac ${version}`,
    locale: "en",
    rules: bundleRules(compiled),
  });
  const types = countBy(compiled.map(({ rule }) => rule.type));
  say(
    `   ${manifest.summary.rules} rules compile to Kibana JSON: ${types.map(([type, count]) => `${count} ${type}`).join(", ")}.`,
  );
  say(
    `   ${project.exceptionLists.size} exception lists and ${project.connectors.size} connectors are declared. kdac build writes it all to a folder.`,
  );

  const spaces = spacesOf(project, ENVIRONMENT);
  const embedded = createKibana({
    spaces: [...spaces.map(({ id }) => id), THIRD_SPACE].filter((id) => id !== "default"),
  });
  const kibana = await serve(embedded, { port: 0 });
  // What applies leave behind for a rollback; the demo itself leaves nothing.
  const folder = mkdtempSync(join(tmpdir(), "kdac-demo-"));
  const files = runFiles(folder);
  try {
    title("Start the embedded Kibana");
    say(
      `   It listens on ${colours.cyan(kibana.url)}, on this machine only, with the spaces default, ${spaces
        .map(({ id }) => id)
        .filter((id) => id !== "default")
        .join(", ")} and ${THIRD_SPACE}.`,
    );
    const client = createClient({
      url: kibana.url,
      auth: { apiKey: kibana.apiKey },
      clock: systemClock,
      random: Math.random,
      version,
    });

    title(`Plan and apply to ${spaces.map(({ id }) => id).join(" and ")}`);
    const first = await planned(project, client);
    excerpt(renderPlan(first, io.palette), 24);
    say(`   ${colours.green(await applied(first, client, files))}`);

    title("Plan again");
    const second = await planned(project, client);
    say(`   ${planSentence(second)}`);
    if (hasChanges(second)) return 1;

    title("Change one rule in memory, plan and apply");
    const edited = loadProject(editing(project), { cwd: root });
    const change = await planned(edited, client);
    excerpt(renderPlan(change, io.palette), 30);
    if (!hasChanges(change)) return 1;
    say(`   ${colours.green(await applied(change, client, files))}`);

    title("Go back to what was there before");
    const back = await goingBack(client, files);
    excerpt(renderPlan(back, io.palette), 12);
    say(`   ${colours.green(await applied(back, client, files))}`);
    const afterwards = await planned(project, client);
    say(`   ${planSentence(afterwards)}`);
    if (hasChanges(afterwards)) return 1;

    title("Meanwhile, an analyst works in Kibana");
    const analyst = embedded.ui("default", "ana");
    await analyst.addException(CHANGED_ID, {
      name: "Build server",
      entries: [{ field: "host.name", type: "match", operator: "included", value: "build01" }],
    });
    say(`   An exception is added to a rule: ${planSentence(await planned(project, client))}`);
    await analyst.saveRule(CHANGED_ID, { severity: "high" });
    const drift = await planned(project, client);
    say("   The rule's severity is changed in its form, which no apply overwrites unless told to:");
    excerpt(renderPlan(drift, io.palette), 12);
    if (drift.summary.conflict !== 1) return 1;
    say(
      `   With --overwrite-drift: ${await applied(await planned(project, client, true), client, files)} The exception stays.`,
    );
    const lists = (await analyst.rule(CHANGED_ID))["exceptions_list"] as readonly { type: string }[];
    if (!lists.some(({ type }) => type === "rule_default")) return 1;

    title(`Export a bundle and import it into ${THIRD_SPACE}`);
    const bundle = exportBundle({
      rules: bundleRules(compiled),
      lists: bundleLists(project),
      connectors: bundleConnectors(project),
    });
    say(
      `   The bundle has ${bundle.text.trimEnd().split("\n").length} lines: ${bundle.summary.exported_rules_count} rules, ${bundle.summary.exported_exception_list_count} exception lists with ${bundle.summary.exported_exception_list_item_count} items, ${bundle.summary.exported_action_connector_count} connectors and the summary.`,
    );
    const answer = (await importRules(client, THIRD_SPACE, bundle.text)) as unknown as ImportAnswer;
    const outcome =
      answer.errors.length === 0
        ? "without an error"
        : answer.errors.map(({ error }) => error.message).join("; ");
    say(`   Kibana imported ${answer.success_count} of ${answer.rules_count} rules ${outcome}.`);
    if (!answer.success) return 1;

    title("Next");
    say(
      "   Change a rule in rules/ and run npx kdac validate. README.md shows the way from a new rule to Kibana.",
    );
    if (!argv.includes("--serve"))
      say("   npm start -- --serve leaves the embedded Kibana up for npx kdac plan and apply.");
    else {
      say();
      say(`   export KIBANA_URL=${kibana.url}`);
      say(`   export KIBANA_API_KEY=${kibana.apiKey}`);
      say(`   npx kdac plan --env ${ENVIRONMENT}`);
      say(colours.dim("   Stop it with Ctrl-C."));
      await io.interrupted();
    }
    return 0;
  } finally {
    await kibana.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The plan that takes the last apply back, from the snapshot that it took. */
async function goingBack(client: Client, files: RunFiles): Promise<Plan> {
  const [name = ""] = await listSnapshots(files, ENVIRONMENT);
  const { snapshot } = await readSnapshot(files, name);
  if (snapshot === undefined) throw new Error(`there is no snapshot "${name}"`);
  const { plan, diagnostics } = await rollbackEnvironment({
    snapshot,
    name,
    configFile: "kdac.config.yml",
    connect: () => client,
    overwriteDrift: false,
  });
  if (plan === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return plan;
}

async function planned(project: Project, client: Client, overwriteDrift = false): Promise<Plan> {
  const line = progress(io, false, Date.now);
  const spaces = spacesOf(project, ENVIRONMENT);
  const { plan, diagnostics } = await planEnvironment({
    environment: ENVIRONMENT,
    configFile: project.configFile!,
    spaces: desiredSpaces(project, spaces),
    policy: { project: project.settings.name, overwriteDrift },
    connect: () => client,
    onProgress: (label, done, total) => line.step(label, done, total),
  }).finally(() => line.end());
  if (plan === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return plan;
}

async function applied(plan: Plan, client: Client, files: RunFiles): Promise<string> {
  const line = progress(io, false, Date.now);
  const { result, diagnostics } = await apply(plan, {
    client,
    files,
    env: process.env,
    onProgress: ({ space, done, total }) => line.pace(`applying to ${space}`, done, total),
  }).finally(() => line.end());
  if (result === undefined || result.summary.failed + result.summary.skipped > 0)
    throw new Error(
      [...diagnostics.map(({ message }) => message), result === undefined ? "" : resultSentence(result)].join(
        "; ",
      ),
    );
  return resultSentence(result);
}

/** The disk, but for one rule whose severity was raised and whose query was widened. */
function editing(project: Project): ReturnType<typeof nodeHost> {
  const disk = nodeHost(process.env);
  const path = join(project.location.root, CHANGED);
  return {
    ...disk,
    read(file) {
      const text = disk.read(file);
      if (file !== path) return text;
      return text
        ?.replace(/^severity: low$/m, "severity: medium")
        .replace(/^risk_score: 21$/m, "risk_score: 47")
        .replace('"powershell.exe"', '("powershell.exe", "pwsh.exe")');
    },
  };
}

function countBy(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

process.exitCode = await main();
