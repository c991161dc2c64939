import type { Severity } from "./diagnostic.js";

/** The parameters of a message template, by name. */
export type Params = Readonly<Record<string, string | number>>;

/** A message whose placeholders are known to the compiler. */
export interface Template<K extends string = string> {
  readonly keys: readonly K[];
  format(params: Readonly<Record<K, string | number>>): string;
}

/**
 * Builds a message template from a tagged literal: `` message`unknown key ${"key"}` `` takes `{key}`.
 * A placeholder that the caller forgets, or one that the template does not have, does not compile.
 */
export function message<const K extends string>(
  strings: TemplateStringsArray,
  ...keys: readonly K[]
): Template<K> {
  return {
    keys,
    format: (params) =>
      strings.reduce((text, part, i) => text + part + (i < keys.length ? String(params[keys[i]!]) : ""), ""),
  };
}

/** What the registry knows of one code. `why` and `fix` are Markdown: `kdac explain` prints them. */
export interface Definition<K extends string = string> {
  readonly severity: Severity;
  /**
   * What the finding is about cannot be read or compiled, so what would be deployed is not what the file says. Neither the
   * configuration nor a comment can lower its severity.
   */
  readonly invalid?: true;
  readonly message: Template<K>;
  /** One sentence under the finding: what to do. May be overridden where the finding is made. */
  readonly help?: string;
  /** Why this is a problem: what Kibana, Elasticsearch or a reader would do with it. */
  readonly why: string;
  /** How to fix it, with an example where one helps. */
  readonly fix: string;
}

/** The severity of a finding that means that something is invalid. */
export const invalid = { severity: "error", invalid: true } as const;

/** Types a table of definitions without widening its keys. */
export function define<const T extends Readonly<Record<string, Definition>>>(table: T): T {
  return table;
}
