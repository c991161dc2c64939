import { type Diagnostic, report, type Severity, toPointer } from "../../diagnostics/index.js";
import type { Change, Plan } from "../plan/types.js";

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /^\$\{([A-Za-z_]\w*)\}$/;

/**
 * The variables that the connectors of a plan need and the environment does not have, as findings at the places
 * that name them. Asked before anything is written; a plan alone can do without them.
 */
export function missingSecrets(plan: Plan, env: Environment, severity: Severity = "error"): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const change of plan.spaces.flatMap((space) => space.changes)) {
    for (const [key, text] of Object.entries(secretsOf(change))) {
      const variable = REFERENCE.exec(text)?.[1];
      if (variable !== undefined && valueOf(env, variable) !== "") continue;
      const target = { file: change.file, pointer: toPointer(["secrets", key]) };
      found.set(
        `${target.file}${target.pointer}`,
        report("deploy/missing-secret", { name: variable ?? text, connector: change.name }, target, {
          severity,
        }),
      );
    }
  }
  return [...found.values()];
}

/** The secrets of a connector with their values, on the way to Kibana and nowhere else. */
export function resolveSecrets(change: Change, env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secretsOf(change)).map(([key, text]) => [
      key,
      valueOf(env, REFERENCE.exec(text)?.[1] ?? ""),
    ]),
  );
}

/** A variable's value; nothing where it is not set. */
function valueOf(env: Environment, variable: string): string {
  return (Object.hasOwn(env, variable) ? env[variable] : undefined) ?? "";
}

function secretsOf(change: Change): Record<string, string> {
  if (change.kind !== "connector" || change.write === undefined) return {};
  return change.write.body["secrets"] as Record<string, string>;
}
