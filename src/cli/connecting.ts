import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Client, createClient, type WaitNotice } from "../kibana/client.js";
import { systemClock } from "../kibana/client-clock.js";
import { secretsOfConnection } from "../kibana/connection.js";
import { plainHttpFindings, settingAt } from "../deploy/findings.js";
import type { Diagnostic } from "../diagnostics/index.js";
import {
  type ConfiguredEnvironment,
  type Environment,
  type Project,
  resolveEnvironment,
} from "../project/index.js";
import { version } from "../version.js";
import { type Io, UsageError } from "./io.js";
import { traceLine } from "./trace.js";

/** Where proxies are named for all tools; their passwords are no less secret. */
const PROXY_VARIABLES = ["https_proxy", "http_proxy", "all_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** Says that the configuration has no environment of that name, and which it has. */
export function unknownEnvironment({ config }: Project, name: string): UsageError {
  const names = Object.keys(config.environments ?? {});
  const known = names.length === 0 ? "the configuration has none" : `there are ${names.join(", ")}`;
  return new UsageError(`there is no environment "${name}": ${known}`);
}

/** An environment of the configuration with its address and credentials, from variables and the files that they name. */
export function resolved(
  io: Io,
  project: Project,
  name: string,
  configured: ConfiguredEnvironment,
): ReturnType<typeof resolveEnvironment> {
  return resolveEnvironment(name, configured, project.configFile ?? "", {
    env: io.env,
    read: (path, base) =>
      readFileSync(resolve(base === "project" ? project.location.root : io.cwd, path), "utf8"),
  });
}

/** That the credentials of an environment would cross a network in clear, which is said before they do. */
export function unencrypted({ configFile = "" }: Project, { name, url }: Environment): Diagnostic[] {
  return plainHttpFindings(url, settingAt(name, configFile, "url"));
}

/** A client for an environment; with `trace` it tells each request on stderr. */
export function clientOf(
  io: Io,
  { connection, credentials, url }: Environment,
  trace: boolean,
  onWait?: (notice: WaitNotice) => void,
): Client {
  const client = createClient({
    url,
    auth: credentials.kind === "api-key" ? { apiKey: credentials.key } : credentials,
    clock: systemClock,
    random: Math.random,
    version,
    connection,
    ...(trace ? { onTrace: (sent) => io.err(traceLine(sent)) } : {}),
    ...(onWait === undefined ? {} : { onWait }),
  });
  for (const variable of PROXY_VARIABLES)
    for (const secret of secretsOfConnection({ proxy: io.env[variable] })) client.hide(secret);
  return client;
}
