import { bundleLists, type Project, SpaceCompiler, type SpaceSettings } from "../../project/index.js";
import { Locator } from "../../report/index.js";
import type { CompiledRule } from "../../rule/index.js";
import {
  type Deployable,
  type Desired,
  type DesiredConnector,
  type DesiredList,
  type DesiredRule,
  type DesiredValueList,
  desiredFor,
  listKey,
} from "./desired.js";
import { LocatedRule } from "./located-rule.js";

/**
 * What each of the given spaces shall have of a project: its rules, and the lists and connectors that they need.
 *
 * @param compiled the project's rules, where they are compiled already, in its own language
 */
export function desiredSpaces(
  project: Project,
  spaces: readonly SpaceSettings[],
  locale?: string,
  compiled?: readonly CompiledRule[],
): Desired[] {
  const isOwn = locale === undefined || locale === project.settings.locale;
  const compiler = new SpaceCompiler(project, { locale }, isOwn ? compiled : undefined);
  const deployable: Deployable = {
    lists: listsOf(project),
    connectors: connectorsOf(project),
    valueLists: valueListsOf(project),
    listsInUse: new Set(compiler.rules.flatMap(({ rule }) => (rule.exceptions_list ?? []).map(listKey))),
  };
  const locator = new Locator(project.documents);
  const made = new Map<CompiledRule, DesiredRule>();
  const desiredRule = (compiled: CompiledRule): DesiredRule => {
    const known = made.get(compiled) ?? new LocatedRule(compiled, locator);
    made.set(compiled, known);
    return known;
  };
  return spaces.map((space) => desiredFor(space.id, compiler.rulesOf(space).map(desiredRule), deployable));
}

function listsOf(project: Project): DesiredList[] {
  return bundleLists(project).map(({ list, items }) => {
    const { file } = project.exceptionLists.get(list.list_id)!;
    return { file, list, items } as DesiredList;
  });
}

/** Connectors with their secrets as names of variables. */
function connectorsOf(project: Project): DesiredConnector[] {
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

function valueListsOf(project: Project): DesiredValueList[] {
  return [...project.valueLists.values()]
    .filter((list) => !list.broken)
    .map(({ file, id, name, description, type, values }) => ({ file, id, name, description, type, values }));
}
