import { posix } from "node:path";
import type { Entry, Host } from "../../src/project/host.js";

/** A disk made of a map from absolute path to text; `links` maps a path to the real path that it leads to. */
export function memoryHost(
  files: Readonly<Record<string, string>>,
  options: { env?: Host["env"]; links?: Readonly<Record<string, string>> } = {},
): Host {
  const links = options.links ?? {};
  const real = (path: string): string => {
    for (const [link, target] of Object.entries(links)) {
      if (path === link || path.startsWith(`${link}/`)) return target + path.slice(link.length);
    }
    return path;
  };
  const everything = [...Object.keys(files), ...Object.keys(links)];
  return {
    env: options.env ?? {},
    real,
    read: (file) => files[real(file)],
    list(folder) {
      const prefix = real(folder) === "/" ? "/" : `${real(folder)}/`;
      const names = new Set(
        everything
          .filter((path) => path.startsWith(prefix))
          .map((path) => path.slice(prefix.length).split("/")[0]!),
      );
      if (names.size === 0) return undefined;
      return [...names].map((name): Entry => {
        const path = posix.join(real(folder), name);
        return { name, kind: files[real(path)] === undefined ? "folder" : "file", link: path in links };
      });
    },
  };
}
