import type { ExceptionItemCreate, ExceptionListCreate, NamespaceType } from "../../kibana/exceptions.js";
import type { RuleCreate } from "../../kibana/rule.js";

/** Where the value of a field comes from. */
export interface FieldOrigin {
  readonly from: "rule" | "default" | "overlay" | "translation" | "derived";
  /** `file:line:column` */
  readonly place: string;
  /** What stands there, as words: `space "soc-emea"` for an overlay, the field that it follows from for a derived one. */
  readonly what?: string;
}

/** A compiled rule that a space shall have. Spaces that want the very same of a rule share the object. */
export interface DesiredRule {
  readonly file: string;
  readonly rule: RuleCreate & { readonly rule_id: string };
  /** For each action the name of its connector; undefined where the author gave the connector's own id. */
  readonly connectors: readonly (string | undefined)[];
  /** By field of `rule`. Worked out when it is first read, and kept: ask only of rules that are shown. */
  readonly origins?: Readonly<Record<string, FieldOrigin>>;
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

/** A value list of the project. Its values are those of the file, in its order, each once. */
export interface DesiredValueList {
  readonly file: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly values: readonly string[];
}

/** What one space shall have. */
export interface Desired {
  readonly space: string;
  readonly rules: readonly DesiredRule[];
  readonly lists: readonly DesiredList[];
  readonly connectors: readonly DesiredConnector[];
  readonly valueLists: readonly DesiredValueList[];
}

/** What a project can put into spaces. */
export interface Deployable {
  readonly lists: readonly DesiredList[];
  readonly connectors: readonly DesiredConnector[];
  readonly valueLists: readonly DesiredValueList[];
  /** `namespace:list_id` of every list that some rule of the project names, wherever that rule goes. */
  readonly listsInUse: ReadonlySet<string>;
}

/**
 * What goes to one space beside its rules: the lists that they name, and those that no rule of the project names
 * (somebody wrote the file for rules made elsewhere); the value lists that items of these ask, and those that no item of
 * the project asks; and the connectors that the rules name, no others, since each costs secrets.
 */
export function desiredFor(space: string, rules: readonly DesiredRule[], project: Deployable): Desired {
  const named = new Set(rules.flatMap((rule) => (rule.rule.exceptions_list ?? []).map(listKey)));
  const connectors = new Set(rules.flatMap((rule) => rule.connectors));
  const lists = project.lists.filter(
    ({ list }) => named.has(listKey(list)) || !project.listsInUse.has(listKey(list)),
  );
  const asked = new Set(lists.flatMap(valueListsAsked));
  const askedAnywhere = new Set(project.lists.flatMap(valueListsAsked));
  return {
    space,
    rules,
    lists,
    connectors: project.connectors.filter(({ name }) => connectors.has(name)),
    valueLists: project.valueLists.filter(({ id }) => asked.has(id) || !askedAnywhere.has(id)),
  };
}

/** The ids of the value lists that the items of an exception list ask. */
function valueListsAsked({ items }: DesiredList): string[] {
  return items.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.type === "list" ? [entry.list.id] : [])),
  );
}

/** The text by which a list is known here: lists of different namespaces may share a `list_id`. */
export function listKey(list: { readonly list_id: string; readonly namespace_type: string }): string {
  return `${list.namespace_type}:${list.list_id}`;
}
