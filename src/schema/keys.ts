import { type Diagnostic, report, type Target, toPointer, oneOf } from "../diagnostics/index.js";
import { isSecret, nameOf, type Place, shown } from "./place.js";
import { isRequiredOfSome, typesWith } from "./rule-type.js";
import { isSpellingOf, meantKey } from "./spelling.js";
import { keysAt, patternInWords, type SchemaNode, schemasAt } from "./walk.js";

/** Fields that Kibana writes and no author can. */
const RESPONSE_ONLY = new Set([
  "id", "immutable", "created_at", "created_by", "updated_at", "updated_by", "revision", "rule_source", "execution_summary",
]); // prettier-ignore

/** As many keys as a line can name. */
const FEW = 12;

/** A key that is not known where it stands. */
export function unknownKey(key: string, path: readonly string[], place: Place): Diagnostic {
  const { kind, document } = place;
  const at = { file: document.file, pointer: toPointer([...path, key]) };
  // Dots cover what a finding points at, so where they are needed that has to be the value.
  const isHidden = mayBeCredential(key, path, place);
  const target: Target = isHidden ? { ...at, secret: true } : { ...at, on: "key" };
  if (kind === "rule" && path.length === 0) {
    if (RESPONSE_ONLY.has(key)) return report("schema/response-only-field", { key }, target);
    const types = typesWith(key);
    const { type } = document.data as { type?: unknown };
    if (types.length > 0 && typeof type === "string")
      return report("schema/field-of-other-type", { key, type, types: oneOf(types) }, target);
  }
  const help = helpFor(key, path, place);
  return report("schema/unknown-key", { key: shown(key) }, target, help === undefined ? {} : { help });
}

/** Whether a key that is not known may stand for a credential: at the top, all but misspellings of what is none. */
function mayBeCredential(key: string, path: readonly string[], place: Place): boolean {
  const { root, kind, document } = place;
  if (path.length > 0 || (kind !== "connector" && kind !== "config")) return isSecret(place, [...path, key]);
  const meant = keysAt(root, document.data, path).filter((name) => isSpellingOf(key, name));
  return !meant.some((name) => name !== "secrets" && name !== "environments");
}

function helpFor(key: string, path: readonly string[], { root, kind, document }: Place): string | undefined {
  const known = keysAt(root, document.data, path);
  const meant = meantKey(key, known);
  if (meant !== undefined) return meant;
  if (kind === "rule" && path.length === 0) return "a field of a newer Kibana goes under extra";
  if (kind === "config" && /^(?:defaults|set)$/.test(path.at(-1) ?? "") && typesWith(key).length > 0)
    return `each rule sets its own ${key}`;
  if (known.length === 1) return `only ${known[0]} is known here`;
  return known.length <= FEW ? `known here are ${known.join(", ")}` : undefined;
}

/** A key that has to be there. */
export function missingKey(key: string, path: readonly string[], place: Place): Diagnostic {
  const { kind, document } = place;
  const target = { file: document.file, pointer: toPointer([...path, key]), on: "key" } as const;
  const { type } = document.data as { type?: string };
  const isTypes = kind === "rule" && path.length === 0 && isRequiredOfSome(key);
  const options = isTypes ? { help: `every ${type} rule needs it` } : {};
  return report("schema/missing-field", { field: nameOf(place, [...path, key]) }, target, options);
}

/** A name in a mapping whose names are free, but not in every way. */
export function badName(key: string, path: readonly string[], { root, document }: Place): Diagnostic {
  const names = schemasAt(root, document.data, path).flatMap(
    (node) => node["propertyNames"] ?? [],
  ) as SchemaNode[];
  const expected = names.map((node) => patternInWords([node], String(node["pattern"])))[0] ?? "another name";
  const target = { file: document.file, pointer: toPointer([...path, key]), on: "key" } as const;
  return report("schema/bad-format", { name: shown(key), expected: expected ?? "another name" }, target);
}

/** One of two keys that say the same, of which a file can use one. */
export function excludedKey(schemaPath: string, path: readonly string[], place: Place): Diagnostic {
  const { file } = place.document;
  const other = /dependentSchemas\/([^/]+)\//.exec(schemaPath)?.[1] ?? "";
  const beside = { file, pointer: toPointer([...path.slice(0, -1), other]), on: "key" } as const;
  const target = { file, pointer: toPointer(path), on: "key" } as const;
  const related = [{ message: `"${other}" stands here`, target: beside }];
  return report("schema/excludes", { name: nameOf(place, path), other }, target, { related });
}
