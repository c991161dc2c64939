import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import nextVocabulary from "ajv/dist/vocabularies/next.js";
import { build } from "esbuild";
import { isSchema, KINDS, readSchema, root, type Schema, withoutAnnotations } from "./schemas.js";

const FOLDER = new URL("src/schema/generated/", root);

const MONTH_AND_DAY =
  "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|[12]\\d))";
const TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d";
/** RFC 3339 with a time zone. */
const DATE_TIME = new RegExp(`^\\d{4}-${MONTH_AND_DAY}T${TIME}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${TIME})$`);

/**
 * Compiles the schemas of the authored files to plain functions, so that no run pays for ajv's compiler.
 * Beside them stand the schemas without their texts: from these a finding learns which keys are known at a place.
 */
export async function generateValidators(): Promise<string> {
  const $defs = mergedDefinitions();
  // Ajv's class for draft 2020-12 would have every function keep account of what it has evaluated, for
  // unevaluatedProperties, which no schema here uses: the code would be half as large again.
  const ajv = new Ajv({
    discriminator: true,
    allErrors: true,
    inlineRefs: false,
    allowUnionTypes: true,
    messages: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(nextVocabulary.default);
  ajv.addVocabulary(["patternErrorMessage"]);
  ajv.addFormat("date-time", DATE_TIME);
  ajv.addSchema({ $id: "kdac", $defs });
  const names = [...KINDS, "untyped"].map((name) => [name, `kdac#/$defs/${name}`]);
  const code = standalone.default(ajv, Object.fromEntries(names) as Record<string, string>);
  const contents = `${inPlace(code)}\nexport const definitions = ${JSON.stringify($defs)};\n`;
  // ajv writes require() for its run time even into ES modules; esbuild puts that code in place.
  const bundle = await build({
    stdin: { contents, resolveDir: root.pathname, loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    minify: true,
    legalComments: "none",
  });
  return bundle.outputFiles[0]?.text ?? "";
}

/**
 * ajv copies all errors so far each time that a reference adds some, which takes the square of their number: minutes for a
 * list of 20,000 broken actions. Appended in place they take as long as there are errors.
 */
function inPlace(code: string): string {
  const appended = code.replaceAll(/vErrors\.concat\(([\w.]+)\.errors\)/g, "append(vErrors, $1.errors)");
  if (appended.includes(".concat(")) throw new Error("ajv joins errors in a way that is not known here");
  return `${appended}\nfunction append(all, more) { for (const error of more) all.push(error); return all; }\n`;
}

/**
 * All files' schemas as the definitions of one: `rule` is the rule file, `rule.guide` its `$defs/guide`. A part
 * that several files refer to is then compiled once.
 */
export function mergedDefinitions(): Record<string, Schema> {
  const merged: Record<string, Schema> = {};
  for (const kind of KINDS) {
    const { $id: _, $defs, ...file } = withoutAnnotations(readSchema(kind));
    merged[kind] = relocated(file, kind);
    for (const [name, schema] of Object.entries(isSchema($defs) ? $defs : {}))
      merged[`${kind}.${name}`] = relocated(schema as Schema, kind);
  }
  merged["untyped"] = untypedRule(merged);
  return merged;
}

/** Points each `$ref` to where its target stands among the merged definitions. */
function relocated(schema: Schema, kind: string): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "$ref" && typeof value === "string"
      ? value.replace(
          /^(?:(\w+)\.schema\.json)?#\/\$defs\//,
          (_, other?: string) => `#/$defs/${other ?? kind}.`,
        )
      : value,
  ) as Schema;
}

/**
 * What holds for a rule of any type, for rules that do not say which one they are: the fields that mean the
 * same in every type that has them, and of the others only that they are known.
 */
function untypedRule(merged: Readonly<Record<string, Schema>>): Schema {
  const rule = merged["rule"] ?? {};
  const branches = (rule["oneOf"] as Schema[]).map(
    (branch) => merged[String(branch["$ref"]).replace("#/$defs/", "")] ?? {},
  );
  const properties: Record<string, unknown> = {};
  for (const branch of branches) {
    for (const [name, schema] of Object.entries(branch["properties"] ?? {})) {
      const known = properties[name];
      properties[name] = known === undefined || same(known, schema) ? schema : {};
    }
  }
  const required = branches.map((branch) => (branch["required"] ?? []) as string[]);
  return {
    type: "object",
    properties,
    required: (required[0] ?? []).filter(
      (name) => name !== "type" && required.every((r) => r.includes(name)),
    ),
    additionalProperties: false,
    dependentSchemas: rule["dependentSchemas"],
  };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const DECLARATIONS = `import type { ErrorObject } from "ajv";

export interface Validator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}
export const rule: Validator;
export const untyped: Validator;
export const translation: Validator;
export const exceptions: Validator;
export const connector: Validator;
export const values: Validator;
export const config: Validator;
export const fields: Validator;
export const lock: Validator;
export const definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
`;

/** Writes the validators where they differ; returns whether they did. */
export async function writeValidators(): Promise<boolean> {
  const text = await generateValidators();
  mkdirSync(FOLDER, { recursive: true });
  const changed = [writeIfChanged("validators.js", text), writeIfChanged("validators.d.ts", DECLARATIONS)];
  return changed.includes(true);
}

function writeIfChanged(name: string, text: string): boolean {
  const file = new URL(name, FOLDER);
  try {
    if (readFileSync(file, "utf8") === text) return false;
  } catch {
    // Not there yet: a fresh clone.
  }
  writeFileSync(file, text);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await writeValidators();
