import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Host, isFile } from "./host.js";

export const CONFIG_FILE = "kdac.config.yml";

/** Where a project stands and which of its files a command was asked about. */
export interface Location {
  /** Absolute path of the project's root. */
  readonly root: string;
  /** Absolute path of the configuration file; undefined where the project has none. */
  readonly configFile: string | undefined;
  /** The paths asked for, absolute; empty means the whole project. */
  readonly paths: readonly string[];
}

/** A command line that names files which cannot belong to one project; `message` says what to do. */
export class LocationError extends Error {
  override readonly name = "LocationError";
}

/**
 * Finds the project: the folder of `--config`, else the nearest folder with a `kdac.config.yml` at or above the
 * working folder, or, for paths that lie elsewhere, at or above them. Without a configuration the paths' common
 * folder is the root, so that any folder of rules can be checked.
 */
export function locate(host: Host, cwd: string, paths: readonly string[] = [], config?: string): Location {
  const from = resolve(cwd);
  const asked = paths.map((path) => resolve(from, path));
  if (config !== undefined) {
    const configFile = resolve(from, config);
    if (!isFile(host, configFile)) throw new LocationError(`there is no configuration file at ${config}`);
    return within({ root: dirname(configFile), configFile, paths: asked });
  }
  const here = findConfig(host, from);
  const inside = asked.filter((path) => isInside(here?.root ?? from, path));
  if (inside.length === asked.length)
    return { ...(here ?? { root: from, configFile: undefined }), paths: asked };
  if (inside.length > 0)
    throw new LocationError("the paths lie in different projects; run kdac once for each of them");
  const common = asked.map((path) => folderOf(host, path)).reduce(commonFolder);
  return within({ ...(findConfig(host, common) ?? { root: common, configFile: undefined }), paths: asked });
}

function within(location: Location): Location {
  const outside = location.paths.find((path) => !isInside(location.root, path));
  if (outside !== undefined)
    throw new LocationError(
      `${outside} lies outside the project in ${location.root}; run kdac there or name its --config`,
    );
  return location;
}

function findConfig(host: Host, folder: string): { root: string; configFile: string } | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const configFile = resolve(at, CONFIG_FILE);
    if (isFile(host, configFile)) return { root: at, configFile };
    if (dirname(at) === at) return undefined;
  }
}

function folderOf(host: Host, path: string): string {
  return host.list(path) === undefined ? dirname(path) : path;
}

function commonFolder(a: string, b: string): string {
  let common = a;
  while (!isInside(common, b)) common = dirname(common);
  return common;
}

/** Whether `path` is `folder` or lies below it; both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
