import { alertOn } from "./alert/build.js";
import { earlierOf } from "./alert/ancestors.js";
import { hashOf } from "./id.js";
import { MAX_ALERTS } from "./messages.js";
import type { RunContext } from "./run-context.js";
import type { Doc } from "./store/document.js";
import type { Alert } from "./types.js";

/** An alert that is made if it is not there yet. */
export interface Candidate {
  readonly uuid: string;
  readonly build: () => Alert;
}

export interface Created {
  readonly created: number;
  /** Whether there were more than the limit. */
  readonly truncated: boolean;
}

/** Writes the alerts that are not there yet, as far as the limit goes. */
export function createAlerts(
  { alerts, outcome }: RunContext,
  candidates: Iterable<Candidate>,
  limit: number,
): Created {
  let created = 0;
  for (const { uuid, build } of candidates) {
    if (alerts.has(uuid)) continue;
    if (created >= limit) return { created, truncated: true };
    outcome.write(uuid, build());
    created++;
  }
  return { created, truncated: false };
}

/** The same, with a warning where the rule's limit is reached. */
export function createUpToLimit(context: RunContext, candidates: Iterable<Candidate>): void {
  const { truncated } = createAlerts(context, candidates, context.maxSignals);
  if (truncated) context.outcome.warn(MAX_ALERTS);
}

/** The id of the alert of a document: the same for every run, so that no document alerts twice. */
export function uuidOf(
  { rule }: RunContext,
  { index, id, version }: Doc,
  ...parts: readonly unknown[]
): string {
  return hashOf([index, id, version, `default:${rule.uuid}`, ...parts]);
}

/** The alert on one document. */
export function candidateOn(context: RunContext, doc: Doc, fields?: Alert): Candidate {
  const uuid = uuidOf(context, doc);
  return { uuid, build: () => alertOn(doc, uuid, context.alertContext, fields) };
}

/** Whether a document is an alert that the rule made itself. */
export function isOwnAlert({ rule }: RunContext, { source }: Doc): boolean {
  return (
    source["kibana.alert.rule.uuid"] === rule.uuid ||
    earlierOf(source).some((ancestor) => ancestor.rule === rule.uuid)
  );
}
