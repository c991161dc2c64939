import { isJson } from "../../../json/index.js";
import { onOneLine } from "./python-text.js";

/** Keys whose values are left to the letter, at any depth: queries, Markdown, and the message of an action. */
const KEPT: ReadonlySet<string> = new Set(["query", "note", "setup", "message"]);

/** Puts each text on one line but those under {@link KEPT}. */
export function joinLines(value: unknown): unknown {
  if (typeof value === "string") return onOneLine(value);
  if (Array.isArray(value)) return value.map(joinLines);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, KEPT.has(key) ? inner : joinLines(inner)]),
  );
}
