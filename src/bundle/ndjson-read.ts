/** Reading a rule export line by line, as Kibana's `_import` does. */
import type { Json } from "../json/index.js";
import { IMPORT_LIMITS } from "./limits.js";

/**
 * A line of an export. Of what is no JSON object Kibana says that it is no rule, so its import counts such a line among the
 * rules that failed.
 */
export type BundleLine =
  | {
      readonly kind: "rule" | "exception-list" | "exception-item" | "connector" | "summary";
      readonly value: Json;
    }
  | { readonly kind: "blank" }
  | { readonly kind: "broken"; readonly message: string };

/**
 * What a line is, by the keys that Kibana goes by, in the same order. The summary that ends the export of a single exception
 * list has no `exported_count`; it is a summary all the same, as it is for the import of lists.
 */
export function classify(text: string): BundleLine {
  if (text.trim() === "") return { kind: "blank" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: "broken", message: (error as Error).message };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { kind: "broken", message: "it is not a JSON object" };
  return { kind: kindOf(value), value: value as Json };
}

/** What an object of an export is, by the keys that Kibana goes by. */
export function kindOf(value: object): Exclude<BundleLine["kind"], "blank" | "broken"> {
  if ("exported_count" in value) return "summary";
  if ("item_id" in value || "entries" in value) return "exception-item";
  if ("list_id" in value) return "exception-list";
  if ("exported_exception_list_count" in value) return "summary";
  return "attributes" in value ? "connector" : "rule";
}

/** How many of each an export says it holds. */
export interface Counts {
  readonly rules: number;
  readonly lists: number;
  readonly items: number;
  readonly connectors: number;
}

/**
 * The counts in a summary of any version. In 7.14 `exported_count` is the number of rules and there is nothing else; from 7.16
 * on it is that of all lines together. A count that is no number is 0.
 */
export function summaryCounts(summary: Json): Counts {
  const count = (key: string): number => {
    const value = summary[key];
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
  };
  const rulesOnly = !("exported_rules_count" in summary);
  return {
    rules: count(rulesOnly ? "exported_count" : "exported_rules_count"),
    lists: count("exported_exception_list_count"),
    items: count("exported_exception_list_item_count"),
    connectors: count("exported_action_connector_count"),
  };
}

/**
 * The lines of a stream with their numbers, counted from 1, without holding more than one line. A line of more than `longest`
 * UTF-16 units, by default what no import could take, is broken, and what follows it is read. A byte order mark at the start is no part of the first line.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest = IMPORT_LIMITS.bytes,
): AsyncGenerator<BundleLine & { readonly line: number }> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  let number = 1;
  const add = (piece: string): void => {
    length += piece.length;
    if (length <= longest) pieces.push(piece);
    else pieces = [];
  };
  const end = (): BundleLine & { readonly line: number } => {
    const line = number++;
    const found: BundleLine =
      length > longest
        ? { kind: "broken", message: `it is longer than ${longest} characters` }
        : classify(pieces.join(""));
    pieces = [];
    length = 0;
    return { ...found, line };
  };
  for await (const chunk of chunks) {
    const [first = "", ...rest] = decoder.decode(chunk, { stream: true }).split("\n");
    add(first);
    for (const piece of rest) {
      yield end();
      add(piece);
    }
  }
  add(decoder.decode());
  if (length > 0) yield end();
}
