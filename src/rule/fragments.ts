import { type Diagnostic, didYouMean, report, type Target } from "../diagnostics/index.js";
import type { CompileContext } from "./model.js";

/** A line of its own that stands for a fragment: `{{> defend-setup}}`. */
const INCLUDE = /^([ \t]*)\{\{>[ \t]*([^\s{}]+)[ \t]*\}\}[ \t]*$/gm;
/** Fragments within fragments beyond this are a mistake, or an attempt to fill the memory. */
const MAX_DEPTH = 8;
/** No guide is that long; fragments that include each other several times could grow without end. */
const MAX_LENGTH = 1_000_000;

type FragmentContext = Pick<CompileContext, "fragment" | "fragmentNames" | "locale">;

/** Replaces each include line by its fragment, indented as the line is. What cannot be found stays and is reported. */
export function expandFragments(
  text: string,
  target: Target,
  context: FragmentContext,
  diagnostics: Diagnostic[],
): string {
  if (!text.includes("{{>")) return text;
  return new Expansion(target, context, diagnostics).expand(text, []);
}

class Expansion {
  readonly #target: Target;
  readonly #context: FragmentContext;
  readonly #diagnostics: Diagnostic[];
  /** The include line of the author's own text that is being filled in. */
  #at: Target;
  readonly #reported = new Set<string>();
  /** Characters that fragments may still add. */
  #left = MAX_LENGTH;

  constructor(target: Target, context: FragmentContext, diagnostics: Diagnostic[]) {
    this.#target = target;
    this.#at = target;
    this.#context = context;
    this.#diagnostics = diagnostics;
  }

  expand(text: string, trail: readonly string[]): string {
    return text.replace(INCLUDE, (line, indent: string, name: string, offset: number) => {
      if (this.#left < 0) return line;
      const within = { start: offset, end: offset + line.length };
      if (trail.length === 0) this.#at = { ...this.#target, within };
      const fragment = this.#context.fragment(name, this.#context.locale);
      if (fragment === undefined) {
        const { fragmentNames } = this.#context;
        const help =
          didYouMean(name, fragmentNames) ?? `write ${name}.fragment.md in one of the rule folders`;
        this.#report(name, report("reference/unknown-fragment", { name }, this.#at, { help }));
        return line;
      }
      if (trail.includes(name)) {
        const way = [...trail.slice(trail.indexOf(name)), name].join(" → ");
        this.#report(name, report("reference/fragment-cycle", { way }, this.#at));
        return line;
      }
      if (trail.length >= MAX_DEPTH) {
        const params = { name, limit: MAX_DEPTH };
        this.#report(name, report("reference/fragments-too-deep", params, this.#at));
        return line;
      }
      // The indent is written before each line.
      const lines = indent === "" ? 0 : fragment.text.split("\n").length;
      this.#left -= fragment.text.length + indent.length * lines;
      if (this.#left < 0) {
        this.#report(name, report("reference/fragment-too-long", { name, limit: MAX_LENGTH }, this.#at));
        return line;
      }
      const body = fragment.text.replace(/\r\n?/g, "\n").trimEnd();
      return this.expand(body, [...trail, name]).replace(/^(?=.)/gm, indent);
    });
  }

  /** Each fragment's mistake once, however often it is included. */
  #report(name: string, diagnostic: Diagnostic): void {
    const key = `${diagnostic.code} ${name}`;
    if (!this.#reported.has(key)) this.#diagnostics.push(diagnostic);
    this.#reported.add(key);
  }
}
