import type { Diagnostic, Related, Severity, Target } from "./diagnostic.js";
import type { Definition, Template } from "./define.js";
import { attack } from "./codes/attack.js";
import { bundle } from "./codes/bundle.js";
import { deploy } from "./codes/deploy.js";
import { eql } from "./codes/eql.js";
import { esql } from "./codes/esql.js";
import { esqlCheck } from "./codes/esql-check.js";
import { exception } from "./codes/exception.js";
import { field } from "./codes/field.js";
import { file } from "./codes/file.js";
import { formatting } from "./codes/format.js";
import { importing } from "./codes/import.js";
import { importFiles } from "./codes/import-files.js";
import { kql } from "./codes/kql.js";
import { lucene } from "./codes/lucene.js";
import { project } from "./codes/project.js";
import { preview } from "./codes/preview.js";
import { pull } from "./codes/pull.js";
import { query } from "./codes/query.js";
import { reference } from "./codes/reference.js";
import { rule } from "./codes/rule.js";
import { schema } from "./codes/schema.js";
import { source } from "./codes/source.js";
import { valueList } from "./codes/value-list.js";
import { yaml } from "./codes/yaml.js";

/** Every finding that kdac can make, by code. Each area has its own file under `codes/`. */
export const registry = {
  ...attack,
  ...bundle,
  ...deploy,
  ...eql,
  ...esql,
  ...esqlCheck,
  ...exception,
  ...field,
  ...file,
  ...formatting,
  ...importFiles,
  ...importing,
  ...kql,
  ...lucene,
  ...project,
  ...preview,
  ...pull,
  ...query,
  ...reference,
  ...rule,
  ...schema,
  ...source,
  ...valueList,
  ...yaml,
} as const;

export type Code = keyof typeof registry;

/** The parameters that a code's message takes. */
export type ParamsOf<C extends Code> =
  (typeof registry)[C]["message"] extends Template<infer K>
    ? [K] extends [never]
      ? Readonly<Record<string, never>>
      : Readonly<Record<K, string | number>>
    : never;

export interface ReportOptions {
  /** Replaces the registry's help line. */
  readonly help?: string;
  readonly related?: readonly Related[];
  /** Replaces the registry's severity. */
  readonly severity?: Severity;
}

/** Makes a finding of a registered code; the message's parameters are typed by its template. */
export function report<C extends Code>(
  code: C,
  params: ParamsOf<C>,
  target: Target,
  options: ReportOptions = {},
): Diagnostic {
  const { help, ...stated } = state(code, params, options);
  return {
    ...stated,
    target,
    ...(help === undefined ? {} : { help }),
    ...(options.related === undefined ? {} : { related: options.related }),
  };
}

/** What a finding says, without the place that it is about: queries have offsets where files have targets. */
export function state<C extends Code>(
  code: C,
  params: ParamsOf<C>,
  options: Omit<ReportOptions, "related"> = {},
): Omit<Diagnostic, "related" | "target"> & { readonly code: C } {
  const definition: Definition = registry[code];
  const help = options.help ?? definition.help;
  return {
    code,
    severity: options.severity ?? definition.severity,
    message: definition.message.format(params),
    ...(help === undefined ? {} : { help }),
  };
}

/** Looks a code up by its text; for `explain` and for severities set in the configuration. */
export function definitionOf(code: string): Definition | undefined {
  return Object.hasOwn(registry, code) ? registry[code as Code] : undefined;
}

/** Whether a code means that what it is about is invalid: such a finding is an error, whatever anybody sets it to. */
export function meansInvalid(code: string): boolean {
  return definitionOf(code)?.invalid === true;
}
