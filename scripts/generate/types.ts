import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { isSchema, KINDS, readSchema, root, type Schema } from "./schemas.js";

const OUTPUT = new URL("src/schema/types.generated.ts", root);

/**
 * The TypeScript types of every authored file, from their JSON Schemas. All are compiled in one go, so that
 * a part that several files share is one type.
 *
 * json-schema-to-typescript takes keywords such as `oneOf` beside `properties` for intersections, so schemas are
 * first rewritten to what a type can say: lists of types and alternatives become unions, short parts
 * without a title are put in place of their reference, and what all eight rule types share is one base interface.
 */
export async function generateTypes(): Promise<string> {
  const definitions: Record<string, Schema> = {};
  for (const kind of KINDS) {
    const { $defs, ...file } = readSchema(kind);
    definitions[`${kind}.schema.json`] = file;
    for (const [name, definition] of Object.entries(isSchema($defs) ? $defs : {}))
      definitions[`${kind}.schema.json#/$defs/${name}`] = definition as Schema;
  }
  definitions["rule.schema.json#common"] = commonFields(definitions);
  const rewriter = new Rewriter(definitions);
  const files = KINDS.map((kind) => [kind, rewriter.reference(`${kind}.schema.json`, kind)] as const);
  const { compile } = await import("json-schema-to-typescript");
  return compile(
    {
      title: "Authored files",
      type: "object",
      properties: Object.fromEntries(files),
      required: [...KINDS],
      additionalProperties: false,
      $defs: rewriter.shared(),
    },
    "AuthoredFiles",
    {
      bannerComment: banner(),
      additionalProperties: false,
      unreachableDefinitions: false,
      format: true,
      style: { printWidth: 110 },
    },
  );
}

/** Says where the types come from, and exactly from what: what has not changed need not be made again. */
function banner(): string {
  const hash = createHash("sha256");
  const inputs = [...KINDS.map((kind) => `schemas/${kind}.schema.json`), "scripts/generate/types.ts"];
  for (const path of inputs) hash.update(readFileSync(new URL(path, root)));
  return `// Written by scripts/generate/types.ts from schemas/*.schema.json. Change those instead.\n// Their hash: ${hash.digest("hex").slice(0, 16)}`;
}

/** What every rule type has, as one definition that the eight of them extend. */
function commonFields(definitions: Readonly<Record<string, Schema>>): Schema {
  const branches = branchesOf(definitions["rule.schema.json"]).map(
    (ref) => definitions[`rule.schema.json${ref}`] ?? {},
  );
  const [first = {}, ...others] = branches.map((branch) =>
    isSchema(branch["properties"]) ? branch["properties"] : {},
  );
  const names = Object.keys(first).filter((name) =>
    others.every((other) => JSON.stringify(other[name]) === JSON.stringify(first[name])),
  );
  return {
    title: "Rule fields",
    description: "The fields that every type of rule has.",
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, first[name]])),
    required: strings(branches[0]?.["required"]).filter((name) => names.includes(name)),
    additionalProperties: false,
  };
}

function branchesOf(schema: Schema | undefined): string[] {
  return ((schema?.["oneOf"] ?? []) as Schema[]).map((branch) => String(branch["$ref"]));
}

class Rewriter {
  readonly #definitions: Readonly<Record<string, Schema>>;
  readonly #named = new Map<string, Schema>();

  constructor(definitions: Readonly<Record<string, Schema>>) {
    this.#definitions = definitions;
  }

  /** The schemas with a title, by it: each becomes a type of its own. */
  shared(): Record<string, Schema> {
    return Object.fromEntries(this.#named);
  }

  /** What an address such as `rule.schema.json#/$defs/guide` leads to, rewritten. */
  reference(address: string, kind: string): Schema {
    const definition = this.#definitions[address];
    if (definition === undefined) throw new Error(`schemas: nothing at ${address}`);
    return this.rewrite(this.#isRuleType(address) ? this.#ownFields(definition) : definition, kind);
  }

  #isRuleType(address: string): boolean {
    return branchesOf(this.#definitions["rule.schema.json"]).some(
      (ref) => address === `rule.schema.json${ref}`,
    );
  }

  /** A rule type as what it has beyond the common fields. */
  #ownFields(definition: Schema): Schema {
    const common = this.#definitions["rule.schema.json#common"]?.["properties"] ?? {};
    const properties = isSchema(definition["properties"]) ? definition["properties"] : {};
    return {
      ...definition,
      properties: Object.fromEntries(
        Object.entries(properties).filter(([name]) => !Object.hasOwn(common, name)),
      ),
      required: strings(definition["required"]).filter((name) => !Object.hasOwn(common, name)),
      extends: this.reference("rule.schema.json#common", "rule"),
    };
  }

