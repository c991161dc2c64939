import type { ErrorObject } from "ajv";
import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import { conversionHint } from "./conversion.js";
import { formatHint } from "./format-hint.js";
import { isCredential, isSecret, nameOf, type Place, shown } from "./place.js";
import { meantValue } from "./spelling.js";
import { patternInWords, schemasAt, tagValues } from "./walk.js";
import { expectedKind, kindOf } from "./words.js";

/** A value at a place, of which something is wrong. */
export interface Suspect {
  readonly value: unknown;
  readonly path: readonly string[];
  readonly place: Place;
}

export function wrongType({ params }: ErrorObject, { value, path, place }: Suspect): Diagnostic {
  const name = nameOf(place, path);
  const target = targetOf(place, path);
  if (isCredential(place, path)) return report("schema/literal-secret", { name }, target);
  const expected = [params["type"] as string | string[]].flat();
  const raw = target.secret === true ? undefined : place.document.rawScalar(toPointer(path));
  const allowed = schemasAt(place.root, place.document.data, path).flatMap((node) => node["enum"] ?? []);
  const fits = allowed.length === 0 || (raw !== undefined && allowed.includes(raw));
  const help = fits ? conversionHint(value, expected, raw) : meantValue(raw, allowed.map(String));
  const words = { name, expected: expectedKind(expected), found: kindOf(value) };
  return report("schema/wrong-type", words, target, help === undefined ? {} : { help });
}

/** A value that is none of those that are allowed. */
export function badValue({ keyword, params }: ErrorObject, suspect: Suspect): Diagnostic {
  const allowed = keyword === "const" ? [params["allowedValue"]] : (params["allowedValues"] as unknown[]);
  return noneOf(allowed.map(String), suspect);
}

function noneOf(allowed: readonly string[], { value, path, place }: Suspect): Diagnostic {
  const isForeign = place.kind === "rule" && path[0] === "language" && (value === "eql" || value === "esql");
  const help = isForeign ? `for a rule in that language write type: ${value}` : meantValue(value, allowed);
  return report(
    "schema/bad-value",
    { name: nameOf(place, path), value: shown(value) },
    targetOf(place, path),
    {
      help,
    },
  );
}

/** A mapping whose tag names none of the forms that it may have. */
export function unknownForm(
  { params }: ErrorObject,
  { value, path, place }: Suspect,
): Diagnostic | undefined {
  const { tag } = params as { tag: string };
  const given = (value as Record<string, unknown>)[tag];
  // A tag that is absent is reported as a missing field by the schema itself.
  if (given === undefined) return undefined;
  const at = { value: given, path: [...path, tag], place };
  if (typeof given !== "string")
    return wrongType({ params: { type: "string" } } as unknown as ErrorObject, at);
  return noneOf(tagValues(place.root, place.document.data, path, tag), at);
}

/** Text that is not of the form that is asked for. */
export function badFormat({ keyword, params }: ErrorObject, { value, path, place }: Suspect): Diagnostic {
  const name = nameOf(place, path);
  const target = targetOf(place, path);
  if (isCredential(place, path)) return report("schema/literal-secret", { name }, target);
  const text = String(value);
  if (text.trim() === "") return report("schema/blank", { name }, target);
  const pattern = String(params["pattern"] ?? "");
  const expected =
    keyword === "format"
      ? "a date and time such as 2026-01-31T00:00:00Z"
      : patternInWords(schemasAt(place.root, place.document.data, path), pattern);
  const words = { name, expected };
  const help =
    target.secret === true ? undefined : formatHint(keyword === "format" ? "date-time" : pattern, text);
  return report("schema/bad-format", words, target, help === undefined ? {} : { help });
}

export function outOfRange({ keyword, params }: ErrorObject, { value, path, place }: Suspect): Diagnostic {
  const limit = `${keyword === "minimum" ? "at least" : "at most"} ${String(params["limit"])}`;
  return report(
    "schema/out-of-range",
    { name: nameOf(place, path), value: shown(value), limit },
    targetOf(place, path),
  );
}

/** Too few or too many entries. The file itself has no name. */
export function wrongCount({ keyword, params }: ErrorObject, { path, place }: Suspect): Diagnostic {
  const limit = Number(params["limit"]);
  const count = `${limit} ${limit === 1 ? "entry" : "entries"}`;
  const name = path.length === 0 ? "the file" : `"${nameOf(place, path)}"`;
  const code = keyword === "maxItems" ? "schema/too-many" : "schema/too-few";
  return report(code, { name, count }, targetOf(place, path));
}

function targetOf(place: Place, path: readonly string[]): Target {
  const target = { file: place.document.file, pointer: toPointer(path) };
  return isSecret(place, path) ? { ...target, secret: true } : target;
}
