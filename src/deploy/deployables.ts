import { type Project, rulesOf, type SpaceSettings } from "../project/index.js";
import {
  type Deployable,
  type Desired,
  type DesiredConnector,
  type DesiredList,
  desiredFor,
  listKey,
} from "./desired.js";

/** What each of the given spaces shall have of a project: its rules, and the lists and connectors that they need. */
export function desiredSpaces(
  project: Project,
  spaces: readonly SpaceSettings[],
  locale?: string,
): Desired[] {
  const bySpace = spaces.map((space) => ({
    space: space.id,
    rules: rulesOf(project, space, { locale }).map(({ source, rule, connectors }) => ({
      file: source.file,
      rule,
      connectors,
    })),
  }));
  const everywhere = rulesOf(project, undefined);
  const deployable: Deployable = {
    lists: listsOf(project),
    connectors: connectorsOf(project),
    listsInUse: new Set(everywhere.flatMap(({ rule }) => (rule.exceptions_list ?? []).map(listKey))),
  };
  return bySpace.map(({ space, rules }) => desiredFor(space, rules, deployable));
}

/** The exception lists that the project declares, in the form of the API. Files with mistakes are left out. */
export function listsOf(project: Project): DesiredList[] {
  return [...project.exceptionLists.values()]
    .filter((list) => !list.broken)
    .map(({ file, authored }) => {
      const { items = [], type = "detection", namespace_type = "single", ...list } = authored;
      return {
        file,
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
      } as DesiredList;
    });
}

/** The connectors that the project declares; their secrets stay names of variables. */
export function connectorsOf(project: Project): DesiredConnector[] {
  return [...project.connectors.values()]
    .filter((connector) => !connector.broken)
    .map(({ file, authored: { name, connector_type_id, id, config = {}, secrets = {} } }) => ({
      file,
      name,
      connector_type_id,
      ...(id === undefined ? {} : { id }),
      config,
      secrets: secrets as Record<string, string>,
    }));
}
