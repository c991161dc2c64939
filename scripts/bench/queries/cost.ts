/** CPU milliseconds that a piece of work costs: the median of some runs. */
export function cpuMs(work: () => void, runs = 5): number {
  const costs = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return costs.toSorted((a, b) => a - b)[Math.floor(runs / 2)]!;
}

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** One line of a bench: how often a second of CPU it is done, with a unit. */
export function rate(name: string, times: number, ms: number, unit: string, more = ""): string {
  return `${name.padEnd(44)} ${number.format((times / ms) * 1000).padStart(14)} ${unit}/s  ${more}`.trimEnd();
}
