/** What an analyst does, as data: a fault's script can say it. */
import { type Analyst, UiRefusal } from "./analyst.js";

type Json = Readonly<Record<string, unknown>>;

export type Deed =
  | { readonly act: "save-rule"; readonly rule_id: string; readonly change?: Json }
  | { readonly act: "create-rule"; readonly rule: Json }
  | {
      readonly act: "enable-rule" | "disable-rule" | "duplicate-rule" | "delete-rule";
      readonly rule_id: string;
    }
  | { readonly act: "add-tags"; readonly rule_id: string; readonly tags: readonly string[] }
  | { readonly act: "add-exception"; readonly rule_id: string; readonly item: Json }
  | { readonly act: "link-list"; readonly rule_id: string; readonly list_id: string }
  | { readonly act: "create-list"; readonly list: Json }
  | { readonly act: "edit-list"; readonly list_id: string; readonly change: Json }
  | { readonly act: "delete-list"; readonly list_id: string }
  | { readonly act: "add-item"; readonly list_id: string; readonly item: Json }
  | {
      readonly act: "edit-item";
      readonly item_id: string;
      readonly change?: Json;
      readonly comment?: string;
    }
  | { readonly act: "delete-item"; readonly item_id: string }
  | { readonly act: "add-value" | "delete-value"; readonly list_id: string; readonly value: string };

/** Does it. Resolves to whether Kibana let it be done. */
export async function perform(analyst: Analyst, deed: Deed): Promise<boolean> {
  try {
    await attempt(analyst, deed);
    return true;
  } catch (error) {
    if (error instanceof UiRefusal) return false;
    throw error;
  }
}

async function attempt(analyst: Analyst, deed: Deed): Promise<unknown> {
  switch (deed.act) {
    case "save-rule":
      return analyst.saveRule(deed.rule_id, deed.change);
    case "create-rule":
      return analyst.createRule(deed.rule);
    case "enable-rule":
      return analyst.enable(deed.rule_id);
    case "disable-rule":
      return analyst.disable(deed.rule_id);
    case "duplicate-rule":
      return analyst.duplicate(deed.rule_id);
    case "delete-rule":
      return analyst.deleteRule(deed.rule_id);
    case "add-tags":
      return analyst.bulkAddTags([deed.rule_id], deed.tags);
    case "add-exception":
      return analyst.addException(deed.rule_id, deed.item);
    case "link-list":
      return analyst.linkList(deed.rule_id, deed);
    case "create-list":
      return analyst.createList(deed.list);
    case "edit-list":
      return analyst.editList(deed, deed.change);
    case "delete-list":
      return analyst.deleteList(deed);
    case "add-item":
      return analyst.addItem(deed.list_id, deed.item);
    case "edit-item":
      return analyst.editItem(
        deed.item_id,
        deed.change ?? {},
        deed.comment === undefined ? {} : { comment: deed.comment },
      );
    case "delete-item":
      return analyst.deleteItem(deed.item_id);
    case "add-value":
      return analyst.addValue(deed.list_id, deed.value);
    case "delete-value":
      return analyst.deleteValue(deed.list_id, deed.value);
  }
}
