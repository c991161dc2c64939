import { fc } from "@fast-check/vitest";
import { dump } from "js-yaml";
import { emit, parseDocument } from "../../../src/yaml/index.js";
import { json } from "../emit/arbitrary.js";

type Data = Record<string, unknown>;

/** Texts of one document in many styles, with comments, empty lines and both kinds of line breaks. */
export const source: fc.Arbitrary<string> = fc
  .tuple(
    // A key of several lines needs a `?` before it, where nothing can be edited; a few of them are enough.
    fc
      .oneof({ weight: 9, arbitrary: json.mapping.map(withShortKeys) }, json.mapping)
      .filter((value) => Object.keys(value).length > 0),
    fc.constantFrom("emit", "flow", "dump", "dump-narrow", "dump-flow", "dump-flush"),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom("comment", "blank", "deep", "end")), { maxLength: 12 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([value, writer, decorations, lineBreak, hasMark]) => {
    let text = write(value, writer);
    for (const [i, [at, kind]] of decorations.entries()) text = decorated(text, at, kind, `# c${i};`);
    return (hasMark ? "\ufeff" : "") + text.replaceAll("\n", lineBreak);
  })
  .filter((text) => parseDocument(text, "x").diagnostics.length === 0);

function withShortKeys(value: Data): Data {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([key, below]) => [
        key.replace(/[\r\n\x85\u2028\u2029]/g, "").slice(0, 30),
        below,
      ]),
    );
  }) as Data;
}

function write(value: Data, writer: string): string {
  switch (writer) {
    case "emit":
      return emit(value, { flow: new Set(["a"]), literal: new Set(["query"]), spaced: new Set(["b"]) });
    case "flow":
      return `${JSON.stringify(value, undefined, 2)}\n`;
    case "dump":
      return dump(value);
    case "dump-narrow":
      return dump(value, { lineWidth: 20, indent: 4 });
    case "dump-flow":
      return dump(value, { flowLevel: 1, lineWidth: -1 });
    default:
      return dump(value, { seqNoIndent: true, lineWidth: 40 });
  }
}

/** The text with a comment or an empty line more, if that leaves its data alone. */
function decorated(text: string, at: number, kind: string, comment: string): string {
  const lines = text.split("\n");
  const i = at % lines.length;
  const indent = /^ */.exec(lines[i]!)![0];
  if (kind === "blank") lines.splice(i, 0, "");
  else if (kind === "end") lines[i] += ` ${comment}`;
  else lines.splice(i, 0, `${indent}${kind === "deep" ? "  " : ""}${comment}`);
  const changed = lines.join("\n");
  const before = parseDocument(text, "x");
  const after = parseDocument(changed, "x");
  return JSON.stringify(before.data) === JSON.stringify(after.data) && after.diagnostics.length === 0
    ? changed
    : text;
}

/** Changes to any mapping: what to do, and where, counted over all its values. */
export const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom("set", "remove", "add", "text", "move"),
    value: json.value,
    key: fc.constantFrom("a", "b", "query", "new", "x y", "1", "zz"),
  }),
  { minLength: 0, maxLength: 4 },
);
export type Mutations = typeof mutations extends fc.Arbitrary<infer T> ? T : never;

export function mutate(data: unknown, changes: Mutations): Data {
  const copy = structuredClone(data) as Data;
  for (const { at, kind, value, key } of changes) {
    const places = placesOf(copy);
    const [parent, name] = places[at % Math.max(places.length, 1)] ?? [copy, key];
    const old = parent[name as never] as unknown;
    if (kind === "add" && Array.isArray(parent)) parent.splice(at % (parent.length + 1), 0, value);
    else if (kind === "add") (parent as Data)[key] = value;
    else if (kind === "remove" && Array.isArray(parent)) parent.splice(Number(name), 1);
    else if (kind === "remove") Reflect.deleteProperty(parent, name);
    else if (kind === "move" && Array.isArray(parent)) parent.push(parent.shift());
    else if (kind === "text" && typeof old === "string") set(parent, name, `${old}${key}\n${old}`);
    else set(parent, name, value);
  }
  return copy;
}

function set(parent: object, name: string, value: unknown): void {
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function placesOf(value: object): [object, string][] {
  return Object.entries(value).flatMap(([name, inner]): [object, string][] => [
    [value, name],
    ...(typeof inner === "object" && inner !== null ? placesOf(inner as object) : []),
  ]);
}
