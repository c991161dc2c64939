import { rmSync } from "node:fs";

/** Files that are being written beside their places, and folders of such files. */
const parts = new Set<string>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Notes a file, or a folder of files, that is written beside its place: a signal that ends kdac takes it away first. */
export function beginPart(path: string): void {
  if (parts.size === 0) for (const signal of SIGNALS) process.on(signal, removeParts);
  parts.add(path);
}

/** The file is in its place, or gone. */
export function endPart(path: string): void {
  parts.delete(path);
  // A signal that came during a write that nothing interrupts is heard when the event loop polls next, which may be after the next
  // check phase.
  setImmediate(() => setImmediate(stopListening));
}

function stopListening(): void {
  if (parts.size === 0) for (const signal of SIGNALS) process.off(signal, removeParts);
}

function removeParts(signal: NodeJS.Signals): void {
  for (const path of parts) rmSync(path, { recursive: true, force: true });
  for (const one of SIGNALS) process.off(one, removeParts);
  process.kill(process.pid, signal);
}
