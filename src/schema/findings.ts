import { type Diagnostic, fromPointer } from "../diagnostics/index.js";
import { choice } from "./choice.js";
import type { ErrorGroup } from "./condense.js";
import { badName, excludedKey, missingKey, unknownKey } from "./keys.js";
import { type Place, valueAt } from "./place.js";
import { badFormat, badValue, outOfRange, unknownForm, wrongCount, wrongType } from "./values.js";

/** One mistake as a finding; undefined where another finding says the same already. */
export function finding(group: ErrorGroup, place: Place): Diagnostic | undefined {
  const { error } = group;
  const path = fromPointer(error.instancePath);
  const suspect = { value: valueAt(place.document.data, path), path, place };
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(String(error.params["additionalProperty"]), path, place);
    case "required":
    case "dependentRequired":
      return missingKey(String(error.params["missingProperty"]), path, place);
    case "propertyNames":
      return badName(String(error.params["propertyName"]), path, place);
    case "false schema":
      return excludedKey(error.schemaPath, path, place);
    case "type":
      return wrongType(error, suspect);
    case "enum":
    case "const":
      return badValue(error, suspect);
    case "discriminator":
      return unknownForm(error, suspect);
    case "pattern":
    case "format":
      return badFormat(error, suspect);
    case "minimum":
    case "maximum":
      return outOfRange(error, suspect);
    case "minItems":
    case "minProperties":
    case "maxItems":
      return wrongCount(error, suspect);
    case "oneOf":
    case "anyOf":
      return choice(group, suspect);
    default:
      throw new Error(`the schemas use "${error.keyword}", and no finding is about it`);
  }
}
