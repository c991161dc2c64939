import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { Client } from "../../kibana/client.js";
import { dialectOf } from "../../kibana/dialect.js";
import { getStatus } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { kibanaFinding, lookForSpaces, settingAt, spaceFindings } from "../findings.js";
import { JOURNAL_VERSION } from "../journal/entries.js";
import { type RunFiles, RunFilesError } from "../journal/files.js";
import { Journal } from "../journal/journal.js";
import { nameRun } from "../journal/name.js";
import { isWrite } from "../plan/actions.js";
import type { Plan } from "../plan/types.js";
import { writeSnapshot } from "../snapshot/file.js";
import { planDigest, snapshotOf } from "../snapshot/take.js";
import { bootstrapFindings } from "./bootstrap.js";
import { look, type Seen, targetOf } from "./look.js";
import { inPool } from "./pool.js";
import { Run } from "./run.js";
import { type Environment, missingSecrets } from "./secrets.js";
import { staleFindings } from "./stale.js";
import type { ApplyResult } from "./types.js";

export interface ApplyOptions {
  /** The client, or what makes it; what that throws becomes a finding. */
  readonly client: Client | (() => Client);
  /** Where the snapshot and the journal go. */
  readonly files: RunFiles;
  /** Where connectors' secrets come from. */
  readonly env: Environment;
  /** Whose credentials these are, for the journal. */
  readonly user?: string;
  /** Begin nothing more after the first failure. */
  readonly failFast?: boolean;
  /** Import rules in batches into spaces that have none of them. */
  readonly bootstrap?: boolean;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** An id of this run and no other; a random one without it. */
  readonly runId?: string;
  /** Where the plan was read from, for findings about it. */
  readonly planFile?: string;
  /** Path of the configuration, for findings about the environment. */
  readonly configFile?: string;
}

export interface ApplyProgress {
  readonly space: string;
  readonly done: number;
  readonly total: number;
}

/** Spaces that are looked at at the same time. */
const SPACES_AT_ONCE = 3;

/**
 * Carries out a plan: this very one, and nothing that it does not hold. Nothing is written when the plan is for
 * another Kibana, a secret is missing, a space is gone, anything that the plan touches moved since it was made, or
 * snapshot and journal cannot be written; then there are only findings. After that a change that fails stops nothing but
 * what needs it; when Kibana cannot be reached any more, the rest is skipped. A second run after any failure plans and
 * makes what is still missing.
 */
export async function apply(
  plan: Plan,
  options: ApplyOptions,
): Promise<{ result?: ApplyResult; diagnostics: Diagnostic[] }> {
  const { configFile = "kdac.config.yml" } = options;
  try {
    const client = typeof options.client === "function" ? options.client() : options.client;
    const diagnostics = [...mismatches(plan, client, options), ...missingSecrets(plan, options.env)];
    if (diagnostics.length > 0) return { diagnostics };
    if (!plan.spaces.some(({ changes }) => changes.some(isWrite)))
      return { result: await new Run({ ...options, plan, client, seen: new Map() }).apply(), diagnostics };
    return await lookAndApply(plan, client, { ...options, configFile });
  } catch (error) {
    if (error instanceof RunFilesError)
      return { diagnostics: [report("deploy/run-files", { problem: error.message }, { file: configFile })] };
    if (!isKibanaError(error)) throw error;
    return { diagnostics: [kibanaFinding(error, plan.environment, configFile)] };
  }
}

async function lookAndApply(
  plan: Plan,
  client: Client,
  options: ApplyOptions & { readonly configFile: string },
): Promise<{ result?: ApplyResult; diagnostics: Diagnostic[] }> {
  const { environment } = plan;
  const { configFile, files } = options;
  const place = settingAt(environment, configFile, "spaces");
  const { missing, existing } = await lookForSpaces(client, spacesToFind(plan));
  if (missing.length > 0) return { diagnostics: spaceFindings(missing, place) };
  const seen = await lookAtAll(plan, client, existing);
  const diagnostics = [
    ...staleFindings(plan, seen, place),
    ...(options.bootstrap === true ? bootstrapFindings(plan, seen, place) : []),
  ];
  if (diagnostics.length > 0) return { diagnostics };

  const now = client.clock.now();
  const name = await nameRun(files, environment, now);
  await writeSnapshot(files, name, snapshotOf(plan, seen, now), seen);
  const journal = await Journal.begin(files, name, {
    event: "started",
    version: JOURNAL_VERSION,
    at: new Date(now).toISOString(),
    project: plan.project,
    environment,
    url: plan.url,
    ...(options.user === undefined ? {} : { user: options.user }),
    plan: planDigest(plan),
    snapshot: name,
    changes: plan.spaces.flatMap(({ changes }) => changes).filter(isWrite).length,
  });
  const result = await new Run({ ...options, plan, client, seen, journal, snapshot: name }).apply();
  await journal.finish({
    event: "finished",
    at: new Date(client.clock.now()).toISOString(),
    summary: result.summary,
  });
  return { result, diagnostics: [] };
}

/** The spaces that the plan writes to and does not make. */
function spacesToFind({ spaces, creates_spaces = [] }: Plan): string[] {
  return spaces
    .filter(({ space, changes }) => changes.some(isWrite) && !creates_spaces.includes(space))
    .map(({ space }) => space);
}

/** One look at all that the plan touches, space by space; a space that is to be made has nothing of its own yet. */
async function lookAtAll(
  plan: Plan,
  client: Client,
  existing: string | undefined,
): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  const dialect = plan.kibana === null ? (await getStatus(client)).dialect : dialectOf(plan.kibana);
  await inPool(plan.spaces, SPACES_AT_ONCE, async ({ space, changes }) => {
    const targets = changes.filter(isWrite).map(targetOf);
    const isNew = plan.creates_spaces?.includes(space) === true;
    // Of what is to be made there is what all spaces share.
    const there = isNew ? targets.filter(({ namespace }) => namespace === "agnostic") : targets;
    const through = isNew ? existing : space;
    if (there.length > 0 && through !== undefined)
      seen.set(space, await look(client, through, there, dialect));
  });
  return seen;
}

function mismatches(plan: Plan, client: Client, { planFile = "plan.json" }: ApplyOptions): Diagnostic[] {
  if (plan.url === client.base) return [];
  return [report("deploy/other-kibana", { planned: plan.url, given: client.base }, { file: planFile })];
}
