import type { Diagnostic } from "../../diagnostics/index.js";
import type { Client } from "../../kibana/client.js";
import { getStatus } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import type { Actual } from "./actual.js";
import { kibanaFinding, missingSpaces, settingAt, spaceFindings, unfamiliar } from "../findings.js";
import { type LiveWanted, readLive } from "./read.js";

export interface LiveRequest {
  /** The environment's name in the configuration. */
  readonly environment: string;
  /** Path of the configuration, for findings. */
  readonly configFile: string;
  readonly wanted: LiveWanted;
  /** Makes the client; what it throws becomes a finding. */
  readonly connect: () => Client;
}

export interface LiveRead {
  /** Undefined where a finding says why there is none. */
  readonly actual?: Actual;
  /** Kibana's address without credentials. */
  readonly url?: string;
  /** Kibana's version, where the credentials may see it. */
  readonly version?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one space of an environment: one request for Kibana's version, one for its spaces, then those of `readLive`. */
export async function readLiveSpace(request: LiveRequest): Promise<LiveRead> {
  const { environment, configFile, wanted } = request;
  try {
    const client = request.connect();
    const { dialect } = await getStatus(client);
    const diagnostics = [
      ...unfamiliar(dialect, settingAt(environment, configFile, "url")),
      ...spaceFindings(
        await missingSpaces(client, [wanted.space]),
        settingAt(environment, configFile, "spaces"),
      ),
    ];
    if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
    const actual = await readLive(client, wanted, dialect);
    const { version } = dialect;
    return { actual, url: client.base, ...(version === undefined ? {} : { version }), diagnostics };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { diagnostics: [kibanaFinding(error, environment, configFile)] };
  }
}
