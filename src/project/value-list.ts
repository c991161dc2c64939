import type { ValueListType } from "../kibana/value-lists.js";
import type { LocatedDocument } from "../yaml/index.js";

/** A value list of the project, with its values wherever they stand. */
export interface ValueList {
  /** The file that declares it: a `*.values.yml`, or a text file that is a list by itself. */
  readonly file: string;
  readonly document: LocatedDocument;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: ValueListType;
  /** As Kibana stores them, in the file's order, each once. */
  readonly values: readonly string[];
  readonly broken: boolean;
}
