import type { ErrorObject } from "ajv";
import { isSpellingOf } from "./spelling.js";

/** The errors about one mistake: the one that names it, and for a choice of forms what each form lacks. */
export interface ErrorGroup {
  readonly error: ErrorObject;
  readonly alternatives: readonly ErrorObject[];
}

/** The errors about one place. */
interface Errors {
  readonly plain: ErrorObject[];
  readonly choices: ErrorObject[];
  readonly forms: ErrorObject[];
}

/**
 * Brings the validator's errors down to one a mistake. It reports twice where a misspelt key is also a missing one, where a
 * value of the wrong type is also none of those that are allowed, and where a value that may have several forms has none of
 * them: then it says what each of them lacks.
 */
export function condense(errors: readonly ErrorObject[]): ErrorGroup[] {
  const places = new Map<string, Errors>();
  for (const error of errors) {
    let place = places.get(error.instancePath);
    if (place === undefined) places.set(error.instancePath, (place = { plain: [], choices: [], forms: [] }));
    sortedInto(place, error);
  }
  return [...places.values()].flatMap((place) => [...plainOf(place), ...choicesOf(place)]);
}

function sortedInto(place: Errors, error: ErrorObject): void {
  if (error.keyword === "oneOf" || error.keyword === "anyOf") place.choices.push(error);
  else if (/\/(?:oneOf|anyOf)\/\d+\//.test(error.schemaPath)) place.forms.push(error);
  // What is wrong with a name is said again, for the mapping that it stands in, by propertyNames.
  else if (error.propertyName === undefined) place.plain.push(error);
}

function plainOf({ plain }: Errors): ErrorGroup[] {
  const isOfWrongType = plain.some(({ keyword }) => keyword === "type");
  const unknown = unknownKeys(plain);
  return plain
    .filter((error) => {
      if (error.keyword === "enum" || error.keyword === "const") return !isOfWrongType;
      if (error.keyword !== "required") return true;
      const missing = String(error.params["missingProperty"]);
      return !unknown.some((key) => isSpellingOf(key, missing));
    })
    .map((error) => ({ error, alternatives: [] }));
}

/** A choice is left out where another mistake at the same place explains why no form fits, or why two do. */
function choicesOf({ plain, choices, forms }: Errors): ErrorGroup[] {
  if (choices.length === 0) return [];
  const lacking = forms.flatMap(({ params }) => (params["missingProperty"] as string | undefined) ?? []);
  const explained =
    plain.some(({ keyword }) => keyword === "type" || keyword === "dependentRequired") ||
    unknownKeys(plain).some((key) => lacking.some((name) => isSpellingOf(key, name)));
  return explained ? [] : choices.map((error) => ({ error, alternatives: forms }));
}

function unknownKeys(plain: readonly ErrorObject[]): string[] {
  return plain
    .filter(({ keyword }) => keyword === "additionalProperties")
    .map(({ params }) => String(params["additionalProperty"]));
}
