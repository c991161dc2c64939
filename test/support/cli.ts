import { createColors } from "picocolors";
import type { Exit, Io } from "../../src/cli/io.js";
import { run } from "../../src/cli/program.js";

export interface Ran {
  readonly exit: Exit;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, without colour and without a terminal. */
export async function kdac(
  args: readonly string[],
  options: Partial<Pick<Io, "cwd" | "env" | "ask" | "input" | "interrupted">> = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const exit = await run(
    args,
    {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      input: options.input ?? (() => pieces([])),
      env: options.env ?? {},
      cwd: options.cwd ?? process.cwd(),
      interactive: false,
      palette: createColors(false),
      ask: options.ask ?? (() => Promise.resolve(undefined)),
      interrupted: options.interrupted ?? (() => new Promise(() => undefined)),
    },
    "0.0.0-test",
  );
  return { exit, out, err };
}

/** Pieces of a standard input. */
export async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

/** Splits a command line as a shell would for plain words and words in quotes. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
}
