import type { FieldInfo } from "../../fields/index.js";
import type { FieldScope } from "../match/index.js";

/** Whether a field, by its full name, lies in another nested object than the condition does, where it is not found. */
export function isOutOfReach({ fields, path }: FieldScope, name: string): boolean {
  const field = fields?.find(name);
  return field !== undefined && nestedPathOf(field) !== path;
}

/** The nested object that the values of a field lie in; those of a nested object itself lie in it. */
export function nestedPathOf({ name, type, nestedIn }: FieldInfo): string | undefined {
  return type === "nested" ? name : nestedIn;
}
