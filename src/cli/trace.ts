import type { TraceLine } from "../kibana/client.js";
import { visible } from "../report/index.js";

/** One request on one line: method, status or failure, milliseconds, bytes, path; and how often it was sent, if more than once. */
export function traceLine(line: TraceLine): string {
  const { method, path, status, failure = "", milliseconds, bytes, sends } = line;
  const outcome = status === undefined ? visible(failure) : String(status);
  const size = `${bytes} B`;
  const columns = [method.padEnd(6), outcome.padEnd(3), `${milliseconds} ms`.padStart(8), size.padStart(10)];
  return `${columns.join(" ")}  ${visible(path)}${sends === 1 ? "" : ` (send ${sends})`}\n`;
}
