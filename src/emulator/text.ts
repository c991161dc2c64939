/** A value that came with a request as text: a string as it is, anything else as JSON; nothing for what is absent. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
