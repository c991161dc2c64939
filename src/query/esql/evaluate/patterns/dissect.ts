/** `DISSECT`: a text is taken apart by the texts between its keys. */

/** A key, and the text that ends its value; the last has none where the pattern ends with it. */
interface Key {
  readonly name: string;
  readonly kind: "append" | "field" | "skip";
  /** The place among values that are joined. */
  readonly order: number;
  /** The delimiter after it may be repeated. */
  readonly padded: boolean;
  readonly delimiter: string;
}

export interface Dissect {
  /** The columns, in the order of the pattern. */
  readonly names: readonly string[];
  /** The values of the columns; undefined where the text does not fit. */
  extract(text: string): string[] | undefined;
}

export function compileDissect(pattern: string, separator: string): Dissect {
  const first = pattern.indexOf("%{");
  const prefix = pattern.slice(0, Math.max(0, first));
  const keys = readKeys(pattern.slice(Math.max(0, first)));
  const names = [
    ...new Set(keys.filter(({ kind, name }) => kind !== "skip" && name !== "").map(({ name }) => name)),
  ];
  return {
    names,
    extract: (text) => {
      const values = valuesOf(keys, prefix, text);
      return values && names.map((name) => joined(keys, values, name, separator));
    },
  };
}

function readKeys(pattern: string): Key[] {
  return [...pattern.matchAll(/%\{([^}]*)\}((?:(?!%\{)[^])*)/g)].map(([, key = "", delimiter = ""]) => {
    const padded = key.endsWith("->");
    const bare = padded ? key.slice(0, -2) : key;
    if (bare === "" || bare.startsWith("?"))
      return {
        name: bare.slice(1),
        kind: "skip",
        order: 0,
        padded,
        delimiter,
      };
    if (!bare.startsWith("+")) return { name: bare, kind: "field", order: 0, padded, delimiter };
    const [, name = "", order = "0"] = /^\+(.*?)(?:\/(\d+))?$/s.exec(bare) ?? [];
    return { name, kind: "append", order: Number(order), padded, delimiter };
  });
}

function valuesOf(keys: readonly Key[], prefix: string, text: string): string[] | undefined {
  if (!text.startsWith(prefix)) return undefined;
  let at = prefix.length;
  const values: string[] = [];
  for (const { delimiter, padded } of keys) {
    if (delimiter === "") {
      values.push(text.slice(at));
      at = text.length;
      continue;
    }
    const end = text.indexOf(delimiter, at);
    if (end < 0) return undefined;
    values.push(text.slice(at, end));
    at = end + delimiter.length;
    if (padded) while (text.startsWith(delimiter, at)) at += delimiter.length;
  }
  return values;
}

/** The value of a column: of joined keys all, by their order and then by their place. */
function joined(keys: readonly Key[], values: readonly string[], name: string, separator: string): string {
  const own = keys.flatMap((key, at) =>
    key.kind !== "skip" && key.name === name ? [{ ...key, value: values[at]! }] : [],
  );
  if (own.every(({ kind }) => kind === "field")) return own[own.length - 1]!.value;
  return own
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
    .join(separator);
}
