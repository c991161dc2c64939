import type { AttackVocabulary } from "../attack/index.js";
import type { Diagnostic, Target } from "../diagnostics/index.js";
import type { Fields } from "../fields/index.js";
import type { NamespaceType } from "../kibana/exceptions.js";
import type { RuleCreate } from "../kibana/rule.js";
import type { AuthoredRule, RuleDefaults, RuleTranslation } from "../schema/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import type { Overlay, Selectable } from "./overlay.js";
import type { RuleQuery } from "./queries.js";

/** A translation of one rule. */
export interface TranslationSource {
  readonly file: string;
  readonly document: LocatedDocument;
  readonly authored: RuleTranslation;
}

/**
 * A rule as it was written. `authored` is what the schema accepts of the file, so required fields may be absent
 * where the file lacks them: compiling is total all the same.
 */
export interface RuleSource {
  readonly file: string;
  readonly document: LocatedDocument;
  readonly authored: AuthoredRule;
  /** By locale, such as `zh-CN`. */
  readonly translations: ReadonlyMap<string, TranslationSource>;
}

export interface FragmentText {
  readonly file: string;
  readonly text: string;
}

export interface KnownList {
  readonly type: string;
  readonly namespace_type: NamespaceType;
}

export interface KnownConnector {
  /** The id that the connector has in bundles; a deploy resolves the name in each space. */
  readonly id: string;
  readonly connector_type_id: string;
}

/** What compiling a rule needs to know of its project. */
export interface CompileContext {
  readonly attack: AttackVocabulary;
  /** The language to compile to. */
  readonly locale: string;
  /** The language that rules are written in; translations stand beside them. */
  readonly sourceLocale: string;
  readonly defaults: RuleDefaults;
  /** The configuration file, which holds defaults and overlays. */
  readonly configFile: string;
  /** What is laid over a rule, for one space: later ones win. The rule's tags are worked out only where they are asked for. */
  readonly overlaysFor?: (rule: Selectable) => readonly Overlay[];
  /** The fragment of that name: the locale's own, else the original. */
  fragment(name: string, locale: string): FragmentText | undefined;
  readonly fragmentNames: readonly string[];
  /** Exception lists that the project declares, by `list_id`. */
  readonly exceptionLists: ReadonlyMap<string, KnownList>;
  /** Connectors that the project declares, by name. */
  readonly connectors: ReadonlyMap<string, KnownConnector>;
  /** The stack that queries are checked for, such as `9.4`: known here, each is followed once. */
  readonly stack?: string;
  /** The fields of the indices of that pattern; without one, of those that nothing is known of. */
  readonly fieldsFor: (index: readonly string[] | undefined) => Fields;
}

/** Where a field of a compiled rule comes from. */
export interface Origin {
  readonly kind: "derived" | "default" | "overlay" | "translation";
  /** The place in the project that decides it. */
  readonly target: Target;
  /** Who says so, for an overlay: `space "soc-emea"`. */
  readonly what?: string;
}

/** A rule in the form that Kibana's API takes. */
export interface CompiledRule {
  readonly source: RuleSource;
  readonly rule: RuleCreate & { readonly rule_id: string };
  /** The queries in it, parsed. */
  readonly queries: readonly RuleQuery[];
  /** For each action the name of its connector; undefined where the author gave the connector's own id. */
  readonly connectors: readonly (string | undefined)[];
  /** By the field's name in the compiled rule; a field that is absent here is as it was written, at its own place in the file. */
  readonly provenance: ReadonlyMap<string, Origin>;
  /** What came up while compiling: unknown fragments, connectors and lists. */
  readonly diagnostics: readonly Diagnostic[];
}
