import { type Diagnostic, report, type Target } from "../diagnostics/index.js";
import type { Client } from "../kibana/client.js";
import { isPlainHttp } from "../kibana/client-url.js";
import type { Dialect } from "../kibana/dialect.js";
import { getStatus } from "../kibana/endpoints/index.js";
import { isKibanaError } from "../kibana/errors.js";
import { type Actual, readActual } from "./live/actual.js";
import type { Desired } from "./desired/desired.js";
import { kibanaFinding, missingSpaces, settingAt } from "./findings.js";
import { plan } from "./plan/plan.js";
import type { Plan, Policy } from "./plan/types.js";
import { type Environment, missingSecrets } from "./apply/secrets.js";

export interface PlanRequest {
  /** The environment's name in the configuration. */
  readonly environment: string;
  /** Path of the configuration, for findings. */
  readonly configFile: string;
  /** What each space shall have. */
  readonly spaces: readonly Desired[];
  readonly policy: Policy;
  /** Makes the client; what it throws becomes a finding. */
  readonly connect: () => Client;
  /** Where connectors' secrets would come from; what is missing is a warning. */
  readonly env?: Environment;
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

/**
 * Reads an environment and plans it. One request for Kibana's version and one for its spaces, then at most three for
 * each space (see `readActual`). What stands in the way is a finding at the place of the configuration that is to be
 * corrected; then there is no plan.
 */
export async function planEnvironment(
  request: PlanRequest,
): Promise<{ plan?: Plan; diagnostics: Diagnostic[] }> {
  const { environment, configFile, policy, spaces } = request;
  try {
    const client = request.connect();
    const { dialect } = await getStatus(client);
    const diagnostics = [
      ...unencrypted(client, settingAt(environment, configFile, "url")),
      ...(await missingSpaces(
        client,
        spaces.map(({ space }) => space),
        settingAt(environment, configFile, "spaces"),
      )),
    ];
    if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
    const actual = await readSpaces(client, request, dialect);
    const planned = plan(
      { environment, spaces },
      { url: client.base, version: dialect.version, spaces: actual },
      policy,
    );
    if (request.env !== undefined) diagnostics.push(...missingSecrets(planned, request.env, "warning"));
    return { plan: planned, diagnostics };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { diagnostics: [kibanaFinding(error, environment, configFile)] };
  }
}

async function readSpaces(client: Client, request: PlanRequest, dialect: Dialect): Promise<Actual[]> {
  let done = 0;
  const { spaces, onProgress } = request;
  onProgress?.("reading spaces", done, spaces.length);
  return Promise.all(
    spaces.map(async (desired) => {
      const actual = await readActual(client, desired, dialect);
      onProgress?.("reading spaces", ++done, spaces.length);
      return actual;
    }),
  );
}

/** Whether the way to Kibana may be listened to, as a finding. */
export function unencrypted(client: Client, target: Target): Diagnostic[] {
  if (!isPlainHttp(client.base)) return [];
  return [report("deploy/plain-http", { host: new URL(client.base).host }, target)];
}
