import type { Client } from "../../kibana/client.js";
import type { Connection } from "../../kibana/connection.js";
import type { Dialect } from "../../kibana/dialect.js";
import { findLists, type ListKey } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { type Desired, listKey } from "../desired/desired.js";
import { liveListKey } from "../live/keys.js";
import { findEveryRule } from "../live/find.js";
import { examineAccount, examineLicence, examineSpaces } from "./account.js";
import { examineNetwork } from "./network.js";
import { examinePermissions } from "./permissions.js";
import { check } from "./report.js";
import { examineRules, referencesOf } from "./rules.js";
import { examineServer } from "./server.js";
import type { Check, CheckStatus, Doctor, Examination, Probes } from "./types.js";
import { DOCTOR_VERSION } from "./types.js";

export interface ExamineRequest {
  readonly environment: string;
  readonly url: string;
  readonly connection: Connection;
  /** The project's name and the stack that it is checked for. */
  readonly project: string;
  readonly stack: string;
  /** What each space shall have. */
  readonly spaces: readonly Desired[];
  readonly connect: () => Client;
  /** Variables of the environment, for proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly probes: Probes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onProgress?: (label: string) => void;
}

/**
 * Examines an environment, from its address to its rules. A check that fails ends those that need it; it never throws for
 * what Kibana or the network do. Nothing is changed.
 */
export async function examine(request: ExamineRequest): Promise<Examination> {
  const { environment, onProgress } = request;
  const checks: Check[] = [];
  const end = (kibana?: string, url?: string): Examination => ({
    environment,
    url: url ?? null,
    kibana: kibana ?? null,
    checks,
  });
  onProgress?.("looking at the network");
  const network = await examineNetwork(
    request.url,
    request.connection,
    request.env,
    request.probes,
    request.now(),
  );
  checks.push(...network.checks);
  if (network.base === undefined || network.checks.some(({ status }) => status === "problem")) {
    checks.push(...skipped(["kibana", "credentials", "spaces"], "there is no way to Kibana"));
    return end(undefined, network.base);
  }
  onProgress?.("asking Kibana");
  let client: Client;
  try {
    client = request.connect();
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    checks.push(check("credentials", "credentials").failed(error));
    return end(undefined, network.base);
  }
  const server = await examineServer(client, request.stack);
  checks.push(...server.checks);
  if (server.status === undefined) {
    checks.push(...skipped(["credentials", "spaces"], "Kibana does not answer"));
    return end(undefined, network.base);
  }
  const { dialect } = server.status;
  const account = await examineAccount(client, request.spaces);
  checks.push(...account.checks);
  if (!account.accepted) {
    checks.push(...skipped(["licence", "spaces"], "the credentials are not accepted"));
    return end(dialect.version, network.base);
  }
  checks.push(await examineLicence(client, dialect, request.spaces, request.now()));
  const spaces = await examineSpaces(
    client,
    request.spaces.map(({ space }) => space),
  );
  checks.push(...spaces.checks);
  for (const desired of request.spaces) {
    if (!spaces.there.includes(desired.space)) continue;
    onProgress?.(`looking at space ${desired.space}`);
    checks.push(...(await examineSpace(client, desired, dialect, request.project)));
  }
  return end(dialect.version, network.base);
}

async function examineSpace(
  client: Client,
  desired: Desired,
  dialect: Dialect,
  project: string,
): Promise<Check[]> {
  const { space } = desired;
  const { checks, reads } = await examinePermissions(client, desired, dialect);
  if (!reads)
    return [...checks, check("rules", "rules", space).skipped("these credentials may not read them")];
  try {
    const rules = await findEveryRule(client, space);
    const keys = new Map(rules.flatMap(referencesOf).map((list) => [listKey(list), list as ListKey]));
    const lists = keys.size === 0 ? [] : await findLists(client, space, [...keys.values()]);
    return [...checks, ...examineRules(rules, new Set(lists.map(liveListKey)), desired, project)];
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return [...checks, check("rules", "rules", space).failed(error)];
  }
}

const TITLES = { kibana: "Kibana", credentials: "credentials", licence: "licence", spaces: "spaces" };

function skipped(ids: readonly (keyof typeof TITLES)[], message: string): Check[] {
  return ids.map((id) => check(id, TITLES[id]).skipped(message));
}

/** The examinations of several environments in one document. */
export function doctorOf(environments: readonly Examination[]): Doctor {
  const summary = { ok: 0, warning: 0, problem: 0, skipped: 0 } satisfies Record<CheckStatus, number>;
  for (const { checks } of environments) for (const { status } of checks) summary[status]++;
  return { version: DOCTOR_VERSION, summary, environments };
}
