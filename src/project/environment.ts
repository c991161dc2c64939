import type { Diagnostic } from "../diagnostics/index.js";
import type { Overlay } from "../rule/index.js";
import {
  type ConfiguredEnvironment,
  resolveConnection,
  type ResolvedConnection,
  type Sources,
} from "./connection.js";
import { environmentOverlays, spaceOverlays } from "./overlays.js";
import type { Project } from "./project.js";

/** A space of an environment with what the configuration says about it. */
export interface SpaceSettings {
  readonly id: string;
  /** Which rules go there; undefined means all. */
  readonly selectors: readonly string[] | undefined;
  /** What is different there, and in its environment: later ones win. */
  readonly overlays: readonly Overlay[];
}

/** An environment with its address, its credentials and the way there. */
export interface Environment extends ResolvedConnection {
  readonly name: string;
  readonly spaces: readonly SpaceSettings[];
}

/** The environment of that name, where the configuration has one: `constructor` and the like are no environments. */
export function configuredEnvironment(
  { config }: Pick<Project, "config">,
  name: string,
): ConfiguredEnvironment | undefined {
  const environments = config.environments ?? {};
  return Object.hasOwn(environments, name) ? environments[name] : undefined;
}

/** The spaces of an environment, without the need for any variable to be set: for builds that reach no Kibana. */
export function spacesOf(
  project: Pick<Project, "config" | "configFile">,
  environment: string,
): SpaceSettings[] {
  const configured = configuredEnvironment(project, environment);
  return configured === undefined ? [] : spacesIn(configured, environment, project.configFile ?? "");
}

function spacesIn(configured: ConfiguredEnvironment, environment: string, file: string): SpaceSettings[] {
  const base = ["environments", environment];
  // Overlays of the environment are the same objects in each of its spaces: what they make of a rule is compiled once.
  const shared = environmentOverlays(configured, base, file);
  // The schema asks for spaces; a configuration with mistakes may have none.
  const spaces = configured.spaces ?? [];
  return spaces.map((space, i) =>
    typeof space === "string"
      ? { id: space, selectors: undefined, overlays: shared }
      : {
          id: space.id,
          selectors: space.rules,
          overlays: [...shared, ...spaceOverlays(space, [...base, "spaces", i], file)],
        },
  );
}

/**
 * Resolves an environment's settings from environment variables and files. What is missing is a finding at the place that
 * names it; values never appear in findings.
 */
export function resolveEnvironment(
  name: string,
  configured: ConfiguredEnvironment,
  file: string,
  sources: Sources,
): { environment?: Environment; diagnostics: Diagnostic[] } {
  const { resolved, diagnostics } = resolveConnection(name, configured, file, sources);
  if (resolved === undefined) return { diagnostics };
  return { environment: { ...resolved, name, spaces: spacesIn(configured, name, file) }, diagnostics };
}
