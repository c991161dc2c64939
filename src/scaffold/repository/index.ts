import { configText } from "./config.js";
import { editorExtensions, editorSettings } from "./editor.js";
import { packageText, withDependency } from "./package-json.js";
import { readmeText } from "./readme.js";
import { SAMPLE_RULE, sampleRuleText } from "./sample-rule.js";
import { deployWorkflow, driftWorkflow, validateWorkflow } from "./workflows.js";

/** What a new project is made with. */
export interface RepositoryOptions {
  /** The project's name: letters, digits, dots, `_` and `-`. */
  readonly name: string;
  /** The version of kdac to depend on. */
  readonly version: string;
  /** Makes ids of rules. */
  readonly uuid: () => string;
}

/** A file of a new project. */
export interface RepositoryFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /**
   * What becomes of a file that is there already and says something else: its text with what this project needs added, the same text
   * where it is left alone, or undefined where both cannot be had. A file without this is never taken over.
   */
  readonly join?: (there: string) => string | undefined;
}

const IGNORED = ["node_modules/", "dist/", ".kdac/"];

/** The files of a detections repository, which validates and builds as it is. */
export function repositoryFiles({ name, version, uuid }: RepositoryOptions): RepositoryFile[] {
  return [
    { path: "kdac.config.yml", text: configText(name) },
    { path: SAMPLE_RULE, text: sampleRuleText(uuid()) },
    { path: ".github/workflows/validate.yml", text: validateWorkflow },
    { path: ".github/workflows/deploy.yml", text: deployWorkflow },
    { path: ".github/workflows/drift.yml", text: driftWorkflow },
    { path: ".vscode/settings.json", text: editorSettings() },
    { path: ".vscode/extensions.json", text: editorExtensions, join: (there) => there },
    { path: ".gitignore", text: `${IGNORED.join("\n")}\n`, join: withIgnored },
    {
      path: "package.json",
      text: packageText(name, version),
      join: (there) => withDependency(there, version),
    },
    { path: "README.md", text: readmeText(name), join: (there) => there },
  ];
}

/** The text with the lines that it lacks. */
function withIgnored(there: string): string {
  const lines = new Set(there.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, "")));
  const missing = IGNORED.filter((line) => !lines.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return there;
  return `${there}${there === "" || there.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`;
}
