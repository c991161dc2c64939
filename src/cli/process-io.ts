import { createColors } from "picocolors";
import type { Io } from "./io.js";

/** The real process as a command sees it. Colour follows the terminal, `NO_COLOR`, `FORCE_COLOR` and `--no-color`. */
export function processIo(argv: readonly string[]): Io {
  const { stdout, stderr, stdin, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    input: () => stdin.setEncoding("utf8") as AsyncIterable<string>,
    env,
    cwd: process.cwd(),
    interactive: stderr.isTTY && env.CI === undefined,
    palette: createColors(wantsColour(argv, env, stdout.isTTY)),
    async ask(question) {
      if (!stdin.isTTY || env.CI !== undefined) return undefined;
      // Loaded when it is needed: it costs more than all of --help.
      const { createInterface } = await import("node:readline/promises");
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return await reader.question(question);
      } finally {
        reader.close();
      }
    },
    interrupted: () =>
      new Promise((resolve) => {
        process.once("SIGINT", () => resolve());
        process.once("SIGTERM", () => resolve());
      }),
  };
}

function wantsColour(argv: readonly string[], env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (argv.includes("--no-color") || (env.NO_COLOR ?? "") !== "") return false;
  if ((env.FORCE_COLOR ?? "") !== "") return env.FORCE_COLOR !== "0";
  return terminal && env.TERM !== "dumb";
}
