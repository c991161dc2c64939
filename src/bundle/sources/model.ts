import type { Json } from "../../json/index.js";
import type { ParamsOf } from "../../diagnostics/index.js";
import type { source } from "../../diagnostics/codes/source.js";
import type { SourceLimits } from "./limits.js";

/** Where something was read. */
export interface SourceOrigin {
  /** The name that the source was given. */
  readonly file: string;
  /** Counted from 1; absent where the place is the whole file. */
  readonly line?: number;
  /**
   * The file's name within an archive, slashes between the names of archives in archives. It is there to be shown: it may be
   * `../../x`, and must never be used as a path. Signs that could steer a terminal have become U+FFFD.
   */
  readonly path?: string;
}

/**
 * In what form something came: a line of an export, a JSON document of its own, an answer of the API that holds it in a list, an
 * asset of Elastic's package of prebuilt rules, or a TOML file of detection-rules.
 */
export type SourceFormat = "kibana-export" | "rule-json" | "api-response" | "prebuilt" | "toml";

/** What a TOML file says of a rule beside the rule itself. */
export interface RuleAbout {
  /** Where the rule may run, as `stack` of an authored rule has it: `>=9.3.0`. */
  readonly stack?: string;
  /** The reason for that. */
  readonly stackComment?: string;
  /** Packages whose data the rule reads; in which versions is not known. */
  readonly integrations?: readonly string[];
  /** `production`, `development`, `deprecated`… */
  readonly maturity?: string;
}

interface Found {
  readonly origin: SourceOrigin;
  readonly format: SourceFormat;
}

export interface SourceRule extends Found {
  readonly kind: "rule";
  /** The rule as the API has it: of a prebuilt asset its attributes, of a TOML file what detection-rules would export. */
  readonly value: Json;
  readonly about?: RuleAbout;
}

/** A list, an item, or a connector in the form of its saved object. */
export interface SourcePart extends Found {
  readonly kind: "exception-list" | "exception-item" | "connector";
  readonly value: Json;
}

/** An object that is nothing that can be imported; a problem that says so comes with it. */
export interface SourceUnknown extends Found {
  readonly kind: "unknown";
  readonly value: Json;
}

/** Versions by `rule_id`, from a `version.lock.json` of detection-rules: the TOML files themselves have none. */
export interface SourceVersions {
  readonly kind: "version-lock";
  readonly origin: SourceOrigin;
  readonly versions: ReadonlyMap<string, number>;
}

export type SourceCode = keyof typeof source;

/** Something that was odd or could not be read: what a finding of this code, about this place, says. */
export type SourceProblem = {
  [C in SourceCode]: {
    readonly kind: "problem";
    readonly origin: SourceOrigin;
    readonly code: C;
    readonly params: ParamsOf<C>;
  };
}[SourceCode];

export type SourceItem = SourceRule | SourcePart | SourceUnknown | SourceVersions | SourceProblem;

export interface ReadOptions {
  /** Versions for rules from TOML, by `rule_id`. */
  readonly versions?: ReadonlyMap<string, number>;
  readonly limits?: Partial<SourceLimits>;
}

/** Makes a problem; the parameters are those of the code's message. */
export function problem<C extends SourceCode>(
  code: C,
  params: ParamsOf<C>,
  origin: SourceOrigin,
): SourceProblem {
  return { kind: "problem", origin, code, params } as unknown as SourceProblem;
}
