import type { Palette } from "../report/palette.js";

/** What a command may touch of the process. Findings go to `out`, progress and logs to `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Standard input, in pieces. */
  input(): AsyncIterable<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether `err` is a terminal, where a progress line may be rewritten in place. */
  readonly interactive: boolean;
  readonly palette: Palette;
  /** Asks for one line on the terminal; undefined where there is nobody to ask. */
  ask(question: string): Promise<string | undefined>;
  /** Resolves when the user interrupts (Ctrl-C); for commands that run until then. */
  interrupted(): Promise<void>;
}

/** How a run ends, as promised to scripts: 0 clean, 1 findings or failed changes, 2 wrong use or configuration, 3 `--exit-code` and there are changes. */
export const Exit = { Clean: 0, Findings: 1, Usage: 2, Changes: 3 } as const;
export type Exit = (typeof Exit)[keyof typeof Exit];

/** A mistake of the caller: printed as one line, with what it lists below it, exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(
    message: string,
    readonly list: readonly string[] = [],
  ) {
    super(message);
  }
}
