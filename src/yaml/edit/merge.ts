import type { LocatedDocument } from "../document.js";
import { checkDepth } from "../emit/depth.js";
import { emit, type EmitOptions } from "../emit/index.js";
import { styleOf } from "../emit/options.js";
import { parseDocument } from "../parse.js";
import { changes } from "./changes.js";
import { isMapping, isSame, isSameOrder, withoutUndefined } from "./equal.js";
import { placed } from "./order.js";
import { Session } from "./session.js";
import { applyEdits, lineBreakOf, Unsafe } from "./text.js";
import { readTree } from "./tree.js";

/** What a merge may be told. */
export interface MergeOptions {
  /** Keys of the outermost mapping in the order in which new ones are put among those that are there. */
  readonly order?: readonly string[];
  /** Keys of the outermost mapping in whose values the order of keys means something, and is made that of the data too. */
  readonly ordered?: ReadonlySet<string>;
  /** How values that are written anew are laid out. */
  readonly emitOptions?: EmitOptions;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * The document's text with the fewest edits that make its data equal to `data`, which is a mapping. Comments, empty lines, quotes,
 * line breaks, anchors and the order of what stays are kept to the letter. A value that changes is written in the style it has;
 * new keys and items get the writer's. Where an edit cannot be made safely the smallest value around it is written anew, and in a
 * document that does not parse, or has findings, all but the comments at its top.
 *
 * `parseDocument` of the result gives `data`, without the keys that are `undefined`. Throws a RangeError for data that is nested deeper
 * than the reader goes (99 levels).
 */
export function merge(document: LocatedDocument, data: unknown, options: MergeOptions = {}): string {
  checkDepth(data);
  const next = withoutUndefined(data);
  const old = document.data;
  if (isMapping(next) && isMapping(old) && document.diagnostics.length === 0) {
    const coarse = new Set<string>();
    for (const name of options.ordered ?? [])
      if (Object.hasOwn(next, name) && isSame(old[name], next[name]) && !isSameOrder(old[name], next[name]))
        coarse.add(name);
    if (coarse.size === 0 && isSame(old, next)) return document.text;
    const merged = mergeKeys(document.text, old, next, coarse, options);
    if (merged !== undefined) return merged;
  }
  return rewrite(document.text, isMapping(old) ? Object.keys(old) : [], next, options);
}

/** Tries with edits as small as can be, and again with the values anew in which that went wrong. */
function mergeKeys(
  text: string,
  old: Data,
  next: Data,
  coarse: Set<string>,
  options: MergeOptions,
): string | undefined {
  for (;;) {
    const result = tryEdits(text, old, next, coarse, options);
    const { data } = result === undefined ? { data: undefined } : parseDocument(result, "");
    if (result !== undefined && isAsWanted(data, next, options)) return result;
    const before = coarse.size;
    for (const name of Object.keys(next)) {
      const same = isMapping(data) && isSameValue(name, data, next, options);
      if (!same && !isSameValue(name, old, next, options)) coarse.add(name);
    }
    if (coarse.size === before) return undefined;
  }
}

function tryEdits(
  text: string,
  old: Data,
  next: Data,
  coarse: ReadonlySet<string>,
  { order = [], emitOptions = {} }: MergeOptions,
): string | undefined {
  try {
    const tree = readTree(text);
    const spaced = /\n[ \t]*\r?\n/.test(text) ? emitOptions.spaced : undefined;
    const sessionOptions = { order, spaced: spaced ?? new Set<string>(), coarse, withoutAliases: false };
    const session = new Session(text, tree, styleOf(emitOptions), sessionOptions, changes);
    session.change(tree.root, old, next, { indent: -2, after: 0, key: "", depth: 0, flow: tree.root.flow });
    return applyEdits(text, session.edits, lineBreakOf(text));
  } catch (thrown) {
    if (thrown instanceof Unsafe) return undefined;
    throw thrown;
  }
}

function isAsWanted(data: unknown, next: Data, options: MergeOptions): boolean {
  return (
    isMapping(data) &&
    isSame(data, next) &&
    Object.keys(next).every((name) => isSameValue(name, data, next, options))
  );
}

function isSameValue(name: string, one: Data, other: Data, { ordered }: MergeOptions): boolean {
  if (!Object.hasOwn(one, name) || !isSame(one[name], other[name])) return false;
  return ordered?.has(name) !== true || isSameOrder(one[name], other[name]);
}

/** Writes the document anew, under the comments at its top. */
function rewrite(
  text: string,
  names: readonly string[],
  data: unknown,
  { order = [], emitOptions = {} }: MergeOptions,
): string {
  const top = /^\ufeff?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/.exec(text)![0];
  const inOrder = isMapping(data)
    ? Object.fromEntries(
        placed(
          names.filter((name) => Object.hasOwn(data, name)),
          Object.keys(data),
          order,
        ).map((name) => [name, data[name]]),
      )
    : data;
  const { header = "", ...rest } = emitOptions;
  const body = emit(inOrder, top.includes("#") ? rest : { ...rest, header });
  const whole = top + body.replaceAll("\n", lineBreakOf(text));
  return isSame(parseDocument(whole, "").data, data) ? whole : body;
}
