import type { CompiledRule } from "../rule/index.js";
import { type Diagnostic, report, toPointer } from "../diagnostics/index.js";
import { compileProject, type CompileOptions } from "./compile.js";
import type { SpaceSettings } from "./environment.js";
import type { Project } from "./project.js";
import { selector } from "./select.js";
import { matchesRange } from "../rule/index.js";

/**
 * The rules that go to one space: those that its selectors take and whose `stack` range includes the project's stack,
 * compiled with the space's overlay. Without space settings, all rules of the stack.
 */
export function rulesOf(
  project: Project,
  space: SpaceSettings | undefined,
  options: CompileOptions = {},
): CompiledRule[] {
  const takes = selector(space?.selectors ?? []);
  return compileProject(project, { ...options, overlay: space?.overlay })
    .filter(({ source }) => {
      const range = source.authored.stack;
      return range === undefined || matchesRange(project.settings.stack, range) !== false;
    })
    .filter(({ source, rule }) =>
      takes({ file: source.file, name: source.authored.name, tags: rule.tags ?? [] }),
    );
}

/** Selectors of an environment's spaces that take no rule: most likely a folder or a tag was renamed. */
export function idleSelectors(project: Project, environment: string): Diagnostic[] {
  const configured = project.config.environments?.[environment]?.spaces ?? [];
  const rules = compileProject(project).map(({ source, rule }) => ({
    file: source.file,
    name: rule.name,
    tags: rule.tags ?? [],
  }));
  return configured.flatMap((space, i) => {
    if (typeof space === "string") return [];
    return (space.rules ?? []).flatMap((pattern, j) => {
      if (pattern.startsWith("!") || rules.some(selector([pattern]))) return [];
      const target = {
        file: project.configFile ?? "",
        pointer: toPointer(["environments", environment, "spaces", i, "rules", j]),
      };
      return [report("project/unknown-selector", { selector: pattern }, target)];
    });
  });
}
