import type { Diagnostic } from "../diagnostics/index.js";
import type { Fields } from "../fields/index.js";
import type { RuleSource } from "../rule/index.js";
import type { ConnectorFile, ExceptionsFile, ProjectConfig } from "../schema/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import type { InvalidFile } from "./invalid-files.js";
import type { Location } from "./root.js";
import type { Settings } from "./settings.js";
import type { ValueList } from "./value-list.js";

/** A rule as it was loaded. */
export interface LoadedRule {
  readonly source: RuleSource;
  /** Pointers into the file that its schema refuses; `source.authored` goes without them. */
  readonly pruned: readonly string[];
  /** Whether the file or a translation of it is invalid, so that it can be checked but not compiled for use. */
  readonly broken: boolean;
}

/** A file that rules refer to by name. */
export interface Declared<T> {
  readonly file: string;
  readonly document: LocatedDocument;
  readonly authored: T;
  readonly broken: boolean;
}

/** A fragment of a guide or setup text. */
export interface Fragment {
  readonly file: string;
  readonly text: string;
}

/** Which fields there are: those of ECS, of the lock and of the project's own file. */
export interface ProjectFields {
  /**
   * The fields of the indices that a rule names. Of what stands behind a data view, and behind a rule without indices,
   * nothing is known for certain.
   */
  for(index: readonly string[] | undefined, dataView?: boolean): Fields;
}

/** Everything that stands in a project, read once. Loading never throws: what is wrong is in `diagnostics`. */
export interface Project {
  readonly location: Location;
  /** The configuration file's path from the root. */
  readonly configFile: string | undefined;
  readonly config: Partial<ProjectConfig>;
  readonly settings: Settings;
  readonly documents: ReadonlyMap<string, LocatedDocument>;
  readonly rules: readonly LoadedRule[];
  /** By `list_id`. */
  readonly exceptionLists: ReadonlyMap<string, Declared<ExceptionsFile>>;
  /** By name. */
  readonly connectors: ReadonlyMap<string, Declared<ConnectorFile>>;
  /** By id. */
  readonly valueLists: ReadonlyMap<string, ValueList>;
  /** By stem, then by locale (`""` for the original). */
  readonly fragments: ReadonlyMap<string, ReadonlyMap<string, Fragment>>;
  readonly fields: ProjectFields;
  /** What loading and the schemas found, before suppressions and severities. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files that cannot be used, whatever severities and suppressions say. */
  readonly invalid: readonly InvalidFile[];
  /** Whether a file belongs to what the command was asked about. */
  isAsked(file: string): boolean;
}
