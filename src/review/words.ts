import { rankOf } from "../deploy/risks/rank.js";
import { plural } from "../report/summary.js";
import type { Alike } from "./alike.js";
import type { Effect, Place, Review, Side } from "./types.js";

/** Characters of a commit's hash that tell it apart for people. */
const SHORT = 10;
/** How many names are listed before the rest is counted. */
const LISTED = 4;

/** A risk of one object, or of several that change alike. */
export interface Flag {
  readonly code: string;
  readonly message: string;
  readonly group: Alike;
  readonly effect: Effect;
}

/** The risks of all changes, worst first. */
export function flagsOf(groups: readonly Alike[]): Flag[] {
  const flags = groups.flatMap((group) =>
    group.changes[0].effects.flatMap((effect) => effect.risks.map((risk) => ({ ...risk, group, effect }))),
  );
  return flags.sort((a, b) => rankOf(a.code) - rankOf(b.code));
}

/** What a group is called: the object's name, or those of several. */
export function groupName({ changes }: Alike): string {
  const [{ name }] = changes;
  return changes.length === 1 ? name : `${changes.length} alike: ${listed(changes.map((one) => one.name))}`;
}

/** `main (0123456789)` */
export function sideWords({ label, commit }: Side): string {
  if (commit === null) return label;
  const hash = commit.slice(0, SHORT);
  return commit.startsWith(label) && label.length >= SHORT ? hash : `${label} (${hash})`;
}

/** The sentence that sums a review up. */
export function reviewSentence({ summary, spaces }: Review): string {
  const { added, removed, changed, risks, uncompared } = summary;
  const counts = [
    ...(added === 0 ? [] : [`${added} added`]),
    ...(removed === 0 ? [] : [`${removed} removed`]),
    ...(changed === 0 ? [] : [`${changed} changed`]),
    ...(spaces.added.length === 0 ? [] : [plural(spaces.added.length, "new space")]),
    ...(spaces.removed.length === 0 ? [] : [`${plural(spaces.removed.length, "space")} dropped`]),
  ];
  const ending = [
    ...(risks === 0 ? [] : [plural(risks, "risk")]),
    ...(uncompared === 0 ? [] : [`${plural(uncompared, "file")} not compared`]),
  ];
  const what = counts.length === 0 ? "No changes of detections" : counts.join(", ");
  return `${[what, ...ending].join("; ")}.`;
}

/** Where an effect happens, in words; "" where it does in the files and in every space that has the object. */
export function whereWords({ files, places, everywhere }: Effect): string {
  if (places.length === 0) return files && !everywhere ? "in no space" : "";
  if (files && everywhere) return places.length === 1 ? "" : `in all ${places.length} spaces`;
  const names = placeNames(places);
  return files ? `in ${names}` : `in ${names} alone`;
}

/** `production/default, production/soc-emea and 3 more` */
export function placeNames(places: readonly Place[]): string {
  return listed(places.map(({ environment, space }) => `${environment}/${space}`));
}

/** The first of several names, and how many more there are. */
export function listed(names: readonly string[]): string {
  if (names.length <= LISTED) return names.join(", ");
  return `${names.slice(0, LISTED).join(", ")} and ${names.length - LISTED} more`;
}

/** What happens to an object where only the configuration brings it about. */
export function effectWords({ action, files }: Effect): string {
  if (files) return action;
  return action === "added"
    ? "goes there now"
    : action === "removed"
      ? "no longer goes there"
      : "changed there";
}

/** The change of a value list, in one line. */
export function valueWords({ values }: Effect): string[] {
  if (values === undefined) return [];
  const side = (count: number, sign: string, first: readonly string[]): string[] =>
    count === 0
      ? []
      : [`${sign} ${plural(count, "value")}: ${first.join(", ")}${count > first.length ? ", …" : ""}`];
  return [...side(values.added, "+", values.first_added), ...side(values.removed, "-", values.first_removed)];
}
