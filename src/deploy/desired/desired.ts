import type { ExceptionItemCreate, ExceptionListCreate, NamespaceType } from "../../kibana/exceptions.js";
import type { RuleCreate } from "../../kibana/rule.js";

/** A compiled rule that a space shall have. */
export interface DesiredRule {
  readonly file: string;
  readonly rule: RuleCreate & { readonly rule_id: string };
  /** For each action the name of its connector; undefined where the author gave the connector's own id. */
  readonly connectors: readonly (string | undefined)[];
}

export type DesiredItem = ExceptionItemCreate & {
  readonly item_id: string;
  readonly namespace_type: NamespaceType;
};

/** An exception list of the project with its items. */
export interface DesiredList {
  readonly file: string;
  readonly list: ExceptionListCreate & { readonly list_id: string; readonly namespace_type: NamespaceType };
  readonly items: readonly DesiredItem[];
}

/** A connector of the project. Its secrets are names of environment variables, as `${NAME}`; their values are never here. */
export interface DesiredConnector {
  readonly file: string;
  readonly name: string;
  readonly connector_type_id: string;
  readonly id?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What one space shall have. */
export interface Desired {
  readonly space: string;
  readonly rules: readonly DesiredRule[];
  readonly lists: readonly DesiredList[];
  readonly connectors: readonly DesiredConnector[];
}

/** What a project can put into spaces. */
export interface Deployable {
  readonly lists: readonly DesiredList[];
  readonly connectors: readonly DesiredConnector[];
  /** `namespace:list_id` of every list that some rule of the project names, wherever that rule goes. */
  readonly listsInUse: ReadonlySet<string>;
}

/**
 * What goes to one space beside its rules: the lists that they name, and those that no rule of the project names
 * (somebody wrote the file for rules made elsewhere); and the connectors that they name, no others, since each costs secrets.
 */
export function desiredFor(space: string, rules: readonly DesiredRule[], project: Deployable): Desired {
  const lists = new Set(rules.flatMap((rule) => (rule.rule.exceptions_list ?? []).map(listKey)));
  const connectors = new Set(rules.flatMap((rule) => rule.connectors));
  return {
    space,
    rules,
    lists: project.lists.filter(
      ({ list }) => lists.has(listKey(list)) || !project.listsInUse.has(listKey(list)),
    ),
    connectors: project.connectors.filter(({ name }) => connectors.has(name)),
  };
}

/** The text by which a list is known here: lists of different namespaces may share a `list_id`. */
export function listKey(list: { readonly list_id: string; readonly namespace_type: string }): string {
  return `${list.namespace_type}:${list.list_id}`;
}
