import { type Diagnostic, didYouMean, report } from "../diagnostics/index.js";
import { definitions } from "./generated/validators.js";
import { type SchemaNode, tagsOf } from "./walk.js";

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
  const help = `rule types are ${RULE_TYPES.join(", ")}`;
  if (type === undefined)
    return report("schema/missing-field", { field: "type" }, { ...target, on: "key" }, { help });
  const guess = typeof type === "string" ? didYouMean(type, RULE_TYPES) : undefined;
  return report("schema/unknown-type", { type: String(type) }, target, { help: guess ?? help });
}

function nodeOf(form: SchemaNode): SchemaNode {
  return definitions[(form["$ref"] as string).replace("#/$defs/", "")]!;
}
