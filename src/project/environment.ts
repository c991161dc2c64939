import type { Diagnostic } from "../diagnostics/index.js";
import type { RuleOverlay } from "../schema/index.js";
import {
  type ConfiguredEnvironment,
  resolveConnection,
  type ResolvedConnection,
  type Sources,
} from "./connection.js";

type ConfiguredSpace = ConfiguredEnvironment["spaces"][number];

/** A space of an environment with what the configuration says about it. */
export interface SpaceSettings {
  readonly id: string;
  /** Which rules go there; undefined means all. */
  readonly selectors: readonly string[] | undefined;
  /** Fields laid over every rule that goes there. */
  readonly overlay: RuleOverlay;
}

/** An environment with its address, its credentials and the way there. */
export interface Environment extends ResolvedConnection {
  readonly name: string;
  readonly spaces: readonly SpaceSettings[];
}

/** The spaces of an environment, without the need for any variable to be set: for builds that reach no Kibana. */
export function spacesOf(environment: ConfiguredEnvironment): SpaceSettings[] {
  return environment.spaces.map(spaceSettings);
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
  return { environment: { ...resolved, name, spaces: spacesOf(configured) }, diagnostics };
}

function spaceSettings(space: ConfiguredSpace): SpaceSettings {
  return typeof space === "string"
    ? { id: space, selectors: undefined, overlay: {} }
    : { id: space.id, selectors: space.rules, overlay: space.set ?? {} };
}
