import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { posix, relative, resolve, sep } from "node:path";
import type { Entry, Host } from "../project/host.js";
import { UsageError } from "./io.js";

/** Files that a project is made of; they are read from git in one go. */
const LIKELY = /\.(?:ya?ml|md|txt|csv)$/;
/** The modes of git's trees that are plain files; links and submodules lead elsewhere and are not followed. */
const FILE_MODES = new Set(["100644", "100755"]);

/** A git repository, seen from a folder in it. */
export interface Repository {
  /** Absolute path of its top. */
  readonly top: string;
  /** The folder, absolute and without links. */
  readonly folder: string;
}

/** A commit, and how it was asked for. */
export interface Commit {
  readonly label: string;
  readonly hash: string;
}

/**
 * The repository that a folder lies in.
 *
 * @throws UsageError where it lies in none, or where git cannot be run.
 */
export function repositoryOf(folder: string): Repository {
  const real = realpathSync(folder);
  const prefix = git(real, ["rev-parse", "--show-prefix"]);
  if (prefix.status !== 0) {
    throw new UsageError(`${folder} is in no git repository, so there is no revision to compare with`);
  }
  const depth = prefix.text
    .trim()
    .split("/")
    .filter((part) => part !== "").length;
  return { top: resolve(real, ...Array<string>(depth).fill("..")), folder: real };
}

/**
 * The commit that a revision names.
 *
 * @throws UsageError where the repository does not have it, which says so when it is shallow.
 */
export function commitOf({ top }: Repository, label: string): Commit {
  const found = git(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${label}^{commit}`]);
  if (found.status === 0) return { label, hash: found.text.trim() };
  const isShallow = git(top, ["rev-parse", "--is-shallow-repository"]).text.trim() === "true";
  const help = isShallow
    ? "the clone is shallow; fetch the whole history: in a GitHub workflow, fetch-depth: 0 at actions/checkout; elsewhere, git fetch --unshallow"
    : "git fetch may bring it; branches of a remote are named like origin/main";
  throw new UsageError(`git knows no revision "${label}": ${help}`);
}

/** The last commit that both have, which is what a pull request is compared with; undefined where there is none. */
export function mergeBase({ top }: Repository, one: Commit, other: Commit): Commit | undefined {
  const found = git(top, ["merge-base", one.hash, other.hash]);
  return found.status === 0 ? { label: one.label, hash: found.text.trim() } : undefined;
}

/** The files of a commit as a host, at the paths where a checkout would have them. Nothing is checked out. */
export function gitHost({ top }: Repository, { hash }: Commit, env: Host["env"]): Host {
  const files = treeOf(top, hash);
  const texts = contentsOf(
    top,
    [...files].filter(([path]) => LIKELY.test(path)).map(([, oid]) => oid),
  );
  const folders = foldersOf(files.keys());
  const inTree = (path: string): string => relative(top, path).split(sep).join("/");
  return {
    env,
    real: (path) => path,
    list: (folder) => folders.get(inTree(folder)),
    read(file) {
      const oid = files.get(inTree(file));
      if (oid === undefined) return undefined;
      const bytes = texts.get(oid) ?? contentsOf(top, [oid]).get(oid);
      if (bytes === undefined) throw new Error("git does not have its content");
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    },
  };
}

/** The plain files of a commit, from path to the id of their content. */
function treeOf(top: string, hash: string): Map<string, string> {
  const { status, text } = git(top, ["ls-tree", "-r", "-z", "--full-tree", hash]);
  if (status !== 0) throw new UsageError(`git cannot list the files of ${hash}`);
  return new Map(
    text
      .split("\0")
      .map((line) => /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line))
      .filter((match) => match !== null && FILE_MODES.has(match[1]!))
      .map((match) => [match![3]!, match![2]!]),
  );
}

function foldersOf(paths: Iterable<string>): Map<string, Entry[]> {
  const folders = new Map<string, Entry[]>([["", []]]);
  const enter = (path: string, kind: Entry["kind"]): void => {
    const folder = posix.dirname(path) === "." ? "" : posix.dirname(path);
    if (!folders.has(folder)) {
      folders.set(folder, []);
      enter(folder, "folder");
    }
    folders.get(folder)!.push({ name: posix.basename(path), kind, link: false });
  };
  for (const path of paths) enter(path, "file");
  return folders;
}

/** Reads contents by their ids, all by one run of git. */
function contentsOf(top: string, oids: readonly string[]): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  if (oids.length === 0) return contents;
  const input = `${[...new Set(oids)].join("\n")}\n`;
  const { stdout } = spawnSync("git", ["cat-file", "--batch"], { cwd: top, input, maxBuffer: Infinity });
  // `<oid> blob <size>\n<content>\n`, or `<oid> missing\n`.
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf(10, at);
    const [oid, , size] = stdout.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (size === undefined) continue;
    contents.set(oid!, stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

function git(cwd: string, args: readonly string[]): { status: number | null; text: string } {
  const { status, stdout, error } = spawnSync("git", args, { cwd, maxBuffer: Infinity });
  if (error !== undefined) throw new UsageError(`git cannot be run: ${error.message}`);
  return { status, text: stdout.toString("utf8") };
}
