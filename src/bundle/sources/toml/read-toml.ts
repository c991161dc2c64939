import { isJson, type Json } from "../../../json/index.js";
import { parse, TomlError } from "smol-toml";
import { inspect } from "../inspect.js";
import { Capture } from "../json/capture.js";
import { decode } from "../json/decode.js";
import {
  problem,
  type SourceItem,
  type SourceOrigin,
  type SourcePart,
  type SourceProblem,
  type SourceRule,
} from "../model.js";
import type { Reading } from "../reading.js";
import { convertRule } from "./convert-rule.js";
import { plain } from "./plain.js";

/** Tables that tell what a file of detection-rules is. */
const OURS = /^[ \t]*\[{1,2}[ \t]*(?:metadata|rule|transform|exceptions|action_connectors)[ \t]*(?:\.|\])/m;

/** Reads a TOML file of detection-rules: a rule, exception lists with their items, or connectors. */
export async function* readToml(
  bytes: AsyncIterable<Uint8Array>,
  origin: SourceOrigin,
  reading: Reading,
): AsyncGenerator<SourceItem> {
  const { limits } = reading;
  const capture = new Capture(limits.toml);
  for await (const chunk of bytes) capture.add(chunk);
  if (capture.tooLong) return yield problem("source/too-long", { limit: limits.toml }, origin);
  const { text, invalid } = decode(capture.take(new Uint8Array(0)));
  const found = parseFile(text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"), origin);
  if (found.kind === "problem") return yield found;
  const { tooDeep, forbidden } = inspect(found.value, limits.depth);
  if (tooDeep) return yield problem("source/too-deep", { limit: limits.depth }, origin);
  const file = plain(found.value) as Json;
  const items = itemsOf(file, origin, reading);
  if (items.length === 0) return yield problem("source/unrecognised", {}, origin);
  if (invalid > 0)
    yield problem("source/invalid-utf8", { count: invalid }, { ...origin, ...lineOfInvalid(text) });
  yield* items;
  for (const key of forbidden) yield problem("source/forbidden-key", { key }, origin);
}

/** The file's tables. A text that only looks like TOML is just not recognised: there are other formats with sections in brackets. */
function parseFile(text: string, origin: SourceOrigin): { kind: "file"; value: unknown } | SourceProblem {
  try {
    return { kind: "file", value: parse(text) };
  } catch (error) {
    if (!OURS.test(text)) return problem("source/unrecognised", {}, origin);
    const at = error instanceof TomlError ? { ...origin, line: error.line } : origin;
    return problem("source/toml-syntax", { reason: reasonOf(error) }, at);
  }
}

/** The library's message without its heading and the part of the file that it shows. */
function reasonOf(error: unknown): string {
  const [first = ""] = (error as Error).message.split("\n");
  return first.replace(/^Invalid TOML document: /, "");
}

function lineOfInvalid(text: string): { line?: number } {
  const at = text.indexOf("\uFFFD");
  return at < 0 ? {} : { line: text.slice(0, at).split(/\r\n?|\n/).length };
}

function itemsOf(file: Json, origin: SourceOrigin, reading: Reading): SourceItem[] {
  if (isJson(file["rule"])) return ruleItems(file, origin, reading);
  const parts = [...exceptionsOf(file["exceptions"]), ...objects(file["action_connectors"]).map(connector)];
  return parts.flatMap((part) =>
    "value" in part
      ? met({ ...part, origin, format: "toml" }, reading)
      : [problem("source/unknown-object", { keys: part.keys.join(", ") }, origin)],
  );
}

function ruleItems(file: Json, origin: SourceOrigin, reading: Reading): SourceItem[] {
  const { value, about, remarks } = convertRule(file, reading.versions);
  return [
    ...met({ kind: "rule", value, origin, format: "toml", about }, reading),
    ...remarks.map(({ code, params }) => ({ kind: "problem", origin, code, params }) as SourceProblem),
  ];
}

function met(item: SourceRule | SourcePart, reading: Reading): SourceItem[] {
  const duplicate = reading.identities.meet(item);
  return duplicate === undefined ? [item] : [item, duplicate];
}

type Part = Pick<SourcePart, "kind" | "value">;

/** `[[exceptions]]`: each has a `container`, which is the list, and its `items`. */
function exceptionsOf(exceptions: unknown): Part[] {
  return objects(exceptions).flatMap(({ container, items }) => [
    ...(isJson(container) ? [{ kind: "exception-list", value: container } as const] : []),
    ...objects(items).map((value) => ({ kind: "exception-item", value }) as const),
  ]);
}

/** An entry of `[[action_connectors]]`: a saved object as exports have them, or the keys of what is none. */
function connector(value: Json): Part | { readonly keys: readonly string[] } {
  if (!isJson(value["attributes"])) return { keys: Object.keys(value).slice(0, 5) };
  return { kind: "connector", value: { ...value, type: "action" } };
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
