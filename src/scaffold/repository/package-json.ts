import { PACKAGE } from "../../format/index.js";

type Manifest = Record<string, unknown>;

/** A new `package.json`, whose only purpose is to pin kdac. */
export function packageText(name: string, version: string): string {
  const manifest = {
    name: name.toLowerCase(),
    private: true,
    scripts: { validate: "kdac validate", fmt: "kdac fmt", build: "kdac build" },
    devDependencies: { [PACKAGE]: version },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The text with kdac among what it depends on; undefined where the text is no manifest. Whatever else it says stays. */
export function withDependency(text: string, version: string): string | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(manifest)) return undefined;
  const { dependencies, devDependencies = {} } = manifest;
  if (!isObject(devDependencies)) return undefined;
  if ([dependencies, devDependencies].some((packages) => isObject(packages) && PACKAGE in packages))
    return text;
  const sorted = Object.entries({ ...devDependencies, [PACKAGE]: version }).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const next = { ...manifest, devDependencies: Object.fromEntries(sorted) };
  const indent = /^\{\s*\n([ \t]+)"/.exec(text)?.[1] ?? 2;
  return `${JSON.stringify(next, null, indent)}\n`;
}

function isObject(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
