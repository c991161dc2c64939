import { loadAttack } from "../attack/index.js";
import { append, type Diagnostic, meansInvalid, report, type Target } from "../diagnostics/index.js";
import { compileContext, isPruned, type LoadedRule, type Project, withSeverities } from "../project/index.js";
import { type CompiledRule, compileRule } from "../rule/index.js";
import { applySuppressions } from "../yaml/index.js";
import { sharedDefaultLists } from "./default-lists.js";
import { duplicates } from "./duplicates.js";
import { exceptionFields } from "./exception-fields.js";
import { exceptionItems } from "./exception-items.js";
import { factsOf } from "./facts.js";
import { lintRule } from "./lint-rule.js";
import { type Checked, overlayFindings } from "./overlays.js";
import { restorePointer } from "./restore-pointer.js";
import { withTechniqueIds } from "./technique-names.js";
import { valueListUses } from "./value-lists.js";

/** What validating a project found. */
export interface Validation {
  /** Findings about the files asked for, after suppressions and the project's severities. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many rules were checked. */
  readonly rules: number;
  /** The rules whose files have no errors, compiled as `compileProject` does, for those who go on with them. */
  readonly compiled: readonly CompiledRule[];
  readonly ok: boolean;
}

export interface ValidateOptions {
  /** The time by which exception items expire. Without it nothing depends on when one asks. */
  readonly now?: Date;
  /** Nobody goes on with the compiled rules: none is kept, and thousands take less memory. */
  readonly forgetful?: boolean;
}

/**
 * Checks a project: what loading and the schemas found, each rule by itself, and the rules against each other.
 * A file with mistakes is checked as far as it can be understood, so one run finds everything.
 */
export function validate(project: Project, { now, forgetful = false }: ValidateOptions = {}): Validation {
  const { settings } = project;
  const context = compileContext(project);
  const { exceptionLists } = context;
  const { stack, tags } = settings;
  const options = {
    attack: loadAttack(settings.attack),
    stack,
    tags,
    exceptionLists,
    fieldsFor: context.fieldsFor,
  };
  const asked = project.rules.filter((rule) => project.isAsked(rule.source.file));
  const found = project.diagnostics.map((diagnostic) =>
    withTechniqueIds(diagnostic, project.documents.get(diagnostic.target.file)?.data, options.attack),
  );
  const checked: Checked[] = [];
  const kept: CompiledRule[] = [];
  for (const rule of asked) {
    const compiled = compileRule(rule.source, context);
    const findings = lintRule(compiled, { ...options, complete: !rule.broken });
    append(found, inFile([...compiled.diagnostics, ...findings], rule));
    if (rule.broken) continue;
    checked.push({ ...factsOf(compiled), findings: [...compiled.diagnostics, ...findings] });
    if (!forgetful) kept.push(compiled);
  }
  // What a part of the rules says nothing of: which selectors take none, and which lists nobody asks.
  if (asked.length === project.rules.length) {
    const again = (compiled: CompiledRule) => lintRule(compiled, { ...options, complete: true });
    append(found, overlayFindings(project, checked, context, again));
  }
  for (const locale of locales(project)) {
    const translated = compileContext(project, { locale });
    for (const rule of asked) {
      if (rule.source.translations.has(locale))
        append(found, inFile(compileRule(rule.source, translated).diagnostics, rule));
    }
  }
  const sources = project.rules.map((rule) => rule.source);
  append(found, [...duplicates(sources), ...sharedDefaultLists(sources, exceptionLists)]);
  const lists = [...project.exceptionLists.values()];
  append(found, valueListUses(lists, project.valueLists, checked));
  append(found, [...exceptionItems(lists, now), ...exceptionFields(lists, context.fieldsFor(undefined))]);

  const relevant = once(found).filter((diagnostic) => project.isAsked(diagnostic.target.file));
  const diagnostics = withSeverities(suppress(relevant, project), settings.lint);
  append(diagnostics, notCompiled(project, diagnostics));
  const ok = diagnostics.every((diagnostic) => diagnostic.severity !== "error");
  return { diagnostics, rules: asked.length, compiled: kept, ok };
}

/** Findings about a pruned rule at their places in its file, without those that only repeat what the schema found. */
function inFile(diagnostics: readonly Diagnostic[], { source, pruned }: LoadedRule): Diagnostic[] {
  if (pruned.length === 0) return [...diagnostics];
  const restored = (target: Target): Target =>
    target.file !== source.file || target.pointer === undefined
      ? target
      : { ...target, pointer: restorePointer(target.pointer, source.document.data, pruned) };
  const gone = new Set(pruned);
  return diagnostics
    .map((diagnostic) => ({ ...diagnostic, target: restored(diagnostic.target), ...relatedOf(diagnostic) }))
    .filter(({ target }) => target.file !== source.file || !isPruned(target.pointer, gone));

  function relatedOf({ related }: Diagnostic): Pick<Diagnostic, "related"> {
    return related === undefined
      ? {}
      : { related: related.map((other) => ({ ...other, target: restored(other.target) })) };
  }
}

/** Files that cannot be used and about which nothing else is said here: a part of the project never goes missing in silence. */
function notCompiled(project: Project, said: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set(said.filter(({ code }) => meansInvalid(code)).map(({ target }) => target.file));
  return project.invalid
    .filter(({ file, cause }) => project.isAsked(file) && !told.has(file) && !told.has(cause))
    .map(({ file, cause }) => report("project/not-compiled", { file, invalid: cause }, { file }));
}

/** Without repetitions: compiling a rule to another language finds the same names missing. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, target }) => {
    const key = JSON.stringify([code, message, target]);
    return !seen.has(key) && seen.add(key);
  });
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
    append(kept, applySuppressions(document, byFile.get(file) ?? []));
    byFile.delete(file);
  }
  return [...kept, ...[...byFile.values()].flat()];
}
