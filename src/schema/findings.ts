import type { ErrorObject } from "ajv";
import {
  type Diagnostic,
  didYouMean,
  fromPointer,
  report,
  type Target,
  toPointer,
} from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import type { FileKind } from "./check.js";
import type { ErrorGroup } from "./condense.js";
import { isRequiredOfSome, typesWith } from "./rule-type.js";
import { keysAt, schemasAt, tagValues } from "./walk.js";
import { conversionHint, expectedKind, kindOf, orJoin, patternInWords, SECRET_PATTERN } from "./words.js";

/** Where errors came up: the definition that was checked, and the document. */
export interface Place {
  readonly root: string;
  readonly kind: FileKind;
  readonly document: LocatedDocument;
}

/** Fields that Kibana writes and no author can. */
const RESPONSE_ONLY = new Set([
  "id", "immutable", "created_at", "created_by", "updated_at", "updated_by", "revision", "rule_source", "execution_summary",
]); // prettier-ignore

/** Longer values are not repeated in a message. */
const MOST = 60;

/** One mistake as a finding; undefined where another finding says the same already. */
export function finding(group: ErrorGroup, place: Place): Diagnostic | undefined {
  const { error } = group;
  const path = fromPointer(error.instancePath);
  const at = (pointer = error.instancePath): Target => ({ file: place.document.file, pointer });
  const value = valueAt(place.document.data, path);
  const name = nameOf(path);
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(error.params["additionalProperty"] as string, path, place);
    case "required":
    case "dependentRequired":
      return missing(error.params["missingProperty"] as string, path, place);
    case "type":
      return wrongType(error, value, name, at());
    case "enum":
    case "const":
      return badValue(allowed(error), value, name, at());
    case "discriminator":
      return wrongForm(error, path, value, place);
    case "pattern":
    case "format":
      return badFormat(error, value, name, at());
    case "minimum":
    case "maximum":
      return report("schema/out-of-range", { name, value: shown(value), limit: rangeOf(error) }, at());
    case "minItems":
    case "minProperties":
      return report("schema/too-few", { name, count: error.params["limit"] as number }, at());
    case "maxItems":
      return report("schema/too-many", { name, count: error.params["limit"] as number }, at());
    case "false schema":
      return excluded(error, path, name, at());
    case "propertyNames":
      return badName(error.params["propertyName"] as string, path, place);
    case "oneOf":
    case "anyOf":
      return choice(group, path, value, place);
    default:
      return undefined;
  }
}

function unknownKey(key: string, path: readonly string[], { root, kind, document }: Place): Diagnostic {
  const target = { file: document.file, pointer: toPointer([...path, key]), on: "key" } as const;
  if (kind === "rule" && path.length === 0) {
    if (RESPONSE_ONLY.has(key)) return report("schema/response-only-field", { key }, target);
    const types = typesWith(key);
    const { type } = document.data as { type?: string };
    if (types.length > 0 && type !== undefined)
      return report("schema/field-of-other-type", { key, type, types: orJoin(types) }, target);
  }
  const known = keysAt(root, document.data, path);
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll("-", "_");
  const help = known.includes(snake) && snake !== key ? `did you mean "${snake}"?` : didYouMean(key, known);
  const fallback = known.length > 0 && known.length <= 12 ? `known here are ${known.join(", ")}` : undefined;
  const line = help ?? fallback;
  return report("schema/unknown-key", { key }, target, line === undefined ? {} : { help: line });
}

function missing(field: string, path: readonly string[], { kind, document }: Place): Diagnostic {
  const target = { file: document.file, pointer: toPointer([...path, field]), on: "key" } as const;
  const { type } = document.data as { type?: string };
  const help =
    kind === "rule" && path.length === 0 && isRequiredOfSome(field)
      ? `every ${type} rule needs it`
      : undefined;
  return report(
    "schema/missing-field",
    { field: nameOf([...path, field]) },
    target,
    help === undefined ? {} : { help },
  );
}

function wrongType({ params }: ErrorObject, value: unknown, name: string, target: Target): Diagnostic {
  const expected = [params["type"] as string | string[]].flat();
  const help = conversionHint(value, expected);
  const words = { name, expected: expectedKind(expected), found: kindOf(value) };
  return report("schema/wrong-type", words, target, help === undefined ? {} : { help });
}

function allowed({ keyword, params }: ErrorObject): unknown[] {
  return keyword === "const" ? [params["allowedValue"]] : (params["allowedValues"] as unknown[]);
}

function badValue(values: readonly unknown[], value: unknown, name: string, target: Target): Diagnostic {
  const words = values.map(String);
  const help =
    (typeof value === "string" ? didYouMean(value, words) : undefined) ?? `it is one of ${words.join(", ")}`;
  return report("schema/bad-value", { name, value: shown(value) }, target, { help });
}

