import { visible } from "../report/index.js";
import type { Io } from "./io.js";

/** Work shorter than this is not worth a line. */
const QUIET_MS = 1_000;
const REFRESH_MS = 100;
/** Between the lines that a long piece of work writes into a log. */
const LOG_MS = 30_000;

export interface Progress {
  /** Says what is being done, and how far it is where that is known. */
  step(label: string, done?: number, total?: number): void;
  /** The same for work whose steps take alike: also says how many a second, and how long the rest will take. */
  pace(label: string, done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

/**
 * One progress line on stderr for work that takes longer than a second: rewritten in place on a terminal,
 * a new line a step elsewhere, so that a CI log stays short.
 */
export function progress(io: Io, quiet: boolean, now: () => number): Progress {
  if (quiet) return { step: () => undefined, pace: () => undefined, end: () => undefined };
  const start = now();
  let shown = "";
  let last = Number.NEGATIVE_INFINITY;
  let lastLabel = "";
  /** Where and when the work of the present pace began. */
  let first: { readonly at: number; readonly done: number } | undefined;
  const show = (label: string, text: string, again: boolean): void => {
    const at = now();
    if (at - start < QUIET_MS) return;
    const interval = io.interactive ? REFRESH_MS : again ? LOG_MS : Number.POSITIVE_INFINITY;
    if (label === lastLabel && at - last < interval) return;
    last = at;
    lastLabel = label;
    io.err(io.interactive ? `\r\u001b[2K${visible(text)}` : `${visible(text)}\n`);
    shown = label;
  };
  return {
    step(label, done, total) {
      const count = done === undefined ? "" : total === undefined ? ` ${done}` : ` ${done}/${total}`;
      show(label, `${label}${count}`, false);
    },
    pace(label, done, total) {
      const at = now();
      first ??= { at, done };
      const rate = ((done - first.done) * 1000) / (at - first.at);
      const rest = Number.isFinite(rate) && rate > 0 ? paceOf(rate, total - done) : "";
      show(label, `${label} ${done}/${total}${rest}`, true);
    },
    end() {
      if (shown !== "" && io.interactive) io.err("\r\u001b[2K");
      shown = "";
      first = undefined;
    },
  };
}

/** `, 38/s, 41 s left`; a slow rate with a decimal, a long rest in minutes. */
function paceOf(rate: number, left: number): string {
  const seconds = Math.ceil(left / rate);
  const rest = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s, ${rest} left`;
}
