/** `GROK`: a text is taken apart by a regular expression with named patterns in it. */
import { type Value } from "../values/index.js";
import { grokPattern } from "./grok-library.js";
import { compilePattern, groupText } from "./pattern.js";
import { PatternError } from "./syntax.js";

export interface Extraction {
  /** The columns, by their names in order. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** The values of each column; undefined where the text does not fit. */
  extract(text: string): Value[][] | undefined;
}

/** A part of the pattern whose text goes into a column. */
interface Capture {
  readonly group: string;
  readonly name: string;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  boolean: "boolean", double: "double", float: "double", int: "integer", long: "long",
}; // prettier-ignore

/** Patterns within patterns that are read. */
const MAX_DEPTH = 50;

/** Longest pattern that named ones may come to. */
const MAX_LENGTH = 200_000;

/** Compiles a pattern. Throws `PatternError` where it is none, or names a pattern that the library does not have. */
export function compileGrok(pattern: string): Extraction {
  const captures: Capture[] = [];
  const written = expand(pattern, captures, 0);
  const compiled = compilePattern(written, "oniguruma");
  const own = compiled.names
    .filter((name) => !name.startsWith(PREFIX))
    .map((name): Capture => ({ group: name, name, type: "keyword" }));
  const all = [...captures, ...own];
  const columns = new Map(all.map(({ name, type }) => [name, { name, type }]));
  const sorted = [...columns.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const groups = sorted.map(({ name, type }) => ({
    read: READ[type] ?? asText,
    groups: all
      .filter((capture) => capture.name === name)
      .flatMap(({ group }) => compiled.groupsOf(group))
      .toSorted((a, b) => a - b),
  }));
  return {
    columns: sorted,
    extract: (text) => {
      const match = compiled.find(text);
      if (match === undefined) return undefined;
      return groups.map(({ groups: indexes, read }) =>
        indexes.flatMap((index) => (match[2 * index + 1]! < 0 ? [] : read(groupText(text, match, index)))),
      );
    },
  };
}

/** No column has a name that starts so. */
const PREFIX = "%";

const REFERENCE = /%\{([A-Za-z0-9_]+)(?::([\w@.[\]-]+?))?(?::(\w+))?(?:=((?:[^{}]|\\[{}]|\{[^{}]*\})*))?\}/g;

/** The pattern with what its names stand for. */
function expand(pattern: string, captures: Capture[], depth: number): string {
  if (depth > MAX_DEPTH) throw new PatternError("circular reference in pattern");
  const expanded = pattern.replaceAll(
    REFERENCE,
    (_, syntax: string, name?: string, type?: string, own?: string) => {
      const meant = own ?? grokPattern(syntax);
      if (meant === undefined)
        throw new PatternError(`Unable to find pattern [${syntax}] in Grok's pattern dictionary`);
      if (name === undefined) return `(?:${expand(meant, captures, depth + 1)})`;
      const group = `${PREFIX}${captures.length}`;
      captures.push({
        group,
        name: name.replaceAll(/\]\[|^\[|\]$/g, (sign) => (sign === "][" ? "." : "")),
        type: TYPES[type ?? ""] ?? "keyword",
      });
      return `(?<${group}>${expand(meant, captures, depth + 1)})`;
    },
  );
  if (expanded.length > MAX_LENGTH) throw new PatternError("the pattern is too large");
  return expanded;
}

const asText = (text: string): Value[] => [text];

/** Texts that are no value of the type are left out. */
const READ: Readonly<Record<string, (text: string) => Value[]>> = {
  boolean: (text) => [text.toLowerCase() === "true"],
  double: (text) => (text.trim() === "" || Number.isNaN(Number(text)) ? [] : [Number(text)]),
  integer: (text) => (/^[+-]?\d+$/.test(text) && Math.abs(Number(text)) <= 2 ** 31 ? [Number(text)] : []),
  long: (text) =>
    /^[+-]?\d+$/.test(text) ? [Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)] : [],
};
