import type { Json } from "../json/index.js";

/** The data of a `*.values.yml` with these values: those that it has stay as they are written, the others come after them. */
export function dataWithValues(data: Json, values: readonly string[]): Json {
  const written = (data["values"] ?? []) as unknown[];
  const kept = written.filter(keeping(values));
  const had = new Set(kept.map(stored));
  return { ...data, values: [...kept, ...values.filter((value) => !had.has(stored(value)))] };
}

/** A text file with these values: lines of others are taken out, and what it lacks is appended with its line ends. */
export function textWithValues(text: string, values: readonly string[]): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const isKept = keeping(values);
  const isBlank = (line: string): boolean => stored(line) === "";
  const kept = lines.filter((line) => isBlank(line) || isKept(line));
  const had = new Set(kept.map(stored));
  const added = values.filter((value) => !had.has(stored(value)));
  const end = lines.some((line) => line.endsWith("\r\n")) ? "\r\n" : "\n";
  const before = kept.join("");
  const joint = added.length > 0 && before !== "" && !before.endsWith("\n") ? end : "";
  return `${before}${joint}${added.map((value) => value + end).join("")}`;
}

function keeping(values: readonly string[]): (written: unknown) => boolean {
  const wanted = new Set(values.map(stored));
  return (written) => wanted.has(stored(written));
}

/** Kibana trims the lines that it imports; a byte order mark before the first is trimmed too. */
function stored(value: unknown): string {
  return String(value).trim();
}
