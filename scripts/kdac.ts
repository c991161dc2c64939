#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { processIo } from "../src/cli/process-io.js";
import { run } from "../src/cli/program.js";
import { version } from "../src/version.js";

// Functions prove themselves longer before V8 optimises them: a run of a few seconds pays more for the optimising than it gets
// back (a fifth of the CPU of validate and plan). Only where the flag was tried; Node complains about flags that it does not know.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=600000");

const argv = process.argv.slice(2);
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader went away (`kdac … | head`): nothing is left to tell.
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
try {
  process.exitCode = await run(argv, processIo(argv), version);
} catch (error) {
  // Nothing that a user can do ends here: whatever does is a mistake of kdac's own.
  process.stderr.write(
    `kdac failed where it should not. Please report this:\n${(error as Error).stack ?? String(error)}\n`,
  );
  process.exitCode = 2;
}
