import { loadAttack } from "../attack/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { compileContext, isPruned, type Project, withSeverities } from "../project/index.js";
import { compileRule } from "../rule/index.js";
import { applySuppressions } from "../yaml/index.js";
import { duplicates } from "./duplicates.js";
import { lintRule } from "./lint-rule.js";

/** What validating a project found. */
export interface Validation {
  /** Findings about the files asked for, after suppressions and the project's severities. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many rules were checked. */
  readonly rules: number;
  readonly ok: boolean;
}

/**
 * Checks a project: what loading and the schemas found, each rule by itself, and the rules against each other.
 * A file with mistakes is checked as far as it can be understood, so one run finds everything.
 */
export function validate(project: Project): Validation {
  const { settings } = project;
  const context = compileContext(project);
  const options = { attack: loadAttack(settings.attack), stack: settings.stack, tags: settings.tags };
  const asked = project.rules.filter((rule) => project.isAsked(rule.source.file));
  const found: Diagnostic[] = [...project.diagnostics];
  for (const { source, pruned, broken } of asked) {
    const compiled = compileRule(source, context);
    const findings = [...compiled.diagnostics, ...lintRule(compiled, { ...options, complete: !broken })];
    found.push(...findings.filter((finding) => !isPruned(finding.target.pointer, pruned)));
  }
  for (const locale of locales(project)) {
    const translated = compileContext(project, { locale });
    for (const { source } of asked) {
      if (source.translations.has(locale)) found.push(...compileRule(source, translated).diagnostics);
    }
  }
  found.push(...duplicates(project.rules.map((rule) => rule.source)));

  const relevant = found.filter((diagnostic) => project.isAsked(diagnostic.target.file));
  const diagnostics = withSeverities(suppress(relevant, project), settings.lint);
  const ok = diagnostics.every((diagnostic) => diagnostic.severity !== "error");
  return { diagnostics, rules: asked.length, ok };
}

/** The locales that some rule is translated to. */
function locales(project: Project): Set<string> {
  return new Set(project.rules.flatMap((rule) => [...rule.source.translations.keys()]));
}

/** Takes out what comments in the files suppress; a suppression that is wrong is a finding itself. */
function suppress(diagnostics: readonly Diagnostic[], project: Project): Diagnostic[] {
  const byFile = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { file } = diagnostic.target;
    const others = byFile.get(file);
    if (others === undefined) byFile.set(file, [diagnostic]);
    else others.push(diagnostic);
  }
  const kept: Diagnostic[] = [];
  for (const [file, document] of project.documents) {
    if (!project.isAsked(file)) continue;
    kept.push(...applySuppressions(document, byFile.get(file) ?? []));
    byFile.delete(file);
  }
  return [...kept, ...[...byFile.values()].flat()];
}
