import type { Json } from "../../json/index.js";
import type { AttackVocabulary } from "../../attack/index.js";
import type { Fields } from "../../fields/index.js";
import type { Code, ParamsOf } from "../../diagnostics/index.js";
import type { ExceptionReference, RuleDefaults } from "../../schema/index.js";

/** Any JSON object: what an import reads may be of any shape. */

/** What decompiling a rule needs to know of the project that it goes to. */
export interface DecompileContext {
  /** The ATT&CK version that the project compiles with. */
  readonly attack: AttackVocabulary;
  /** The language that the project's guides are written in. */
  readonly locale: string;
  readonly defaults?: RuleDefaults;
  /** How a rule names an exception list of the project; undefined for a list that lives elsewhere. */
  listReference(entry: Json): ExceptionReference | undefined;
  /** The name of the connector with that id; undefined where the project has no file for it. */
  connectorName(id: string, type: string): string | undefined;
  /** The fields of the indices of that pattern, as compiling has them; those of ECS when it is absent. */
  fieldsFor?(index: readonly string[] | undefined): Fields;
}

export type ImportCode = Extract<Code, `import/${string}`>;

/** Something odd about what was imported. */
export type ImportNote = {
  [C in ImportCode]: {
    readonly code: C;
    readonly params: ParamsOf<C>;
    /** JSON pointer into what was imported. */
    readonly pointer: string;
  };
}[ImportCode];
