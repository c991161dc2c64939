import { append } from "../diagnostics/index.js";
import { definitions } from "./generated/validators.js";

export type SchemaNode = Readonly<Record<string, unknown>>;

/**
 * The parts of a schema that speak about a place in a document: one or several, where a value may have several forms.
 * Where a value names its form (`type`, `action_type_id`, `command`), only that form's parts are followed.
 */
export function schemasAt(root: string, data: unknown, path: readonly string[]): SchemaNode[] {
  let nodes = expand(definitions[root], data);
  let value = data;
  for (const segment of path) {
    value = childOf(value, segment);
    const index = /^\d+$/.test(segment);
    nodes = nodes.flatMap((node) => children(node, segment, index)).flatMap((node) => expand(node, value));
  }
  return nodes;
}

/** Keys by document and place: each unknown key of a mapping asks for the same ones. */
const keysBefore = new WeakMap<object, Map<string, readonly string[]>>();

/** The keys that a mapping may have at a place. */
export function keysAt(root: string, data: unknown, path: readonly string[]): readonly string[] {
  if (typeof data !== "object" || data === null) return keysIn(root, data, path);
  const places = keysBefore.get(data) ?? new Map<string, readonly string[]>();
  keysBefore.set(data, places);
  const place = JSON.stringify([root, ...path]);
  const before = places.get(place);
  if (before !== undefined) return before;
  const keys = keysIn(root, data, path);
  places.set(place, keys);
  return keys;
}

function keysIn(root: string, data: unknown, path: readonly string[]): readonly string[] {
  return [
    ...new Set(schemasAt(root, data, path).flatMap((node) => Object.keys(asNode(node["properties"]) ?? {}))),
  ];
}

/** What a pattern at a place asks for, in words: `a duration such as 30s, 5m, 1h or 1d`. */
export function patternInWords(nodes: readonly SchemaNode[], pattern: string): string {
  const said = nodes.find((node) => node["pattern"] === pattern)?.["patternErrorMessage"];
  return typeof said === "string" ? said.replace(/^Must be /, "") : `text that matches ${pattern}`;
}

function children(node: SchemaNode, segment: string, index: boolean): SchemaNode[] {
  const property = asNode(asNode(node["properties"])?.[segment]);
  if (property !== undefined) return [property];
  const rest = [index ? node["items"] : undefined, node["additionalProperties"]];
  return rest.map(asNode).filter((some) => some !== undefined);
}

/** A node and the forms that it offers, with references followed. */
function expand(node: SchemaNode | undefined, value: unknown): SchemaNode[] {
  const found: SchemaNode[] = [];
  const open = node === undefined ? [] : [node];
  const seen = new Set<SchemaNode>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    found.push(at);
    const target = referred(at);
    if (target !== undefined) open.push(target);
    append(open, forms(at, value));
  }
  return found;
}

function referred({ $ref }: SchemaNode): SchemaNode | undefined {
  return typeof $ref === "string" ? definitions[$ref.replace("#/$defs/", "")] : undefined;
}

function forms(node: SchemaNode, value: unknown): SchemaNode[] {
  const offered = ["oneOf", "anyOf"].flatMap((keyword) => (node[keyword] ?? []) as SchemaNode[]);
  const tag = asNode(node["discriminator"])?.["propertyName"];
  if (typeof tag !== "string") return offered;
  const chosen = offered.filter((form) => tagsOf(form, tag).includes(childOf(value, tag)));
  return chosen.length > 0 ? chosen : offered;
}

/** The values of its tag that choose a form. */
export function tagsOf(form: SchemaNode, tag: string): unknown[] {
  const node = referred(form) ?? form;
  const property = asNode(asNode(node["properties"])?.[tag]);
  if (property === undefined) return [];
  return "const" in property ? [property["const"]] : ((property["enum"] ?? []) as unknown[]);
}

/** All values that a tag may have at a place. */
export function tagValues(root: string, data: unknown, path: readonly string[], tag: string): string[] {
  return schemasAt(root, data, path)
    .filter((node) => asNode(node["discriminator"])?.["propertyName"] === tag)
    .flatMap((node) => ((node["oneOf"] ?? []) as SchemaNode[]).flatMap((form) => tagsOf(form, tag)))
    .filter((value): value is string => typeof value === "string");
}

function childOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function asNode(value: unknown): SchemaNode | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as SchemaNode)
    : undefined;
}
