import { sorted } from "./order.js";

/** JSON with sorted keys and no blanks: the same value always gives the same text. Keys without a value are left out. */
export function stableJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}
