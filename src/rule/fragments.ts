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
  return expand(text, target, context, diagnostics, []);
}

function expand(
  text: string,
  target: Target,
  context: FragmentContext,
  diagnostics: Diagnostic[],
  trail: readonly string[],
): string {
  return text.replace(INCLUDE, (line, indent: string, name: string, offset: number) => {
    const at =
      trail.length === 0 ? { ...target, within: { start: offset, end: offset + line.length } } : target;
    const fragment = context.fragment(name, context.locale);
    if (fragment === undefined) {
      const help =
        didYouMean(name, context.fragmentNames) ?? `write ${name}.fragment.md in one of the rule folders`;
      diagnostics.push(report("reference/unknown-fragment", { name }, at, { help }));
      return line;
    }
    if (trail.includes(name) || trail.length >= MAX_DEPTH) {
      const way = [...trail.slice(Math.max(0, trail.indexOf(name))), name].join(" → ");
      diagnostics.push(report("reference/fragment-cycle", { way }, at));
      return line;
    }
    const body = expand(fragment.text.trimEnd(), target, context, diagnostics, [...trail, name]);
    if (body.length > MAX_LENGTH) {
      diagnostics.push(report("reference/fragment-too-long", { name, limit: MAX_LENGTH }, at));
      return line;
    }
    return body.replace(/^(?=.)/gm, indent);
  });
}
