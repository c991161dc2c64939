import { FileNames } from "./file-name.js";
import { compare } from "./order.js";

/** A value list of the project as bundles see it. */
export interface BundleValueList {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
}

/** A value list and the file that Kibana's import of value lists takes: one value a line. */
export interface ValueListFile<T extends BundleValueList = BundleValueList> {
  readonly list: T;
  /** The file's name, without a folder. */
  readonly name: string;
  readonly text: string;
}

/** The files of value lists, by id. No export of rules carries them: each is imported by itself. */
export function valueListFiles<T extends BundleValueList>(lists: readonly T[]): ValueListFile<T>[] {
  const names = new FileNames();
  return [...lists]
    .sort((a, b) => compare(a.id, b.id))
    .map((list) => ({
      list,
      name: `${names.take(list.id).name}.txt`,
      text: list.values.map((value) => `${value}\n`).join(""),
    }));
}
