import { readdirSync, readFileSync } from "node:fs";

export type Node = Readonly<Record<string, unknown>>;

const FOLDER = new URL("../../schemas/", import.meta.url);

/** The published schemas, by their path below `schemas/`. */
export const SCHEMAS: ReadonlyMap<string, Node> = new Map(
  ["", "output/"].flatMap((folder) =>
    readdirSync(new URL(folder, FOLDER))
      .filter((name) => name.endsWith(".schema.json"))
      .sort()
      .map((name) => [
        `${folder}${name}`,
        JSON.parse(readFileSync(new URL(folder + name, FOLDER), "utf8")) as Node,
      ]),
  ),
);

/** Schemas of files that belong to a project: neither what commands print, nor the script of faults, which plays with the embedded Kibana. */
export const AUTHORED: readonly (readonly [file: string, schema: Node])[] = [...SCHEMAS].filter(
  ([file]) => !file.startsWith("output/") && file !== "faults.schema.json",
);

/** Keywords whose value maps names to schemas. */
const MAPS = ["properties", "$defs"];
const SINGLE = ["items", "additionalProperties", "propertyNames"];
const LISTS = ["oneOf", "anyOf"];

export interface Found {
  readonly pointer: string;
  readonly node: Node;
  /** Whether the schema is that of a property, which an editor shows. */
  readonly isProperty: boolean;
}

/** Every schema within a schema, itself included, but for what only asks something of a property that stands elsewhere. */
export function* nodesOf(node: unknown, pointer = "", isProperty = false): Generator<Found> {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const schema = node as Node;
  yield { pointer, node: schema, isProperty };
  for (const keyword of MAPS)
    for (const [name, child] of Object.entries((schema[keyword] ?? {}) as Node))
      yield* nodesOf(child, `${pointer}/${keyword}/${name}`, keyword === "properties");
  for (const keyword of SINGLE) yield* nodesOf(schema[keyword], `${pointer}/${keyword}`);
  for (const keyword of LISTS)
    for (const [index, child] of ((schema[keyword] ?? []) as unknown[]).entries())
      yield* nodesOf(child, `${pointer}/${keyword}/${index}`);
}

/** The schema that a `$ref` of a file leads to, with what stands beside the reference on top. */
export function resolved(file: string, node: Node): Node {
  const { $ref, ...beside } = node;
  if (typeof $ref !== "string") return node;
  const [other, pointer = ""] = $ref.split("#");
  const target = other === "" || other === undefined ? file : other;
  const found = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((at, segment) => (at as Node)[segment], SCHEMAS.get(target));
  return { ...resolved(target, found as Node), ...beside };
}

const RULE = SCHEMAS.get("rule.schema.json")!;

/** The schema of each rule type, by the type. */
export const RULE_TYPES: ReadonlyMap<string, Node> = new Map(
  (RULE["oneOf"] as Node[]).map((form) => {
    const node = resolved("rule.schema.json", form);
    return [String((node["properties"] as Record<string, Node>)["type"]!["const"]), node];
  }),
);
