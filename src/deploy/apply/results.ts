import { isKibanaError } from "../../kibana/errors.js";
import type { Change, Plan } from "../plan/types.js";
import { type ApplyResult, type ChangeResult, RESULT_VERSION } from "./types.js";

/** The result of one change, but for its reasons. */
export function resultOf(change: Change, outcome: ChangeResult["outcome"]): ChangeResult {
  const { kind, key, id, name, file } = change;
  return { outcome, action: change.action as ChangeResult["action"], kind, key, id, name, file };
}

export function failed(change: Change, error: unknown): ChangeResult {
  return { ...resultOf(change, "failed"), ...reasonOf(error) };
}

export function skipped(change: Change, reason: string, help?: string): ChangeResult {
  return { ...resultOf(change, "skipped"), reason, ...(help === undefined ? {} : { help }) };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The result of a whole run. */
export function applyResult(
  plan: Plan,
  spaces: ApplyResult["spaces"],
  more: Pick<ApplyResult, "snapshot" | "stopped">,
): ApplyResult {
  const results = spaces.flatMap((space) => space.results);
  const done = (action: ChangeResult["action"]): number =>
    results.filter((result) => result.outcome === "done" && result.action === action).length;
  const count = (outcome: ChangeResult["outcome"]): number =>
    results.filter((result) => result.outcome === outcome).length;
  const { project, environment, url } = plan;
  return {
    version: RESULT_VERSION,
    summary: {
      created: done("create"),
      updated: done("update"),
      replaced: done("replace"),
      deleted: done("delete"),
      unchanged: plan.summary.unchanged,
      failed: count("failed"),
      skipped: count("skipped"),
    },
    project,
    environment,
    url,
    ...more,
    spaces,
  };
}

function reasonOf(error: unknown): { reason: string; help?: string } {
  if (!isKibanaError(error)) return { reason: messageOf(error) };
  const { problem, help } = error;
  return { reason: problem, ...(help === undefined ? {} : { help }) };
}
