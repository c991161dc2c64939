import { isPlain } from "./plain.js";
import { quoted } from "./quoted.js";

export type Scalar = string | number | boolean | null;

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== "object";
}

/** A scalar on one line: plain where that is safe, else in quotes. */
export function scalarText(value: Scalar, inFlow: boolean): string {
  switch (typeof value) {
    case "string":
      return isPlain(value, inFlow) ? value : quoted(value);
    case "number":
      return numberText(value);
    default:
      return String(value);
  }
}

function numberText(value: number): string {
  // YAML 1.1 takes no number with an exponent for one unless it has a point.
  if (Number.isFinite(value))
    return Object.is(value, -0) ? "-0" : String(value).replace(/^(-?\d+)e/, "$1.0e");
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}