  /** A schema as a type can say it: a reference where it has a title, and so a name. */
  rewrite(schema: Schema, kind: string): Schema {
    if (typeof schema["$ref"] === "string") {
      const [file, pointer] = schema["$ref"].split("#");
      const address = `${file === "" ? `${kind}.schema.json` : file}#${pointer}`;
      const target = this.reference(address, address.slice(0, address.indexOf(".")));
      const description = schema["description"];
      return "$ref" in target || description === undefined ? target : { ...target, description };
    }
    if (typeof schema["title"] !== "string") return this.#shape(schema, kind);
    const name = schema["title"];
    if (!this.#named.has(name)) {
      this.#named.set(name, {});
      this.#named.set(name, this.#shape(schema, kind));
    }
    return { $ref: `#/$defs/${name}` };
  }

  #shape(schema: Schema, kind: string): Schema {
    const said = documentation(schema);
    const types = Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]];
    const variants = types.flatMap((type) => this.#variants({ ...schema, type }, kind));
    return variants.length === 1 ? { ...said, ...variants[0] } : { ...said, anyOf: variants };
  }

  /** The shapes that a schema of one type allows: one, or one an alternative. */
  #variants(schema: Schema, kind: string): Schema[] {
    switch (schema["type"]) {
      case "object":
        return this.#objects(schema, kind);
      case "array":
        return [
          { type: "array", items: isSchema(schema["items"]) ? this.rewrite(schema["items"], kind) : {} },
        ];
      default: {
        const { type, enum: values, const: value } = schema;
        if (value !== undefined) return [{ enum: [value] }];
        return [values === undefined ? { type } : { type, enum: values }];
      }
    }
  }

  #objects(schema: Schema, kind: string): Schema[] {
    const branches = Array.isArray(schema["oneOf"]) ? (schema["oneOf"] as Schema[]) : [];
    if (branches.length > 0 && branches.every((branch) => "$ref" in branch))
      return branches.map((branch) => this.rewrite(branch, kind));
    const alternatives = branches
      .map((branch) => strings(branch["required"]))
      .filter((keys) => keys.length > 0);
    const needs = isSchema(schema["dependentRequired"]) ? schema["dependentRequired"] : {};
    const additional = schema["additionalProperties"];
    const properties = Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {});
    const shape = (without: ReadonlySet<string>, required: readonly string[]): Schema => ({
      type: "object",
      properties: Object.fromEntries(
        properties
          .filter(
            ([name]) => !without.has(name) && !strings(needs[name]).some((needed) => without.has(needed)),
          )
          .map(([name, value]) => [name, this.rewrite(value as Schema, kind)]),
      ),
      required,
      additionalProperties: isSchema(additional) ? this.rewrite(additional, kind) : additional === true,
    });
    const required = strings(schema["required"]);
    if (alternatives.length === 0) return [shape(new Set(), required)];
    return alternatives.map((keys) => {
      const others = alternatives.flat().filter((name) => !keys.includes(name));
      return shape(new Set(others), [...required, ...keys]);
    });
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

/** What goes into a type's or property's comment. */
function documentation(schema: Schema): Schema {
  return Object.fromEntries(
    ["title", "description", "deprecated", "extends"]
      .filter((keyword) => schema[keyword] !== undefined)
      .map((keyword) => [keyword, schema[keyword]]),
  );
}

/** Writes the file where its inputs have changed; returns whether it did. A test makes it anew and compares. */
export async function writeTypes(): Promise<boolean> {
  if (existsSync(OUTPUT) && readFileSync(OUTPUT, "utf8").startsWith(banner())) return false;
  writeFileSync(OUTPUT, await generateTypes());
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await writeTypes();
