/** Objects of an event: whether they hold anything, and each of a list of them by itself. */
import type { Event } from "./event.js";

/** Deeper levels of an event are not looked at: Elasticsearch refuses such documents. */
const MAX_LEVELS = 1_000;

/** Whether there is any value at this name or below it. */
export function holdsAny(event: Event, name: string): boolean {
  return isFilled(event, name, 0);
}

/** `rest` is what is left of the name; empty where everything counts. */
function isFilled(value: unknown, rest: string, level: number): boolean {
  if (value === undefined || value === null || level > MAX_LEVELS) return false;
  if (typeof value !== "object" || value instanceof Date) return rest === "";
  if (Array.isArray(value)) return value.some((each) => isFilled(each, rest, level + 1));
  const first = rest.charCodeAt(0);
  for (const key in value) {
    if (rest !== "" && key.charCodeAt(0) !== first) continue;
    const below = (value as Event)[key];
    if (rest === "" || isBelow(key, rest)) {
      if (isFilled(below, "", level + 1)) return true;
    } else if (isBelow(rest, key) && isFilled(below, rest.slice(key.length + 1), level + 1)) return true;
  }
  return false;
}

/** Whether a name is another one or goes on from it. */
function isBelow(name: string, above: string): boolean {
  return name.startsWith(above) && (name.length === above.length || name[above.length] === ".");
}

/** Each object of the list at a path. Where an event has the path only in dotted keys, they make one object. */
export function objectsAt(event: Event, path: string): Event[] {
  const found: Event[] = [];
  collect(event, path, found, 0);
  return found;
}

function collect(value: unknown, rest: string, found: Event[], level: number): void {
  if (typeof value !== "object" || value === null || level > MAX_LEVELS) return;
  if (Array.isArray(value)) {
    for (const each of value) collect(each, rest, found, level + 1);
    return;
  }
  if (rest === "") {
    found.push(value as Event);
    return;
  }
  let spread: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const below = (value as Event)[key];
    if (isBelow(rest, key)) collect(below, rest.slice(key.length + 1), found, level + 1);
    else if (isBelow(key, rest)) (spread ??= {})[key.slice(rest.length + 1)] = below;
  }
  if (spread !== undefined) found.push(spread);
}
