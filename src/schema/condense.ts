import type { ErrorObject } from "ajv";
import { fromPointer } from "../diagnostics/index.js";

/** The errors about one mistake: the one that names it, and for a choice of forms what each form lacks. */
export interface ErrorGroup {
  readonly error: ErrorObject;
  readonly alternatives: readonly ErrorObject[];
}

/**
 * Where a value may have several forms, the validator reports what each form lacks. These belong to one mistake; and they
 * say nothing new where the same place, or one below it, has a mistake of its own that is named outright.
 */
export function condense(errors: readonly ErrorObject[]): ErrorGroup[] {
  const isChoice = ({ keyword }: ErrorObject): boolean => keyword === "oneOf" || keyword === "anyOf";
  const isForm = ({ schemaPath }: ErrorObject): boolean => /\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath);
  const plain = errors.filter((error) => !isChoice(error) && !isForm(error) && error.keyword !== "if");
  const choices = errors
    .filter(isChoice)
    .filter(
      (choice) =>
        !plain.some((error) => isAtOrBelow(error.instancePath, choice.instancePath) && explains(error)),
    );
  return [
    ...plain.map((error) => ({ error, alternatives: [] })),
    ...choices.map((error) => ({
      error,
      alternatives: errors.filter((form) => isForm(form) && form.instancePath === error.instancePath),
    })),
  ];
}

/** An unknown key explains why no form fits: it is most likely the misspelt key of one. */
function explains({ keyword }: ErrorObject): boolean {
  return keyword === "additionalProperties" || keyword === "type" || keyword === "false schema";
}

function isAtOrBelow(path: string, above: string): boolean {
  return path === above || fromPointer(path).length > fromPointer(above).length
    ? path.startsWith(above)
    : false;
}
