import { join } from "node:path";
import { diffLines, type FormattedFile, formatProject } from "../../format/index.js";
import { nodeHost } from "../../project/index.js";
import { prettyFindings, render, visible, jsonText } from "../../report/index.js";
import { Exit, type Io } from "../io.js";
import { openProject, type ProjectOptions } from "../project.js";
import { writeFiles } from "../write-files.js";

export interface FmtOptions extends ProjectOptions {
  readonly check?: boolean;
  readonly format: "pretty" | "json";
}

/** Lines of a file's difference that are printed; what is left out is counted. */
const MOST_LINES = 40;

/** `kdac fmt`: rewrites files in the canonical style, or with `--check` says which ones are not in it. */
export function fmt(io: Io, paths: readonly string[], options: FmtOptions): Exit {
  const project = openProject(io, paths, options);
  const { files, diagnostics } = formatProject(project, nodeHost(io.env));
  const check = options.check === true;
  const changed = files.filter(({ action }) => action === "changed");
  const { root } = project.location;
  if (!check) writeFiles(changed.map(({ file, after }) => ({ path: join(root, file), text: after })));
  const summary = {
    files: files.length,
    changed: changed.length,
    refused: files.filter(({ action }) => action === "refused").length,
  };
  if (options.format === "json") {
    const shown = files.map(({ file, action, before, after }) => ({
      file,
      action,
      ...(action === "changed" ? { diff: diffLines(before, after) ?? [] } : {}),
    }));
    const input = { diagnostics, documents: project.documents, rules: project.rules.length };
    const { diagnostics: findings } = JSON.parse(render("json", input)) as { diagnostics: unknown };
    io.out(jsonText({ version: 1, check, summary, files: shown, diagnostics: findings }));
  } else {
    io.out(prettyFindings({ diagnostics, documents: project.documents }, io.palette));
    if (diagnostics.length > 0) io.out("\n");
    for (const file of changed) io.out(check ? difference(io, file) : `Formatted ${visible(file.file)}\n`);
    io.out(`${sentence(summary, check)}\n`);
  }
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return failed || (check && changed.length > 0) ? Exit.Findings : Exit.Clean;
}

function difference({ palette }: Io, { file, before, after }: FormattedFile): string {
  const lines = diffLines(before, after) ?? ["(almost everything changes)"];
  const shown = lines.slice(0, MOST_LINES).map((line) => {
    const paint = { "+": palette.green, "-": palette.red, "@": palette.cyan }[line.charAt(0)];
    const text = line.slice(0, 1) + visible(line.slice(1));
    return paint === undefined ? text : paint(text);
  });
  const more = lines.length - MOST_LINES;
  if (more > 0) shown.push(palette.dim(`… ${more} more lines`));
  return `${palette.bold(visible(file))} is not formatted\n${shown.map((line) => `  ${line}\n`).join("")}\n`;
}

function sentence(counts: { files: number; changed: number; refused: number }, check: boolean): string {
  const { files, changed, refused } = counts;
  const plural = (count: number) => `${count} file${count === 1 ? "" : "s"}`;
  const same = files - changed - refused;
  return [
    changed > 0 ? `${plural(changed)} ${check ? "would change; run kdac fmt" : "formatted"}` : "",
    refused > 0 ? `${plural(refused)} left alone because of errors` : "",
    same > 0 || files === 0 ? `${plural(same)} in order` : "",
  ]
    .filter((part) => part !== "")
    .join(", ")
    .concat(".");
}
