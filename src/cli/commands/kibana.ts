import { resolve } from "node:path";
import {
  createKibana,
  type KibanaOptions as KibanaSettings,
  type Running,
  serve,
} from "../../emulator/index.js";
import { Exit, type Io, UsageError } from "../io.js";

export interface KibanaOptions {
  readonly port: string;
  readonly data?: string;
  readonly space?: readonly string[];
  readonly stack: string;
}

/** `kdac kibana`: the embedded Kibana API on this machine, until it is interrupted. */
export async function kibana(io: Io, options: KibanaOptions): Promise<Exit> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`"${options.port}" is not a port`);
  const state = options.data === undefined ? {} : { data: resolve(io.cwd, options.data) };
  const running = await start(port, { version: options.stack, spaces: options.space ?? [], ...state });
  io.out(`The embedded Kibana ${options.stack} listens on ${running.url} (this machine only).\n\n`);
  io.out(`  export KIBANA_URL=${running.url}\n  export KIBANA_API_KEY=${running.apiKey}\n\n`);
  io.out(`It also takes the user elastic with the password changeme. Stop it with Ctrl-C.\n`);
  await io.interrupted();
  await running.close();
  return Exit.Clean;
}

/** Starts the server; a port that is taken or a data file that is broken is for the caller to mend. */
async function start(port: number, options: KibanaSettings): Promise<Running> {
  try {
    return await serve(createKibana(options), { port });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
