import { spawnSync } from "node:child_process";

export interface Cost {
  /** User and system CPU time of the process, in milliseconds. */
  readonly cpuMs: number;
  /** Peak resident memory, in MB. */
  readonly peakMb: number;
}

const HOOK = `data:text/javascript,${encodeURIComponent(
  `process.on("exit", () => { const c = process.cpuUsage(); process.stderr.write("\\n@cost " + JSON.stringify({ cpuMs: (c.user + c.system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 })); });`,
)}`;

/** Runs a Node program and tells what it cost; the median of `runs` by CPU time. */
export function measure(args: readonly string[], options: { cwd?: string; runs?: number } = {}): Cost {
  const costs = Array.from({ length: options.runs ?? 5 }, () => {
    const { stderr } = spawnSync(process.execPath, ["--import", HOOK, ...args], {
      cwd: options.cwd,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const line = /@cost (\{.*\})/.exec(stderr)?.[1];
    if (line === undefined) throw new Error(`no cost from ${args.join(" ")}: ${stderr.slice(0, 500)}`);
    return JSON.parse(line) as Cost;
  });
  return costs.toSorted((a, b) => a.cpuMs - b.cpuMs)[Math.floor(costs.length / 2)]!;
}

/** One line of a bench: the figure, and how many empty Node starts it costs on this machine. */
export function line(name: string, cost: Cost, empty: Cost): string {
  const ratio = (cost.cpuMs / empty.cpuMs).toFixed(1);
  return `${name.padEnd(40)} ${cost.cpuMs.toFixed(0).padStart(6)} ms CPU  ${ratio.padStart(6)} × empty Node  ${cost.peakMb.toFixed(0).padStart(5)} MB`;
}
