import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { kdac, type Ran } from "./cli.js";

/** A git repository on the disk. Files that are given as values are written as JSON, which is YAML too. */
export class GitWorld {
  readonly root: string;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), "kdac-git-"));
    this.git("init", "-q", "-b", "main");
  }

  /** Writes files; undefined removes one. */
  write(files: Readonly<Record<string, unknown>>): void {
    for (const [path, value] of Object.entries(files)) {
      const at = join(this.root, path);
      mkdirSync(dirname(at), { recursive: true });
      if (value === undefined) rmSync(at);
      else writeFileSync(at, typeof value === "string" ? value : JSON.stringify(value, undefined, 2));
    }
  }

  /** Writes files and commits all that there is. */
  commit(files: Readonly<Record<string, unknown>>): void {
    this.write(files);
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", "a change");
  }

  git(...args: readonly string[]): string {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"];
    const { status, stdout, stderr } = spawnSync("git", [...who, ...args], {
      cwd: this.root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  run(args: readonly string[], folder = ""): Promise<Ran> {
    return kdac(args, { cwd: join(this.root, folder) });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
