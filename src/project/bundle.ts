import type { BundleConnector, BundleList, BundleRule } from "../bundle/index.js";
import type { CompiledRule } from "../rule/index.js";
import { compileContext } from "./compile.js";
import type { Project } from "./project.js";

/** Compiled rules as bundles take them. */
export function bundleRules(compiled: readonly CompiledRule[]): BundleRule[] {
  return compiled.map(({ source, rule }) => ({ file: source.file, rule }));
}

/** The project's exception lists in the form of the API, with their items. Files with mistakes are left out. */
export function bundleLists(project: Project): BundleList[] {
  return [...project.exceptionLists.values()]
    .filter((list) => !list.broken)
    .map(({ authored }) => {
      const { items, type = "detection", namespace_type = "single", ...list } = authored;
      return {
        list: { ...list, type, namespace_type },
        items: items.map(({ comments, ...item }) => ({
          ...item,
          type: "simple",
          list_id: list.list_id,
          namespace_type,
          ...(comments === undefined
            ? {}
            : { comments: comments.map((comment) => (typeof comment === "string" ? { comment } : comment)) }),
        })),
      };
    });
}

/** The project's connectors without their secrets. */
export function bundleConnectors(project: Project): BundleConnector[] {
  const { connectors } = compileContext(project);
  return [...project.connectors.values()]
    .filter((connector) => !connector.broken)
    .map(({ authored: { name, connector_type_id, config = {}, secrets = {} } }) => ({
      id: connectors.get(name)!.id,
      name,
      connector_type_id,
      config,
      needsSecrets: Object.keys(secrets).length > 0,
    }));
}
