import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  createKibana,
  type Fault,
  type Flavour,
  type Kibana,
  type KibanaOptions as KibanaSettings,
  readFaults,
  SAMPLE_PREBUILT_RULES,
  type Running,
  serve,
  versionOf,
} from "../../emulator/index.js";
import { Exit, type Io, UsageError } from "../io.js";

export interface KibanaOptions {
  readonly port: string;
  readonly data?: string;
  readonly space?: readonly string[];
  readonly flavour: Flavour;
  readonly stack?: string;
  readonly faults?: string;
  readonly prebuilt?: boolean;
}

/** `kdac kibana`: the embedded Kibana API on this machine, until it is interrupted. */
export async function kibana(io: Io, options: KibanaOptions): Promise<Exit> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`"${options.port}" is not a port`);
  const { flavour } = options;
  const version = options.stack ?? versionOf(flavour);
  const { kibana, running } = await start(port, {
    flavour,
    version,
    spaces: options.space ?? [],
    ...(options.prebuilt === true ? { prebuilt: SAMPLE_PREBUILT_RULES } : {}),
    ...(options.data === undefined ? {} : { data: resolve(io.cwd, options.data) }),
    ...(options.faults === undefined ? {} : { faults: faultsOf(resolve(io.cwd, options.faults)) }),
  });
  const isServerless = flavour === "serverless";
  const what = isServerless ? `serverless ${version}` : version;
  io.out(`The embedded Kibana ${what} listens on ${running.url} (this machine only).\n\n`);
  io.out(`  export KIBANA_URL=${running.url}\n  export KIBANA_API_KEY=${running.apiKey}\n\n`);
  if (kibana.organizationKey === undefined) {
    io.out("It also accepts the user elastic with the password changeme. ");
  } else {
    io.out(
      `It also accepts a key of an organization, with which no rule can be enabled: ${kibana.organizationKey}\n`,
    );
  }
  io.out("Stop it with Ctrl-C.\n");
  await io.interrupted();
  await running.close();
  return Exit.Clean;
}

function faultsOf(file: string): Fault[] {
  try {
    return readFaults(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`cannot use the faults of "${file}": ${(error as Error).message}`);
  }
}

/** Starts the server; a port that is taken or a data file that is invalid is for the caller to fix. */
async function start(
  port: number,
  options: KibanaSettings,
): Promise<{ readonly kibana: Kibana; readonly running: Running }> {
  try {
    const kibana = createKibana(options);
    return { kibana, running: await serve(kibana, { port }) };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
