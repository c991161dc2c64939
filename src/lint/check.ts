import type { AttackVocabulary } from "../attack/index.js";
import { type Diagnostic, type Path, type Target, toPointer } from "../diagnostics/index.js";
import { ecsFields, type Fields } from "../fields/index.js";
import type { RuleCreate } from "../kibana/rule.js";
import {
  type CompileContext,
  type CompiledRule,
  indicesOf,
  type KnownList,
  type RuleSource,
} from "../rule/index.js";
import type { AuthoredRule, TagVocabulary } from "../schema/index.js";

/** A union's fields, each of which may be absent: what is left of a rule whose file has mistakes. */
type Loose<T> = Partial<{
  [K in T extends unknown ? keyof T : never]: T extends { [P in K]?: infer V } ? V : never;
}>;

/** What a check looks at. Fields that the schema refused are absent, required ones too. */
export interface RuleView {
  readonly source: RuleSource;
  /** As written. */
  readonly authored: Loose<AuthoredRule>;
  /** As compiled. */
  readonly rule: Loose<RuleCreate>;
  readonly compiled: CompiledRule;
  /** Whether the schema accepts the file. */
  readonly complete: boolean;
  readonly attack: AttackVocabulary;
  /** The stack to check against, such as `9.4`. */
  readonly stack: string;
  /** Tags that the project adds to the vocabulary. */
  readonly tags: TagVocabulary;
  /** The fields of the indices that the rule reads. */
  readonly fields: Fields;
  /** Those of its threat indices. */
  readonly threatFields: Fields;
  /** Exception lists that the project declares, by `list_id`. */
  readonly exceptionLists: ReadonlyMap<string, KnownList>;
  /** A place in the rule's file. */
  readonly at: (...path: (string | number)[]) => Target;
  /** Where a field of the compiled rule was decided: `from` may come of `lookback`, or of the configuration. */
  readonly origin: (field: string) => Target;
}

/** One check of a rule. It reports everything that it finds, and nothing where the fields it needs are absent. */
export type RuleCheck = (view: RuleView) => Iterable<Diagnostic>;

export type ViewOptions = Pick<RuleView, "attack" | "complete" | "stack" | "tags"> &
  Partial<Pick<RuleView, "exceptionLists">> &
  Partial<Pick<CompileContext, "fieldsFor">>;

const NO_LISTS: RuleView["exceptionLists"] = new Map();

export function viewOf(compiled: CompiledRule, options: ViewOptions): RuleView {
  const { source, rule, queries } = compiled;
  const { fieldsFor = ecsFields } = options;
  const at = (...path: Path): Target => ({ file: source.file, pointer: toPointer(path) });
  return {
    exceptionLists: NO_LISTS,
    ...options,
    fields: fieldsFor(indicesOf(rule, queries)),
    threatFields: fieldsFor("threat_index" in rule ? rule.threat_index : undefined),
    source,
    compiled,
    authored: source.authored,
    rule,
    at,
    origin(field) {
      const origin = compiled.provenance.get(field);
      return origin === undefined ? at(field) : origin.kind === "default" ? at() : origin.target;
    },
  };
}
