import * as t from "io-ts";
import { defaultValue } from "./internal/default_value.js";
import { language } from "./language.js";

/** A language whose static type is plain text. */
const languageText = new t.Type<string>(
  language.name,
  t.string.is,
  (input, context) => language.validate(input, context),
  t.identity,
);

/** `kuery` when absent. */
export const DefaultLanguageString = defaultValue(languageText, () => "kuery", "DefaultLanguageString");
