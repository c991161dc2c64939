import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import type { Connection } from "../kibana/connection.js";
import type { ProjectConfig } from "../schema/index.js";

export type ConfiguredEnvironment = NonNullable<ProjectConfig["environments"]>[string];

export type Credentials =
  | { readonly kind: "api-key"; readonly key: string }
  | { readonly kind: "basic"; readonly username: string; readonly password: string };

/** Where settings of the way to Kibana come from. */
export interface Sources {
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads a file, relative to the folder where kdac runs or to the project's root. Throws what `node:fs` throws. */
  readonly read: (path: string, relativeTo: "working-folder" | "project") => string;
}

export interface ResolvedConnection {
  readonly url: string;
  readonly credentials: Credentials;
  readonly connection: Connection;
}

/** The settings that may name variables. */
type Setting = "url" | "api_key" | "username" | "password" | "ca" | "proxy";

const REFERENCE = /\$\{([A-Za-z_]\w*)\}/g;
const CERTIFICATE = "-----BEGIN CERTIFICATE-----";

/**
 * Resolves an environment's address, credentials, and way to Kibana. A variable that is not set may be in a file that
 * `<NAME>_FILE` names, as containers mount secrets. What is missing is a finding at the setting that needs it; values
 * never appear in findings.
 */
export function resolveConnection(
  name: string,
  configured: ConfiguredEnvironment,
  file: string,
  sources: Sources,
): { resolved?: ResolvedConnection; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const at = (key: string): Target => ({ file, pointer: toPointer(["environments", name, key]) });
  const expand = (key: Setting): string =>
    (configured[key] ?? "").replace(REFERENCE, (_, variable: string) => {
      const found = valueOf(variable, sources);
      if (found !== undefined && "value" in found) return found.value;
      if (found !== undefined) {
        const { problem } = found;
        diagnostics.push(report("project/unreadable-secret", { name: `${variable}_FILE`, problem }, at(key)));
      } else {
        const help = `set it, for example: ${variable}=… kdac plan --env ${name}; or ${variable}_FILE to a file that holds it`;
        diagnostics.push(report("project/missing-variable", { name: variable }, at(key), { help }));
      }
      return "";
    });
  const url = expand("url");
  const credentials: Credentials =
    configured.api_key !== undefined
      ? { kind: "api-key", key: expand("api_key") }
      : { kind: "basic", username: expand("username"), password: expand("password") };
  const proxy = configured.proxy === undefined ? undefined : expand("proxy");
  const ca = configured.ca === undefined ? undefined : certificatesOf(expand("ca"), sources);
  if (ca !== undefined && "problem" in ca && diagnostics.length === 0)
    diagnostics.push(report("project/unreadable-ca", { problem: ca.problem }, at("ca")));
  if (diagnostics.length > 0) return { diagnostics };
  const timeout = milliseconds(configured.timeout);
  const connectTimeout = milliseconds(configured.connect_timeout);
  const connection: Connection = {
    ...(ca === undefined || "problem" in ca ? {} : { ca: ca.value }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
  };
  return { resolved: { url, credentials, connection }, diagnostics };
}

type Found = { readonly value: string } | { readonly problem: string };

/** A variable's value; an empty one counts as not set, as CI systems hand over secrets that do not exist. */
function valueOf(variable: string, { env, read }: Sources): Found | undefined {
  const set = (name: string): string => (Object.hasOwn(env, name) ? env[name] : undefined) ?? "";
  const value = set(variable);
  if (value !== "") return { value };
  const path = set(`${variable}_FILE`);
  if (path === "") return undefined;
  try {
    // Editors and `echo` end files with a newline, which no header can carry.
    const text = read(path, "working-folder").trim();
    return text === "" ? { problem: "it is empty" } : { value: text };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** PEM text, or that of the file at a path. */
function certificatesOf(text: string, { read }: Sources): Found {
  if (text.includes(CERTIFICATE)) return { value: text };
  try {
    const value = read(text, "project");
    if (value.includes(CERTIFICATE)) return { value };
    return { problem: `there is no "${CERTIFICATE}" in it` };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "it may not be read",
  EISDIR: "it is a folder",
};

/** The reason alone: Node's message repeats the path, and what was meant as a path may be the secret itself. */
function problemOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return PROBLEMS[code] ?? (code === "" ? "it cannot be opened" : `it cannot be opened (${code})`);
}

function milliseconds(duration: string | undefined): number | undefined {
  const match = /^(\d+)([sm])$/.exec(duration ?? "");
  return match === null ? undefined : Number(match[1]) * (match[2] === "m" ? 60_000 : 1000);
}
