import { type Diagnostic, report, type Severity, type Target, toPointer } from "../diagnostics/index.js";
import type { Client } from "../kibana/client.js";
import { isPlainHttp } from "../kibana/client-url.js";
import { type Dialect, NEWEST, OLDEST } from "../kibana/dialect.js";
import { confirmMissing, listSpaces } from "../kibana/endpoints/index.js";
import { isKibanaError, type KibanaError } from "../kibana/errors.js";

/** A failed call as a finding at the setting that has to do with it. */
export function kibanaFinding(
  error: KibanaError,
  environment: string,
  configFile: string,
  severity: Severity = "error",
): Diagnostic {
  const target = settingAt(environment, configFile, settingOf(error));
  const help = error.help === undefined ? {} : { help: error.help };
  const code = error.kind === "incomplete" ? "deploy/incomplete" : "deploy/kibana";
  return report(code, { problem: error.problem }, target, { ...help, severity });
}

/** The spaces that Kibana does not have. Asked first, because a write to one of them would succeed. */
export async function missingSpaces(client: Client, wanted: readonly string[]): Promise<string[]> {
  return (await lookForSpaces(client, wanted)).missing;
}

/** {@link missingSpaces}, and one that is there: a wanted one where there is one, undefined where the caller sees none. */
export async function lookForSpaces(
  client: Client,
  wanted: readonly string[],
): Promise<{ missing: string[]; existing: string | undefined }> {
  const listed = await knownSpaces(client);
  const known = listed ?? ["default"];
  const isKnown = (space: string): boolean => known.includes(space);
  const missing = wanted.filter((space) => !isKnown(space));
  if (listed !== undefined) for (const space of missing) await confirmMissing(client, space);
  return { missing, existing: wanted.find(isKnown) ?? known[0] };
}

/** Missing spaces as findings. */
export function spaceFindings(
  missing: readonly string[],
  target: Target,
  severity: Severity = "error",
): Diagnostic[] {
  return missing.map((space) => report("deploy/missing-space", { space }, target, { severity }));
}

/** Whether this Kibana is one that kdac was tried with. An old one is refused before anything else is read from it. */
export function unfamiliar({ support, version = "" }: Dialect, target: Target): Diagnostic[] {
  if (support === "too-old") return [report("deploy/old-version", { version, oldest: OLDEST }, target)];
  return support === "newer" ? [report("deploy/new-version", { version, newest: NEWEST }, target)] : [];
}

/** Whether others can read the credentials on the way; nothing for an address that cannot be read. */
export function plainHttpFindings(url: string, target: Target): Diagnostic[] {
  if (!URL.canParse(url) || !isPlainHttp(url)) return [];
  return [report("deploy/plain-http", { host: new URL(url).host }, target)];
}

/** The place of an environment's setting in the configuration. */
export function settingAt(environment: string, configFile: string, setting?: string): Target {
  const path = ["environments", environment, ...(setting === undefined ? [] : [setting])];
  return { file: configFile, pointer: toPointer(path) };
}

/** Undefined for a Kibana whose spaces are switched off: it has the default one alone. */
async function knownSpaces(client: Client): Promise<string[] | undefined> {
  try {
    return await listSpaces(client);
  } catch (error) {
    if (isKibanaError(error, "no-api")) return undefined;
    throw error;
  }
}

function settingOf(error: KibanaError): string | undefined {
  if (isKibanaError(error, "auth", "login", "privilege")) return "api_key";
  const address = [
    "url",
    "dns",
    "refused",
    "tls",
    "not-kibana",
    "incomplete",
    "no-api",
    "network",
    "timeout",
  ] as const;
  return isKibanaError(error, ...address) ? "url" : undefined;
}
