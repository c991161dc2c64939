import type { ErrorObject } from "ajv";
import { type Diagnostic, fromPointer } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import { finding, type Place } from "./findings.js";
import * as validators from "./generated/validators.js";
import { typeFinding } from "./rule-type.js";

/** The kinds of files that people write. */
export type FileKind = "rule" | "translation" | "exceptions" | "connector" | "config";

/**
 * Checks a document's data against the schema of its kind. Each mistake is one finding at the place that is wrong: the key
 * for a key that is not known, the value for a value. A rule whose `type` is missing or unknown is still checked in all
 * that rules of every type have in common. Documents without data (broken, empty) have their findings already.
 */
export function check(kind: FileKind, document: LocatedDocument): Diagnostic[] {
  const { data, file } = document;
  if (data === undefined) return [];
  const mistaken = kind === "rule" ? typeFinding(data, file) : undefined;
  const root = mistaken === undefined ? kind : "untyped";
  const validate = validators[root];
  if (validate(data)) return mistaken === undefined ? [] : [mistaken];
  const place: Place = { root, kind, document };
  const found = condense(validate.errors ?? []).flatMap((group) => finding(group, place) ?? []);
  return mistaken === undefined ? found : [mistaken, ...found];
}

/** The errors about one mistake: the one that names it, and for a choice of forms what each form lacks. */
export interface ErrorGroup {
  readonly error: ErrorObject;
  readonly alternatives: readonly ErrorObject[];
}

/**
 * Where a value may have several forms, the validator reports what each form lacks. These belong to one mistake; and they
 * say nothing new where the same place, or one below it, has a mistake of its own that is named outright.
 */
function condense(errors: readonly ErrorObject[]): ErrorGroup[] {
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
