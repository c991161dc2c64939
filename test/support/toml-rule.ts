import { parse } from "smol-toml";

type Fields = Record<string, unknown>;

/** The rule of a TOML file in the API's form; only new terms are written otherwise there. */
export function ruleOfToml(toml: string): Fields {
  const { rule } = parse(toml) as { rule: Fields };
  const { new_terms: terms, ...fields } = rule as Fields & {
    new_terms?: { value: string[]; history_window_start: { value: string }[] };
  };
  if (terms === undefined) return fields;
  return {
    ...fields,
    new_terms_fields: terms.value,
    history_window_start: terms.history_window_start[0]!.value,
  };
}
