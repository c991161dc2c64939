import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/**
 * js-yaml 5.5.0 makes its parser state by spreading option objects, which V8 keeps as a dictionary: each step of the parser then
 * looks its fields up by name. Written out, the same object parses a third faster, and parsing is most of what validating
 * costs. The build fails when the text is not what it was, so that a new version is looked at anew.
 */
export const plainYamlState: Plugin = {
  name: "plain-yaml-state",
  setup(build) {
    build.onLoad({ filter: /js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const parts = text.split(SPREAD);
      if (parts.length !== 2) throw new Error(`${path} is another version: see scripts/plain-yaml-state.ts`);
      return { contents: parts.join(PLAIN), loader: "js" };
    });
  },
};

const SPREAD = `	const state = {
		...DEFAULT_PARSER_OPTIONS,
		...options,
		input:`;
const PLAIN = `	const merged = { ...DEFAULT_PARSER_OPTIONS, ...options };
	const state = {
		filename: merged.filename,
		maxDepth: merged.maxDepth,
		input:`;
