import { type Diagnostic, report, toPointer } from "../diagnostics/index.js";
import type { ProjectConfig, RuleOverlay } from "../schema/index.js";

type ConfiguredEnvironment = NonNullable<ProjectConfig["environments"]>[string];
type ConfiguredSpace = ConfiguredEnvironment["spaces"][number];

export type Credentials =
  | { readonly kind: "api-key"; readonly key: string }
  | { readonly kind: "basic"; readonly username: string; readonly password: string };

/** A space of an environment with what the configuration says about it. */
export interface SpaceSettings {
  readonly id: string;
  /** Which rules go there; undefined means all. */
  readonly selectors: readonly string[] | undefined;
  /** Fields laid over every rule that goes there. */
  readonly overlay: RuleOverlay;
}

export interface Environment {
  readonly name: string;
  readonly url: string;
  readonly credentials: Credentials;
  readonly spaces: readonly SpaceSettings[];
}

/** The spaces of an environment, without the need for any variable to be set: for builds that reach no Kibana. */
export function spacesOf(environment: ConfiguredEnvironment): SpaceSettings[] {
  return environment.spaces.map(spaceSettings);
}

/**
 * Resolves an environment's address and credentials from environment variables. A missing variable is a finding
 * at the place that names it; values never appear in findings.
 */
export function resolveEnvironment(
  name: string,
  configured: ConfiguredEnvironment,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): { environment?: Environment; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const expand = (key: "url" | "api_key" | "username" | "password"): string => {
    const target = { file, pointer: toPointer(["environments", name, key]) };
    return (configured[key] ?? "").replace(/\$\{([A-Za-z_]\w*)\}/g, (_, variable: string) => {
      const value = env[variable];
      if (value === undefined || value === "") {
        const help = `set it, for example: ${variable}=… kdac plan --env ${name}`;
        diagnostics.push(report("project/missing-variable", { name: variable }, target, { help }));
      }
      return value ?? "";
    });
  };
  const url = expand("url");
  const credentials: Credentials =
    configured.api_key !== undefined
      ? { kind: "api-key", key: expand("api_key") }
      : { kind: "basic", username: expand("username"), password: expand("password") };
  if (diagnostics.length > 0) return { diagnostics };
  return { environment: { name, url, credentials, spaces: spacesOf(configured) }, diagnostics };
}

function spaceSettings(space: ConfiguredSpace): SpaceSettings {
  return typeof space === "string"
    ? { id: space, selectors: undefined, overlay: {} }
    : { id: space.id, selectors: space.rules, overlay: space.set ?? {} };
}
