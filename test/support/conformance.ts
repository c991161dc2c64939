import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe } from "vitest";
import { root } from "./source-tree.js";

/** Cases that carry other licences stand outside the repository. */
export const conformanceFolder = resolve(root, process.env.KDAC_CONFORMANCE ?? "../shared/conformance");

/** A suite over cases in the conformance folder; where they are absent it is skipped, and says so. */
export function describeConformance(name: string, part: string, suite: (folder: string) => void): void {
  const folder = join(conformanceFolder, part);
  if (existsSync(folder)) describe(name, () => suite(folder));
  else {
    console.warn(
      `SKIPPED: ${name}: there is no ${folder}; set KDAC_CONFORMANCE to the folder with the cases`,
    );
    describe.skip(`${name} (no ${part} in the conformance folder)`, () => undefined);
  }
}

/** The files of a conformance folder with an ending, with their texts. */
export function conformanceFiles(folder: string, ending: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}
