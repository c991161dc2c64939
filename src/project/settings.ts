import type { AttackVersion } from "../attack/index.js";
import { attackVersionFor } from "../attack/index.js";
import {
  definitionOf,
  type Diagnostic,
  didYouMean,
  meansInvalid,
  registry,
  report,
  type Severity,
  toPointer,
} from "../diagnostics/index.js";
import type { ProjectConfig } from "../schema/index.js";
import { selectorProblem } from "./select.js";

/** The stack that rules are checked against where neither the configuration nor `--stack` names one. */
export const DEFAULT_STACK = "9.5";

/** The configuration with every default filled in. Environments are resolved apart, when one is used. */
export interface Settings {
  /** Who owns what this project deploys: the `project` of the mark that each deployed rule carries. */
  readonly name: string;
  /** Folders, relative to the root, that hold the detections. */
  readonly folders: readonly string[];
  readonly stack: string;
  readonly attack: AttackVersion;
  readonly locale: string;
  readonly defaults: NonNullable<ProjectConfig["defaults"]>;
  readonly tags: NonNullable<ProjectConfig["tags"]>;
  /** The files, from the root, that say which fields there are. They need not exist where the project does not name them. */
  readonly fields: { readonly custom: string; readonly lock: string };
  /** Severities set by the project, by code. */
  readonly lint: ReadonlyMap<string, Severity | "off">;
}

/** What the command line may override. */
export interface Overrides {
  readonly stack?: string | undefined;
  readonly locale?: string | undefined;
}

/** Fills in what the configuration leaves out; `fallbackName` names a project without a configuration. */
export function settingsOf(
  config: Partial<ProjectConfig>,
  fallbackName: string,
  overrides: Overrides,
): Settings {
  const stack = overrides.stack ?? config.stack ?? DEFAULT_STACK;
  return {
    name: config.name ?? fallbackName,
    folders: config.rules ?? ["rules"],
    stack,
    attack: config.attack ?? attackVersionFor(stack),
    locale: overrides.locale ?? config.locale ?? "en",
    defaults: config.defaults ?? {},
    tags: config.tags ?? {},
    fields: {
      custom: config.fields?.custom ?? "schemas/custom-fields.yml",
      lock: config.fields?.lock ?? "schemas/fields.lock.json",
    },
    lint: new Map(Object.entries(config.lint ?? {})),
  };
}

/** Findings about the configuration that a schema cannot make. */
export function checkSettings(config: Partial<ProjectConfig>, file: string): Diagnostic[] {
  return [...wrongCodes(config, file), ...invalidSelectors(config, file)];
}

interface Selecting {
  readonly rules?: readonly string[];
  readonly overlays?: readonly Selecting[];
}

/** Selectors that are no pattern: they take no rule, and its rules would look as if they had no file any more. */
function invalidSelectors({ environments = {} }: Partial<ProjectConfig>, file: string): Diagnostic[] {
  const within = ({ rules, overlays }: Selecting, path: readonly (string | number)[]): Diagnostic[] => [
    ...(rules ?? []).flatMap((selector, i) => {
      const problem = selectorProblem(selector);
      const target = { file, pointer: toPointer([...path, "rules", i]) };
      return problem === undefined ? [] : [report("project/invalid-selector", { selector, problem }, target)];
    }),
    ...(overlays ?? []).flatMap((overlay, i) => within(overlay, [...path, "overlays", i])),
  ];
  return Object.entries(environments).flatMap(([name, { overlays, spaces }]) => [
    ...within(overlays === undefined ? {} : { overlays }, ["environments", name]),
    ...(spaces ?? []).flatMap((space, i) =>
      typeof space === "string" ? [] : within(space, ["environments", name, "spaces", i]),
    ),
  ]);
}

/** Codes in `lint` that do not exist, or that are always errors. */
function wrongCodes(config: Partial<ProjectConfig>, file: string): Diagnostic[] {
  return Object.entries(config.lint ?? {}).flatMap(([code, severity]) => {
    const target = { file, pointer: toPointer(["lint", code]), on: "key" } as const;
    if (meansInvalid(code))
      return severity === "error" ? [] : [report("project/cannot-lower", { code }, target)];
    if (definitionOf(code) !== undefined) return [];
    const help = didYouMean(code, Object.keys(registry));
    return [report("project/unknown-lint-code", { code }, target, help === undefined ? {} : { help })];
  });
}

/**
 * Applies the severities that the project set; a finding that is switched off goes away. Findings that mean that something is
 * invalid stay errors.
 */
export function withSeverities(diagnostics: readonly Diagnostic[], lint: Settings["lint"]): Diagnostic[] {
  if (lint.size === 0) return [...diagnostics];
  return diagnostics.flatMap((diagnostic) => {
    const severity = lint.get(diagnostic.code);
    if (severity === undefined || meansInvalid(diagnostic.code)) return [diagnostic];
    return severity === "off" ? [] : [{ ...diagnostic, severity }];
  });
}
