import { isJson, type Json } from "../../../json/index.js";
import { stableJson } from "../../../rule/stable-json.js";

/** Kinds of entries under `[transform]` that become a button in the note. */
export const PLUGINS: readonly string[] = ["osquery", "investigate"];

export interface FilledNote {
  readonly note: string;
  /** Placeholders without an entry. */
  readonly unknown: readonly string[];
  /** Placeholders of entries that the note does not name. */
  readonly unused: readonly string[];
}

/**
 * Fills the entries of `[transform]` in where the note names them: `$osquery_0`, `$investigate_1`, also as `${osquery_0}`. The note is
 * a template in the sense of Python's `string.Template`: `$$` stands for `$`, all other signs after a `$` stay.
 */
export function fillPlugins(note: string, transform: Json): FilledNote {
  const texts = new Map<string, string>();
  for (const plugin of PLUGINS) {
    const entries = transform[plugin];
    if (!Array.isArray(entries)) continue;
    entries.forEach((entry: unknown, i) => {
      if (isJson(entry)) texts.set(`${plugin}_${i}`, `!{${plugin}${asciiJson(entry)}}`);
    });
  }
  const used = new Set<string>();
  const unknown: string[] = [];
  const filled = note.replace(
    /\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/g,
    (match, bare?: string, braced?: string) => {
      const name = bare ?? braced;
      if (name === undefined) return "$";
      const text = texts.get(name);
      if (text !== undefined) used.add(name);
      else if (/^(?:osquery|investigate)_\d+$/.test(name)) unknown.push(`$${name}`);
      return text ?? match;
    },
  );
  const unused = [...texts.keys()].filter((name) => !used.has(name)).map((name) => `$${name}`);
  return { note: filled, unknown, unused };
}

/** JSON as Python writes it by default: nothing but ASCII. */
function asciiJson(value: unknown): string {
  return stableJson(value).replace(
    /[^\u0020-\u007e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
