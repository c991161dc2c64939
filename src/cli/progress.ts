import type { Io } from "./io.js";

/** Work shorter than this is not worth a line. */
const QUIET_MS = 1_000;
const REFRESH_MS = 100;

export interface Progress {
  /** Says what is being done, and how far it is where that is known. */
  step(label: string, done?: number, total?: number): void;
  /** Takes the line away. */
  end(): void;
}

/**
 * One progress line on stderr for work that takes longer than a second: rewritten in place on a terminal,
 * a new line a step elsewhere, so that a CI log stays short.
 */
export function progress(io: Io, quiet: boolean, now: () => number): Progress {
  if (quiet) return { step: () => undefined, end: () => undefined };
  const start = now();
  let shown = "";
  let last = Number.NEGATIVE_INFINITY;
  let lastLabel = "";
  return {
    step(label, done, total) {
      const at = now();
      if (at - start < QUIET_MS) return;
      const changed = label !== lastLabel;
      if (!changed && (!io.interactive || at - last < REFRESH_MS)) return;
      last = at;
      lastLabel = label;
      const count = done === undefined ? "" : total === undefined ? ` ${done}` : ` ${done}/${total}`;
      if (io.interactive) io.err(`\r\u001b[2K${label}${count}`);
      else io.err(`${label}${count}\n`);
      shown = label;
    },
    end() {
      if (shown !== "" && io.interactive) io.err("\r\u001b[2K");
      shown = "";
    },
  };
}
