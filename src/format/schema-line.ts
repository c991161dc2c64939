import { join, posix } from "node:path";
import { type Host, isFile } from "../project/host.js";

/** The package that carries the schemas. */
export const PACKAGE = "kibana-detections-as-code";

/** Kinds of files that have a schema, by the schema's name. */
export type SchemaName = "config" | "connector" | "exceptions" | "fields" | "rule" | "translation" | "values";

/** The comment that tells an editor's YAML language server which schema a file has. */
const LINE = /^#[ \t]*yaml-language-server:[ \t]*\$schema=(\S+)[ \t]*$/;

/**
 * The folder of the schemas, from the project's root: the project's own, else those of the installed package, where
 * `package.json` names it. Only what is under version control decides, so that a laptop and CI agree.
 */
export function schemaFolder(host: Host, root: string): string | undefined {
  if (isFile(host, join(root, "schemas/rule.schema.json"))) return "schemas";
  return dependsOnPackage(host, root) ? `node_modules/${PACKAGE}/schemas` : undefined;
}

/** The line for a file, both paths from the project's root. */
export function schemaLine(file: string, folder: string, schema: SchemaName): string {
  const target = posix.join(folder, `${schema}.schema.json`);
  return `# yaml-language-server: $schema=${posix.relative(posix.dirname(file), target)}`;
}

/** The schema that a line of a file names; undefined for any other line. */
export function schemaNamed(line: string): string | undefined {
  return LINE.exec(line)?.[1];
}

function dependsOnPackage(host: Host, root: string): boolean {
  try {
    const manifest = JSON.parse(host.read(join(root, "package.json")) ?? "{}") as Manifest | null;
    return [manifest?.devDependencies, manifest?.dependencies].some(
      (packages) => typeof packages === "object" && packages !== null && Object.hasOwn(packages, PACKAGE),
    );
  } catch {
    // A manifest that cannot be read names nothing.
    return false;
  }
}

interface Manifest {
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
}
