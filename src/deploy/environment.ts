import type { Diagnostic } from "../diagnostics/index.js";
import type { Client } from "../kibana/client.js";
import type { Dialect } from "../kibana/dialect.js";
import { getStatus } from "../kibana/endpoints/index.js";
import { isKibanaError } from "../kibana/errors.js";
import { type Actual, readActual } from "./live/actual.js";
import type { Desired } from "./desired/desired.js";
import { kibanaFinding, lookForSpaces, settingAt, spaceFindings, unfamiliar } from "./findings.js";
import { readShared } from "./live/shared.js";
import { missingInKibana } from "./named-in-kibana.js";
import { tooNewFor } from "./older-kibana.js";
import type { RunFiles } from "./journal/files.js";
import type { Files } from "./plan/orphans.js";
import { emptyState, Planner } from "./plan/plan.js";
import { leftBehind } from "./snapshot/left-behind.js";
import type { Plan, Policy } from "./plan/types.js";
import { type Environment, missingSecrets } from "./apply/secrets.js";

export interface PlanRequest {
  /** The environment's name in the configuration. */
  readonly environment: string;
  /** Path of the configuration, for findings. */
  readonly configFile: string;
  /** What each space shall have. */
  readonly spaces: readonly Desired[];
  /** What the project has files for besides. */
  readonly files?: Files;
  readonly policy: Policy;
  /** Plan spaces that are not there as spaces that are made first; otherwise they are findings. */
  readonly createSpaces?: boolean;
  /** Where runs leave their journals and snapshots; without it, nothing is known of runs that did not come to their end. */
  readonly runs?: RunFiles;
  /** Makes the client; what it throws becomes a finding. */
  readonly connect: () => Client;
  /** Where connectors' secrets would come from; what is missing is a warning. */
  readonly env?: Environment;
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

/** Spaces that are read at the same time; each may be tens of megabytes. */
const SPACES_AT_ONCE = 2;

/**
 * Reads an environment and plans it. One request for Kibana's version and one for its spaces, then at most three for
 * each space (see `readActual`), and those for data views and timelines that rules name. What stands in the way is a finding at the place of the configuration that is to be
 * corrected; then there is no plan. That an address is not encrypted is for `plainHttpFindings` to say, before anything is sent.
 */
export async function planEnvironment(
  request: PlanRequest,
): Promise<{ plan?: Plan; diagnostics: Diagnostic[] }> {
  const { environment, configFile, policy } = request;
  try {
    const client = request.connect();
    const { dialect } = await getStatus(client);
    const diagnostics = [
      ...unfamiliar(dialect, settingAt(environment, configFile, "url")),
      ...tooNewFor(dialect, request.spaces),
    ];
    const { missing, existing } = await lookForSpaces(
      client,
      request.spaces.map(({ space }) => space),
    );
    if (request.createSpaces !== true)
      diagnostics.push(...spaceFindings(missing, settingAt(environment, configFile, "spaces")));
    if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
    const { files } = request;
    // What all spaces share is planned with the first one, which has to be there to show it.
    const isMissing = ({ space }: Desired): boolean => missing.includes(space);
    const spaces = [...request.spaces.filter((one) => !isMissing(one)), ...request.spaces.filter(isMissing)];
    const where = { project: policy.project, environment, url: client.base };
    const wanted = {
      environment,
      spaces,
      ...(files === undefined ? {} : { files }),
      ...(request.runs === undefined ? {} : { left: await leftBehind(request.runs, where) }),
    };
    const planner = new Planner(wanted, policy);
    await planSpaces(client, { ...request, spaces }, dialect, planner, { missing, existing });
    const planned = planner.plan({ url: client.base, version: dialect.version, missing });
    const at = settingAt(environment, configFile, "spaces");
    diagnostics.push(...(await missingInKibana(client, spaces, missing, at)));
    if (request.env !== undefined) diagnostics.push(...missingSecrets(planned, request.env, "warning"));
    return { plan: planned, diagnostics };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { diagnostics: [kibanaFinding(error, environment, configFile)] };
  }
}

/** Reads the spaces, some ahead of the one that is planned; what was read of a space is kept no longer than that. */
async function planSpaces(
  client: Client,
  { spaces, policy, onProgress }: PlanRequest,
  dialect: Dialect,
  planner: Planner,
  { missing, existing }: { readonly missing: readonly string[]; readonly existing: string | undefined },
): Promise<void> {
  const read = (desired: Desired | undefined): Promise<Actual> | undefined => {
    if (desired === undefined) return undefined;
    const isMissing = missing.includes(desired.space);
    if (isMissing && existing === undefined) return Promise.resolve(emptyState(desired.space));
    const reading = isMissing
      ? readShared(client, desired, existing!)
      : readActual(client, desired, dialect, policy);
    // A failure is reported when its turn comes; until then it is no unhandled one.
    reading.catch(() => undefined);
    return reading;
  };
  onProgress?.("reading spaces", 0, spaces.length);
  const ahead = spaces.slice(0, SPACES_AT_ONCE).map(read);
  for (const [i, desired] of spaces.entries()) {
    const actual = await ahead.shift()!;
    planner.add(desired, actual);
    ahead.push(read(spaces[i + SPACES_AT_ONCE]));
    onProgress?.("reading spaces", i + 1, spaces.length);
  }
}
