import { join } from "node:path";
import { type Diagnostic, report } from "../diagnostics/index.js";
import { type Entry, type Host, isFile } from "./host.js";
import { isInside } from "./root.js";

/** Folders that never hold detections, wherever they stand. */
const SKIPPED = new Set(["node_modules", "dist"]);
/** Deeper folders are not walked: a loop of links would never end. */
const MAX_DEPTH = 32;

export interface Discovery {
  /** Files found, as paths from the root with forward slashes, sorted. */
  readonly files: readonly string[];
  /** What is there and cannot be read, or must not: nobody knows what it holds. */
  readonly unread: readonly { readonly path: string; readonly kind: "file" | "folder" }[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Every file at or below the given places (paths from the root with forward slashes; a place may be a file). Hidden
 * folders, `node_modules` and `dist` are left out. A symbolic link is followed only within the project; one that
 * leads out of it is a finding, and what it leads to is not read.
 */
export function discover(host: Host, root: string, places: readonly string[]): Discovery {
  const files = new Set<string>();
  const unread: Discovery["unread"][number][] = [];
  const diagnostics: Diagnostic[] = [];
  const unreadable = (path: string, kind: "file" | "folder", reason: string): void => {
    diagnostics.push(report("file/unreadable", { file: path, reason }, { file: path }));
    unread.push({ path, kind });
  };
  const realRoot = host.real(root);
  const seen = new Set<string>();

  const leadsOut = (path: string, kind: "file" | "folder"): boolean => {
    if (isInside(realRoot, host.real(join(root, path)))) return false;
    diagnostics.push(report("project/outside", { path }, { file: path }));
    unread.push({ path, kind });
    return true;
  };
  const walk = (folder: string, entries: readonly Entry[], depth: number): void => {
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith(".")) continue;
      if (entry.kind === "other") {
        // A link to nothing; sockets and the like are nobody's detections.
        if (entry.link) unreadable(path, "file", "the link leads nowhere");
      } else if (entry.kind === "file") {
        if (!entry.link || !leadsOut(path, "file")) files.add(path);
      } else if (SKIPPED.has(entry.name)) continue;
      else if (depth >= MAX_DEPTH) unreadable(path, "folder", `it lies more than ${MAX_DEPTH} folders deep`);
      else if (!entry.link || !leadsOut(path, "folder")) enter(path, depth + 1);
    }
  };
  const enter = (folder: string, depth: number): void => {
    const real = host.real(join(root, folder));
    if (seen.has(real)) return;
    seen.add(real);
    try {
      const entries = host.list(join(root, folder));
      if (entries !== undefined) walk(folder, entries, depth);
    } catch (error) {
      unreadable(folder, "folder", (error as Error).message);
    }
  };

  for (const place of places) {
    const path = place === "." ? "" : place;
    if (isFolder(host, join(root, path))) enter(path, 0);
    else if (isFile(host, join(root, path))) {
      if (!leadsOut(path, "file")) files.add(path);
    }
  }
  return { files: [...files].sort(), unread, diagnostics };
}

/** Whether there is a folder, readable or not. */
function isFolder(host: Host, path: string): boolean {
  try {
    return host.list(path) !== undefined;
  } catch {
    return true;
  }
}