function wrongForm(
  error: ErrorObject,
  path: readonly string[],
  value: unknown,
  place: Place,
): Diagnostic | undefined {
  const { tag, error: what } = error.params as { tag: string; error: "tag" | "mapping" };
  const given = (value as Record<string, unknown>)[tag];
  // A tag that is absent is reported as a missing field by the schema itself.
  if (what === "tag" && given === undefined) return undefined;
  const values = tagValues(place.root, place.document.data, path, tag);
  const target = { file: place.document.file, pointer: toPointer([...path, tag]) };
  return badValue(values, given, nameOf([...path, tag]), target);
}

function badFormat(
  { keyword, params }: ErrorObject,
  value: unknown,
  name: string,
  target: Target,
): Diagnostic {
  const pattern = String(params["pattern"] ?? "");
  // A credential that somebody wrote into the file must not travel into logs as well.
  if (pattern === SECRET_PATTERN)
    return report("schema/literal-secret", { name }, { ...target, secret: true });
  const expected =
    keyword === "format" ? "a date and time such as 2026-01-31T00:00:00Z" : patternInWords(pattern);
  if (typeof value === "string" && value.trim() === "") return report("schema/blank", { name }, target);
  // An address may carry a user and a password.
  const place =
    typeof value === "string" && value.includes("@") ? ({ ...target, secret: true } as const) : target;
  return report("schema/bad-format", { name, expected: expected ?? `text that matches ${pattern}` }, place);
}

function rangeOf({ keyword, params }: ErrorObject): string {
  return `${keyword === "minimum" ? "at least" : "at most"} ${String(params["limit"])}`;
}

/** Two ways to say the same, of which a file can use one. */
function excluded(
  { schemaPath }: ErrorObject,
  path: readonly string[],
  name: string,
  target: Target,
): Diagnostic {
  const other = /dependentSchemas\/([^/]+)\//.exec(schemaPath)?.[1] ?? "";
  const otherTarget = { ...target, pointer: toPointer([...path.slice(0, -1), other]), on: "key" } as const;
  const related = [{ message: `"${other}" stands here`, target: otherTarget }];
  return report("schema/excludes", { name, other }, { ...target, on: "key" }, { related });
}

function badName(key: string, path: readonly string[], { root, document }: Place): Diagnostic {
  const names = schemasAt(root, document.data, path).flatMap((node) => {
    const pattern = (node["propertyNames"] as { pattern?: string } | undefined)?.pattern;
    return pattern === undefined ? [] : [patternInWords(pattern) ?? `text that matches ${pattern}`];
  });
  const target = { file: document.file, pointer: toPointer([...path, key]), on: "key" } as const;
  return report("schema/bad-format", { name: key, expected: names[0] ?? "another name" }, target);
}

/** No form of a value fits, or more than one does. */
function choice(
  { error, alternatives }: ErrorGroup,
  path: readonly string[],
  value: unknown,
  place: Place,
): Diagnostic {
  const target = { file: place.document.file, pointer: error.instancePath };
  const name = nameOf(path);
  const forms = formsOf(alternatives);
  if (Array.isArray(error.params["passingSchemas"])) return report("schema/several-forms", { name }, target);
  const kinds = [
    ...new Set(
      alternatives.filter(({ keyword }) => keyword === "type").map(({ params }) => String(params["type"])),
    ),
  ];
  if (forms.length === 0 || typeof value !== "object" || value === null)
    return report(
      "schema/wrong-type",
      {
        name,
        expected: expectedKind([...kinds, ...(forms.length > 0 ? ["object"] : [])]),
        found: kindOf(value),
      },
      target,
    );
  return report(
    "schema/missing-one-of",
    { name, forms: orJoin(forms) },
    { ...target, pointer: error.instancePath },
  );
}

/** The fields that each form asks for: `"connector"`, `"id" and "action_type_id"`. */
function formsOf(alternatives: readonly ErrorObject[]): string[] {
  const byForm = new Map<string, string[]>();
  for (const { keyword, schemaPath, params } of alternatives) {
    if (keyword !== "required") continue;
    const form = /(?:oneOf|anyOf)\/(\d+)\//.exec(schemaPath)?.[1] ?? "";
    byForm.set(form, [...(byForm.get(form) ?? []), `"${String(params["missingProperty"])}"`]);
  }
  return [...byForm.values()].map((fields) => fields.join(" and "));
}

/** A place as one reads it: `actions[0].params`; the file itself has no name. */
function nameOf(path: readonly string[]): string {
  return path.reduce(
    (name, segment) =>
      /^\d+$/.test(segment) ? `${name}[${segment}]` : name === "" ? segment : `${name}.${segment}`,
    "",
  );
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, segment) =>
      typeof at === "object" && at !== null ? (at as Record<string, unknown>)[segment] : undefined,
    data,
  );
}
