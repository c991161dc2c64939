import { createHash } from "node:crypto";
import { loadAttack } from "../attack/index.js";
import { compileRule, type CompileContext, type CompiledRule } from "../rule/index.js";
import type { Project } from "./project.js";

export interface CompileOptions {
  /** The language to compile to; the project's own by default. */
  readonly locale?: string | undefined;
  /** What is laid over a rule, for one space. */
  readonly overlaysFor?: CompileContext["overlaysFor"] | undefined;
}

/** What compiling the rules of a project needs, made once a run. */
export function compileContext(project: Project, options: CompileOptions = {}): CompileContext {
  const { settings, fragments } = project;
  return {
    attack: loadAttack(settings.attack),
    locale: options.locale ?? settings.locale,
    sourceLocale: project.config.locale ?? "en",
    defaults: settings.defaults,
    configFile: project.configFile ?? "",
    stack: settings.stack,
    ...(options.overlaysFor === undefined ? {} : { overlaysFor: options.overlaysFor }),
    fragment: (name, locale) => fragments.get(name)?.get(locale) ?? fragments.get(name)?.get(""),
    fragmentNames: [...fragments.keys()],
    fieldsFor: (index) => project.fields.for(index),
    exceptionLists: new Map(
      [...project.exceptionLists].map(([listId, { authored }]) => [
        listId,
        { type: authored.type ?? "detection", namespace_type: authored.namespace_type ?? "single" },
      ]),
    ),
    connectors: new Map(
      [...project.connectors].map(([name, { authored }]) => [
        name,
        {
          id: authored.id ?? offlineId(`${settings.name}/${name}`),
          connector_type_id: authored.connector_type_id,
        },
      ]),
    ),
  };
}

/** Compiles every rule that can be: those with errors in their files are left out, since nobody should use them. */
export function compileProject(project: Project, options: CompileOptions = {}): CompiledRule[] {
  const context = compileContext(project, options);
  return project.rules
    .filter((rule) => !rule.broken && project.isAsked(rule.source.file))
    .map((rule) => compileRule(rule.source, context));
}

/**
 * An id for a connector whose file gives none: derived from its name, so that bundles are the same each time, and shaped
 * like a random UUID (version 4), the only shape that Kibana takes for connectors.
 */
export function offlineId(name: string): string {
  const hex = createHash("sha256").update(`connector/${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
