import { isDeepStrictEqual } from "node:util";
import { SiemError } from "../http/errors.js";

interface EndpointParams {
  readonly command: string;
  readonly config?: { readonly field?: string; readonly overwrite?: boolean };
}

interface Sent {
  readonly action_type_id: string;
  readonly params: EndpointParams;
}

/** Checks the response actions that differ from the stored ones. Throws a `SiemError` for the first that is refused. */
export function checkResponseActions(sent: unknown, stored: unknown): void {
  const known = (stored as readonly Sent[] | undefined) ?? [];
  for (const action of (sent as readonly Sent[] | undefined) ?? []) {
    if (action.action_type_id !== ".endpoint" || known.some((old) => isDeepStrictEqual(old, action))) continue;
    const problem = problemOf(action.params);
    if (problem !== undefined) throw new SiemError(400, problem);
  }
}

function problemOf({ command, config = {} }: EndpointParams): string | undefined {
  if (command === "runscript") {
    return Object.keys(config).length === 0
      ? "Invalid [runscript] response action configuration: no scripts specified"
      : undefined;
  }
  if (command === "isolate") return undefined;
  const hasField = config.field !== undefined && config.field !== "";
  const start = `Invalid [${command}] response action configuration: 'field' is`;
  if (config.overwrite === true && hasField) return `${start} not allowed when 'overwrite' is 'true'`;
  if (config.overwrite === false && !hasField) return `${start} required when 'overwrite' is 'false'`;
  return undefined;
}
