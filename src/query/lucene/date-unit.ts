import type { Span } from "../core/index.js";

const UNITS: ReadonlySet<string> = new Set(["y", "M", "w", "d", "h", "H", "m", "s"]);

/**
 * The unit of date math that Elasticsearch does not know, with its place in the text: `now-2D`, `2024-01-01||/q`.
 * Undefined where there is none.
 */
export function badDateUnit(text: string): (Span & { readonly unit: string }) | undefined {
  const bars = text.indexOf("||");
  if (bars < 0 && !text.startsWith("now")) return undefined;
  const math = /[+-]\d*|\//y;
  for (let at = bars < 0 ? 3 : bars + 2; at < text.length; at++) {
    math.lastIndex = at;
    const step = math.exec(text);
    if (step === null) return undefined;
    at += step[0].length;
    const unit = text[at] ?? "";
    if (!UNITS.has(unit)) return unit === "" ? undefined : { unit, start: at, end: at + 1 };
  }
  return undefined;
}
