import type { Desired, DesiredRule } from "../deploy/desired/desired.js";
import { canonical } from "../deploy/form/canonical.js";
import { comparable, referencesOf, unknownFields } from "../deploy/form/comparable.js";
import * as form from "../deploy/form/parts.js";
import type { Kind } from "../deploy/plan/types.js";
import type { Json } from "../json/index.js";

/** An object of one side, in the form in which it is compared. */
export interface ReviewObject {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** What is compared. */
  readonly view: Json;
  /** `view` as one text, the same for what is the same. */
  readonly text: string;
  /** Of rules: the rule as Kibana takes it, with connectors' names for their ids. */
  readonly rule?: Json;
  /** Of exception items: the list that they are in. */
  readonly list?: string;
  /** Of value lists. */
  readonly values?: readonly string[];
}

/** The translations of a rule's file, by locale. */
export type TextsOf = (file: string) => Json;

/** Objects by a key that both sides share, whatever files they are in. */
export type Objects = ReadonlyMap<string, ReviewObject>;

/** The form of a rule, for every space that wants the very same of it. */
const knownRules = new WeakMap<object, ReviewObject>();

/** What a space shall have, to be compared. Identity is that of Kibana: a rule_id, a list_id, a connector's name. */
export function objectsOf(desired: Desired, textsOf: TextsOf): Objects {
  const { rules, lists, connectors, valueLists } = desired;
  const all = [
    ...connectors.map(({ file, name, connector_type_id, id, config, secrets }) =>
      // Secrets are names of variables; their values are nowhere in the project.
      object({ kind: "connector", id: name, name, file }, { connector_type_id, id, config, secrets }),
    ),
    ...valueLists.map(({ file, id, name, description, type, values }) => ({
      ...object({ kind: "value-list", id, name, file }, { name, description, type }),
      values,
    })),
    ...lists.flatMap(({ file, list, items }) => {
      const { list_id, ...rest } = list;
      return [
        object({ kind: "exception-list", id: list_id, name: list.name, file }, sorted(rest)),
        ...items.map((item) => itemObject(file, list_id, { ...item })),
      ];
    }),
    ...rules.map((rule) => ruleObject(rule, textsOf)),
  ];
  return new Map(all.map((one) => [`${one.kind}/${one.list ?? ""}/${one.id}`, one]));
}

function ruleObject(desired: DesiredRule, textsOf: TextsOf): ReviewObject {
  const known = knownRules.get(desired.rule);
  if (known?.file === desired.file) return known;
  const { file, connectors } = desired;
  const rule: Json = { ...desired.rule };
  const { meta } = desired.rule;
  const named = (desired.rule.actions ?? []).map((action, i) => ({
    ...action,
    id: connectors[i] ?? action.id,
  }));
  const sent: Json = rule["actions"] === undefined ? rule : { ...rule, actions: named };
  const shown = named.map(({ id, ...rest }) => ({ ...rest, connector: id }));
  const view = {
    ...comparable(rule["actions"] === undefined ? rule : { ...rule, actions: shown }),
    exceptions_list: form.set(referencesOf(rule).map(({ id: _, ...reference }) => reference)),
    ...unknownFields(rule),
    meta,
    translations: textsOf(file),
  };
  const made = {
    ...object({ kind: "rule", id: desired.rule.rule_id, name: desired.rule.name, file }, view),
    rule: sent,
  };
  knownRules.set(desired.rule, made);
  return made;
}

function itemObject(
  file: string,
  list: string,
  item: Json & { item_id: string; name: string },
): ReviewObject {
  const { item_id, list_id: _, ...rest } = item;
  return { ...object({ kind: "exception-item", id: item_id, name: item.name, file }, sorted(rest)), list };
}

/** Without order where it has no meaning. */
function sorted(value: Json): Json {
  return { ...value, tags: form.set(value["tags"]), os_types: form.set(value["os_types"]) };
}

function object(head: Pick<ReviewObject, "kind" | "id" | "name" | "file">, view: Json): ReviewObject {
  return { ...head, view, text: canonical(view) };
}
