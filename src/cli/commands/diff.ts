import { jsonText } from "../../report/index.js";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { validate } from "../../lint/index.js";
import { type Host, loadProject, LocationError, type Project } from "../../project/index.js";
import { renderReviewMarkdown } from "../../review/markdown.js";
import { review } from "../../review/review.js";
import { emptyRevision, type Revision, revisionOf } from "../../review/revision.js";
import { renderReview } from "../../review/text.js";
import type { Review, Side } from "../../review/types.js";
import { showFindings } from "../findings.js";
import { type Commit, commitOf, gitHost, mergeBase, type Repository, repositoryOf } from "../git.js";
import { Exit, type Io, UsageError } from "../io.js";
import type { CommonOptions } from "../program.js";
import { openProject } from "../project.js";

export interface DiffOptions extends CommonOptions {
  readonly base: string;
  readonly head?: string;
  readonly env?: string;
  readonly exitCode?: boolean;
  readonly format: "pretty" | "json" | "markdown";
}

/** `kdac diff`: what changes between two revisions of the detections, by meaning and not by lines. */
export function diff(io: Io, paths: readonly string[], options: DiffOptions): Exit {
  const made = reviewOf(io, paths, options);
  if (made === undefined) return Exit.Findings;
  if (options.format === "json") io.out(jsonText(made));
  else if (options.format === "markdown") io.out(renderReviewMarkdown(made));
  else io.out(renderReview(made, io.palette));
  const { changes, spaces } = made;
  const count = changes.length + spaces.added.length + spaces.removed.length;
  return options.exitCode === true && count > 0 ? Exit.Changes : Exit.Clean;
}

/** Compares the revisions; a head with errors has its findings printed instead. */
export function reviewOf(
  io: Io,
  paths: readonly string[],
  options: Omit<DiffOptions, "format">,
): Review | undefined {
  const repository = repositoryOf(io.cwd);
  // Git tells paths without links, so the files are looked at from there too.
  const here: Io = { ...io, cwd: repository.folder };
  const base = commitOf(repository, options.base);
  const head = options.head === undefined ? undefined : commitOf(repository, options.head);
  const project =
    head === undefined
      ? openProject(here, [], options)
      : load(gitHost(repository, head, io.env), repository.folder, options.config);
  const { diagnostics, ok } = validate(project);
  if (!ok) return showFindings(io, project, diagnostics);
  const from = head === undefined ? sharedWith(repository, base) : base;
  const old = projectAt(repository, gitHost(repository, from, io.env), project);
  needEnvironment(options.env, [project, ...(old === undefined ? [] : [old])]);
  const side: Side = { label: from.label, commit: from.hash };
  const before: Revision = old === undefined ? emptyRevision(side) : revisionOf(old, side, options.env);
  const after = revisionOf(
    project,
    { label: head?.label ?? "working tree", commit: head?.hash ?? null },
    options.env,
  );
  const covers = coversOf(paths, here.cwd, project.location.root);
  return review({ project: project.settings.name, base: before, head: after, covers });
}

/** What the working tree is compared with: where its branch left the base, since what came to the base later is not its change. */
function sharedWith(repository: Repository, base: Commit): Commit {
  return mergeBase(repository, base, commitOf(repository, "HEAD")) ?? base;
}

/** The project as it was, at the same place of the repository; undefined where it was not there. */
function projectAt({ top }: Repository, host: Host, head: Project): Project | undefined {
  const { root, configFile } = head.location;
  if (relative(top, root).startsWith("..")) {
    throw new UsageError(
      `the project in ${root} is not in the repository of the working folder; run kdac in it`,
    );
  }
  try {
    return loadProject(host, {
      cwd: root,
      config: configFile,
    });
  } catch (error) {
    if (error instanceof LocationError) return undefined;
    throw error;
  }
}

function load(host: Host, cwd: string, config: string | undefined): Project {
  try {
    return loadProject(host, { cwd, config });
  } catch (error) {
    if (error instanceof LocationError) throw new UsageError(error.message);
    throw error;
  }
}

function needEnvironment(name: string | undefined, projects: readonly Project[]): void {
  const names = new Set(projects.flatMap(({ config }) => Object.keys(config.environments ?? {})));
  if (name === undefined || names.has(name)) return;
  const known = names.size === 0 ? "the configuration has none" : `there are ${[...names].join(", ")}`;
  throw new UsageError(`there is no environment "${name}": ${known}`);
}

/** Whether a file of the project, of either side, is at or below one of the paths. */
function coversOf(paths: readonly string[], cwd: string, root: string): (file: string) => boolean {
  const asked = paths.map((path) => {
    const way = relative(root, resolve(cwd, path));
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw new UsageError(`${path} lies outside the project in ${root}`);
    return way.split(sep).join("/");
  });
  return (file) =>
    asked.length === 0 || asked.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
}
