import { PACKAGE } from "../../format/index.js";
import { isJson, parseJson } from "../../json/index.js";

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
  const manifest = parseJson(text);
  if (!isJson(manifest)) return undefined;
  const { dependencies, devDependencies = {} } = manifest;
  if (!isJson(devDependencies)) return undefined;
  if ([dependencies, devDependencies].some((packages) => isJson(packages) && PACKAGE in packages))
    return text;
  const sorted = Object.entries({ ...devDependencies, [PACKAGE]: version }).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const next = { ...manifest, devDependencies: Object.fromEntries(sorted) };
  const indent = /^\{\s*\n([ \t]+)"/.exec(text)?.[1] ?? 2;
  return `${JSON.stringify(next, null, indent)}\n`;
}
