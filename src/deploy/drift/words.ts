import type { Line } from "../render/lines.js";
import { linesOf } from "../render/lines.js";
import { driftCount } from "./drift.js";
import {
  type Drift,
  type DriftChange,
  DRIFT_CODES,
  type DriftCode,
  type DriftEntry,
  type Near,
} from "./types.js";

const COUNTED: Readonly<Record<DriftCode, string>> = {
  "both-edited": "edited on both sides",
  edited: "edited in Kibana",
  "mark-lost": "saved in Kibana's form",
  missing: "not there",
  orphaned: "in no file any more",
  "not-ours": "not ours",
  duplicate: "copied",
};

/** What drifted, counted: `2 edited in Kibana, 1 not there`; "none" where nothing did. */
export function countsOf(drift: Drift): string {
  const parts = DRIFT_CODES.filter((code) => drift.summary[code] > 0).map(
    (code) => `${drift.summary[code]} ${COUNTED[code]}`,
  );
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** The sentences that sum a drift up. */
export function driftSentence(drift: Drift): string {
  const { in_sync, unapplied } = drift.summary;
  const first =
    driftCount(drift) === 0
      ? `No drift: ${objects(in_sync)} of ${drift.environment} ${in_sync === 1 ? "is" : "are"} as last applied.`
      : `Drift: ${countsOf(drift)}; ${objects(in_sync)} as last applied.`;
  if (unapplied === 0) return first;
  return `${first} ${unapplied} ${unapplied === 1 ? "change" : "changes"} of git ${unapplied === 1 ? "is" : "are"} not applied yet.`;
}

/** What analysts made beside our objects, in a sentence; undefined where they made nothing. */
export function nearSentence(near: Near | null): string | undefined {
  if (near === null)
    return "the space has more rules than Kibana exports: copies of rules and analysts' exceptions were not looked for";
  const parts = [
    ...(near.default_lists === 0
      ? []
      : [`${counted(near.default_items, "exception")} on ${counted(near.default_lists, "rule")} of ours`]),
    ...(near.items === 0 ? [] : [`${counted(near.items, "item")} in lists of ours`]),
  ];
  return parts.length === 0 ? undefined : `made by analysts, and theirs: ${parts.join(", ")}`;
}

/** By whom and when, as far as it is known: ` (last change by anna, 2026-01-02 09:12 UTC)`. */
export function lastWords({ last, drift }: DriftEntry): string {
  if (last === undefined || drift === "missing") return "";
  const parts = [
    ...(last.by === undefined ? [] : [`by ${last.by}`]),
    ...(last.at === undefined ? [] : [timeOf(last.at)]),
  ];
  return parts.length === 0 ? "" : ` (last change ${parts.join(", ")})`;
}

/** A time to the minute. */
export function timeOf(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A field as lines: both values on one line where they are short, else what Kibana has (-) and git has (+). */
export function driftLines(change: DriftChange): Line[] {
  const lines = linesOf({
    path: change.path,
    ...("kibana" in change ? { before: change.kibana } : {}),
    ...("git" in change ? { after: change.git } : {}),
  });
  const single = lines.length === 1 ? lines[0] : undefined;
  if (single === undefined) return lines;
  return [
    { ...single, text: `${change.path}: ${side("Kibana", change, "kibana")}, ${side("git", change, "git")}` },
  ];
}

function side(name: string, change: DriftChange, key: "kibana" | "git"): string {
  return key in change ? `${name} has ${JSON.stringify(change[key])}` : `${name} has none`;
}

const objects = (count: number): string => counted(count, "object");

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
