import type { Context, Errors, ValidationError } from "io-ts";

/** Array indexes, and the branch numbers that io-ts puts in for unions and intersections, say nothing to a reader. */
const isName = (key: string): boolean => key.trim() !== "" && !Number.isInteger(Number(key));

function place(context: Context): string {
  const keys = context.map(({ key }) => key).filter((key: string | null) => key !== null && isName(key));
  return keys.length > 0 ? keys.join(",") : (context.find(({ type }) => type.name !== "")?.type.name ?? "");
}

function shown(value: unknown): string {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") {
    return String(value);
  }
  try {
    return JSON.stringify(value);
  } catch {
    return "circular reference";
  }
}

function text({ context, message, value }: ValidationError): string {
  return message ?? `Invalid value "${shown(value)}" supplied to "${place(context)}"`;
}

/**
 * One line a distinct error, in the order of first sight. An error's own message wins; otherwise the line names the
 * value and the keys that lead to it, or the codec where there are none.
 */
export function formatErrors(errors: Errors): string[] {
  return [...new Set(errors.map(text))];
}
