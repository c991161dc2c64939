import { type Diagnostic, report } from "../diagnostics/index.js";
import { definitions } from "./generated/validators.js";
import { shown } from "./place.js";
import { meantValue } from "./spelling.js";
import { type SchemaNode, tagsOf } from "./walk.js";
import { expectedKind, kindOf } from "./words.js";

const BRANCHES = (definitions["rule"]!["oneOf"] as SchemaNode[]).map((form) => ({
  type: tagsOf(form, "type")[0] as string,
  fields: new Set(Object.keys(nodeOf(form)["properties"] as SchemaNode)),
  required: new Set(nodeOf(form)["required"] as string[]),
}));

export const RULE_TYPES: readonly string[] = BRANCHES.map(({ type }) => type);

/** The rule types that take a field. */
export function typesWith(field: string): string[] {
  return BRANCHES.filter(({ fields }) => fields.has(field)).map(({ type }) => type);
}

/** Whether only some types ask for a field. */
export function isRequiredOfSome(field: string): boolean {
  const asking = BRANCHES.filter(({ required }) => required.has(field));
  return asking.length > 0 && asking.length < BRANCHES.length;
}

/** What is wrong with a rule's `type`; undefined where it is one of the eight. */
export function typeFinding(data: unknown, file: string): Diagnostic | undefined {
  const type = (data as SchemaNode)["type"];
  if (typeof type === "string" && RULE_TYPES.includes(type)) return undefined;
  const target = { file, pointer: "/type" };
  const help = meantValue(type, RULE_TYPES);
  if (type === undefined)
    return report("schema/missing-field", { field: "type" }, { ...target, on: "key" }, { help });
  if (typeof type === "string") return report("schema/unknown-type", { type: shown(type) }, target, { help });
  const words = { name: "type", expected: expectedKind(["string"]), found: kindOf(type) };
  return report("schema/wrong-type", words, target, { help });
}

function nodeOf(form: SchemaNode): SchemaNode {
  return definitions[(form["$ref"] as string).replace("#/$defs/", "")]!;
}
