import {
  type CompileContext,
  compileRule,
  type CompiledRule,
  matchesRange,
  type Overlay,
  type RuleSource,
  type Selectable,
} from "../rule/index.js";
import { compileContext, compileProject, type CompileOptions } from "./compile.js";
import type { SpaceSettings } from "./environment.js";
import type { Project } from "./project.js";
import { selector } from "./select.js";

/**
 * The rules that go to one space: those that its selectors take and whose `stack` range includes the project's stack,
 * compiled with the space's overlays. Without space settings, all rules of the stack. For several spaces, make one `SpaceCompiler`.
 */
export function rulesOf(
  project: Project,
  space: SpaceSettings | undefined,
  options: Pick<CompileOptions, "locale"> = {},
): readonly CompiledRule[] {
  return new SpaceCompiler(project, options).rulesOf(space);
}

/**
 * Compiles the rules of a project for its spaces: each rule once for all spaces that want the same of it, which then share the
 * compiled rule. Selectors and overlays look at a rule as its own file has it.
 */
export class SpaceCompiler {
  /** The rules of the project's stack as their files have them, with the project's defaults. */
  readonly rules: readonly CompiledRule[];
  readonly #context: CompileContext;
  /** By rule, what lists of overlays have made of it. */
  readonly #made = new Map<
    RuleSource,
    { readonly overlays: readonly Overlay[]; readonly compiled: CompiledRule }[]
  >();

  /** @param plain the rules as `compileProject` makes them, where they are compiled already */
  constructor(
    project: Project,
    options: Pick<CompileOptions, "locale"> = {},
    plain: readonly CompiledRule[] = compileProject(project, options),
  ) {
    this.#context = compileContext(project, options);
    this.rules = plain.filter(({ source }) => isOfStack(source, project.settings.stack));
  }

  rulesOf(space: SpaceSettings | undefined): readonly CompiledRule[] {
    if (space === undefined) return this.rules;
    const takes = selector(space.selectors ?? []);
    return this.rules.flatMap((plain) => {
      const facts = selectable(plain);
      return takes(facts)
        ? [
            this.#overlaid(
              plain,
              space.overlays.filter((overlay) => overlay.takes(facts)),
            ),
          ]
        : [];
    });
  }

  #overlaid(plain: CompiledRule, overlays: readonly Overlay[]): CompiledRule {
    if (overlays.length === 0) return plain;
    const made = this.#made.get(plain.source) ?? [];
    this.#made.set(plain.source, made);
    const known = made.find((one) => isSame(one.overlays, overlays));
    if (known !== undefined) return known.compiled;
    const compiled = compileRule(plain.source, { ...this.#context, overlaysFor: () => overlays });
    made.push({ overlays, compiled });
    return compiled;
  }
}

/** Whether a rule may run on a stack. */
export function isOfStack({ authored }: RuleSource, stack: string): boolean {
  return authored.stack === undefined || matchesRange(stack, authored.stack) !== false;
}

interface SelectableRule {
  readonly source: RuleSource;
  readonly rule: { readonly tags?: readonly string[] };
}

/** A compiled rule as selectors see it. */
export function selectable({ source, rule }: SelectableRule): Selectable {
  return { file: source.file, name: source.authored.name ?? "", tags: rule.tags ?? [] };
}

function isSame(one: readonly Overlay[], other: readonly Overlay[]): boolean {
  return one.length === other.length && one.every((overlay, i) => overlay === other[i]);
}
