import { isJson } from "../json/index.js";
import { isSame } from "../deploy/form/canonical.js";
import { expandFragments } from "../rule/fragments.js";
import type { CompileContext } from "../rule/index.js";

/** Fills in the fragments of a text. */
export type Expand = (text: string) => string;

/** Fills in fragments as compiling the original of a rule does. */
export function expander(context: CompileContext): Expand {
  const { sourceLocale: locale } = context;
  return (text) => expandFragments(text, { file: "" }, { ...context, locale }, []);
}

/** A line that stands for a fragment, with its indent. */
const INCLUDE = /^[ \t]*\{\{>.*\}\}[ \t]*$/gm;

/**
 * A new text, or a guide of texts, in the words of the file: a text that says the same stays as it is written, with its fragments; in
 * one that changed, fragments whose text is still there stay too.
 */
export function inFormsOf(authored: unknown, made: unknown, expand: Expand): unknown {
  return new Forms(expand).of(authored, made);
}

class Forms {
  readonly #expand: Expand;

  constructor(expand: Expand) {
    this.#expand = expand;
  }

  of(authored: unknown, made: unknown): unknown {
    if (this.#saysSame(authored, made)) return authored;
    if (typeof made === "string") return this.#withFragments(authored, made);
    if (Array.isArray(made)) return this.#list(Array.isArray(authored) ? authored : [], made);
    if (!isJson(made)) return made;
    const own = isJson(authored) ? authored : {};
    return Object.fromEntries(Object.entries(made).map(([key, value]) => [key, this.of(own[key], value)]));
  }

  /** Entries that say the same are found wherever they stand, the others belong together by their places. */
  #list(authored: readonly unknown[], made: readonly unknown[]): unknown[] {
    const left = new Set(authored.keys());
    const same = made.map((entry) => {
      const at = [...left].find((i) => this.#saysSame(authored[i], entry));
      if (at !== undefined) left.delete(at);
      return at;
    });
    return made.map((entry, i) => {
      if (same[i] !== undefined) return authored[same[i]];
      return this.of(left.has(i) ? authored[i] : undefined, entry);
    });
  }

  #saysSame(authored: unknown, made: unknown): boolean {
    return authored !== undefined && isSame(this.#meaning(authored), this.#meaning(made));
  }

  /** Texts with their fragments, without the line break that a block ends in. */
  #meaning(value: unknown): unknown {
    if (typeof value === "string") return withoutBreak(this.#expand(value));
    if (Array.isArray(value)) return value.map((entry) => this.#meaning(entry));
    if (!isJson(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.#meaning(entry)]));
  }

  #withFragments(authored: unknown, made: string): string {
    if (typeof authored !== "string") return made;
    let text = made;
    for (const [line] of authored.matchAll(INCLUDE)) {
      const body = this.#expand(line);
      const at = body === line ? -1 : lineOf(text, body);
      if (at < 0) continue;
      const folded = text.slice(0, at) + line + text.slice(at + body.length);
      if (this.#expand(folded) === made) text = folded;
    }
    return text;
  }
}

/** Where a text begins that is whole lines of another; -1 where there is none. */
function lineOf(text: string, lines: string): number {
  for (let at = text.indexOf(lines); at >= 0; at = text.indexOf(lines, at + 1)) {
    const end = at + lines.length;
    if ((at === 0 || text[at - 1] === "\n") && (end === text.length || text[end] === "\n")) return at;
  }
  return -1;
}

const withoutBreak = (text: string): string => (text.endsWith("\n") ? text.slice(0, -1) : text);
