import { entriesOf } from "./entries.js";
import { isPlain } from "./plain.js";
import { isScalar, scalarText } from "./scalar.js";

/** A value on one line in YAML's flow style, whatever it holds. */
export function flowText(value: unknown): string {
  if (value === undefined) return "null";
  if (isScalar(value)) return scalarText(value, true);
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  const entries = entriesOf(value);
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, inner]) => `${scalarText(key, true)}: ${flowText(inner)}`).join(", ")} }`;
}

/** Whether a list reads well on one line, if it fits: short words and numbers, no sentences, no links. */
export function isFlowList(list: readonly unknown[]): boolean {
  return list.every((item) => isScalar(item) && (typeof item !== "string" || isShort(item)));
}

/** Whether a mapping reads well on one line, if it fits. */
export function isFlowMapping(mapping: object): boolean {
  return entriesOf(mapping).every(([, value]) => {
    if (isScalar(value)) return typeof value !== "string" || !/[\n\t]/.test(value);
    return Array.isArray(value) ? isFlowList(value) : isFlowMapping(value as object);
  });
}

const LONGEST_ITEM = 60;

function isShort(text: string): boolean {
  if (text.length > LONGEST_ITEM || /[\n\t]|:\/\/|\s.*[.!?]$/.test(text)) return false;
  return isPlain(text, true) || !/["'\\]/.test(text);
}
