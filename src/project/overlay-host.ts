import { basename, dirname, join } from "node:path";
import type { Entry, Host } from "./host.js";

/**
 * A host as it would be with other texts in some files: a project is checked as it is to be before anything is written.
 *
 * @param texts by absolute path; the files need not exist
 */
export function overlayHost(host: Host, texts: ReadonlyMap<string, string>): Host {
  /** What the texts add to each folder, by its path. */
  const added = new Map<string, Map<string, Entry>>();
  for (const file of texts.keys()) {
    let kind: Entry["kind"] = "file";
    for (let path = file; dirname(path) !== path; path = dirname(path)) {
      const entries = added.get(dirname(path)) ?? new Map<string, Entry>();
      added.set(dirname(path), entries);
      entries.set(basename(path), { name: basename(path), kind, link: false });
      kind = "folder";
    }
  }
  const real = (path: string): string => {
    try {
      return host.real(path);
    } catch (error) {
      if (!texts.has(path) && !added.has(path)) throw error;
      return join(real(dirname(path)), basename(path));
    }
  };
  return {
    env: host.env,
    real,
    read: (file) => texts.get(file) ?? host.read(file),
    list(folder) {
      const there = host.list(folder);
      const more = added.get(folder);
      if (there === undefined) return more === undefined ? undefined : [...more.values()];
      const names = new Set(there.map(({ name }) => name));
      return [...there, ...[...(more?.values() ?? [])].filter(({ name }) => !names.has(name))];
    },
  };
}
