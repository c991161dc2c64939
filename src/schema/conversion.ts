/** More text than this is not repeated. */
const MOST = 40;

/**
 * How to turn the value that stands there into what is expected; undefined where there is no telling. `raw` is the value as
 * it was typed.
 */
export function conversionHint(
  value: unknown,
  expected: readonly string[],
  raw: string | undefined,
): string | undefined {
  if (value === null || value === undefined) return "give it a value, or take the key out";
  const scalar = typeof value !== "object";
  const typed = raw !== undefined && raw.length <= MOST && !/[\r\n]/.test(raw) ? raw : undefined;
  if (scalar && expected.includes("string")) return quoted(value, typed);
  if (scalar && expected.includes("array")) return listed(typed);
  if (expected.includes("integer") || expected.includes("number")) return asNumber(value, typed);
  if (expected.includes("boolean")) return asBoolean(value);
  return undefined;
}

function quoted(value: unknown, raw: string | undefined): string {
  if (raw === undefined) return "put it in quotes";
  const read = String(value) === raw ? "" : `; without them YAML reads ${String(value)}`;
  return `put it in quotes: "${raw}"${read}`;
}

function listed(raw: string | undefined): string {
  const entry =
    raw === undefined || /^[|>]/.test(raw) ? "…" : /^[^"'][^,[\]{}]*$|^["']/.test(raw) ? raw : `"${raw}"`;
  return `write a list, even for a single value: [${entry}]`;
}

function asNumber(value: unknown, raw: string | undefined): string | undefined {
  if (typeof value === "string")
    return /^\s*-?\d+\s*$/.test(value) ? `take the quotes away: ${value.trim()}` : undefined;
  if (typeof value !== "number" || Number.isInteger(value)) return undefined;
  const read = raw === undefined || raw === String(value) ? "" : `; YAML reads ${raw} as ${value}`;
  return `write a number without decimals${read}`;
}

function asBoolean(value: unknown): string | undefined {
  const text = String(value).toLowerCase();
  if (/^(?:yes|on|true|1|y)$/.test(text)) return "write true, without quotes";
  return /^(?:no|off|false|0|n)$/.test(text) ? "write false, without quotes" : undefined;
}
