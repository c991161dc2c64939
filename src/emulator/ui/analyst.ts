/** Somebody who works in Kibana's pages: each deed sends what the page sends. */
import { savedByForm } from "./form.js";

type Json = Readonly<Record<string, unknown>>;

/** A rule, list or item as Kibana answers with it. */
export type Stored = Json & { readonly id: string };

/** Kibana refused what a page asked for. */
export class UiRefusal extends Error {
  override readonly name = "UiRefusal";

  constructor(
    readonly status: number,
    what: string,
    text: string,
  ) {
    super(`${what}: ${status} ${text}`);
  }
}

type Send = (request: Request) => Promise<Response>;

const RULES = "/api/detection_engine/rules";
const LISTS = "/api/exception_lists";
const ITEMS = `${LISTS}/items`;
const VALUES = "/api/lists";
const ORIGIN = "http://kibana.local";

/** How an exception list is named: by its `list_id`, and by its namespace where that is not `single`. */
export interface ListName {
  readonly list_id: string;
  readonly namespace_type?: "single" | "agnostic";
}

/**
 * An analyst in one space. Every method rejects with a `UiRefusal` where Kibana refuses; what it resolves to is the
 * answer's object.
 */
export class Analyst {
  constructor(
    private readonly send: Send,
    readonly space: string,
  ) {}

  rule(ruleId: string): Promise<Stored> {
    return this.ask("GET", `${RULES}?rule_id=${encodeURIComponent(ruleId)}`);
  }

  createRule(rule: Json): Promise<Stored> {
    return this.ask("POST", RULES, rule);
  }

  /**
   * Opens a rule in the form, changes some fields and saves. As in Kibana the form drops `meta` but for its own key,
   * rewrites the schedule and leaves `version` as it was.
   */
  async saveRule(ruleId: string, change: Json = {}): Promise<Stored> {
    const rule = { ...(await this.rule(ruleId)), ...change };
    return this.ask("PUT", RULES, savedByForm(rule, `${ORIGIN}${this.prefix()}/app/security`));
  }

  renameRule(ruleId: string, name: string): Promise<Stored> {
    return this.saveRule(ruleId, { name });
  }

  async enable(ruleId: string): Promise<void> {
    await this.bulk({ action: "enable" }, [ruleId]);
  }

  async disable(ruleId: string): Promise<void> {
    await this.bulk({ action: "disable" }, [ruleId]);
  }

  /** The copy. */
  async duplicate(ruleId: string): Promise<Stored> {
    const duplicate = { include_exceptions: true, include_expired_exceptions: true };
    const { created } = await this.bulk({ action: "duplicate", duplicate }, [ruleId]);
    return created[0]!;
  }

  async deleteRule(ruleId: string): Promise<void> {
    await this.bulk({ action: "delete" }, [ruleId]);
  }

  async bulkAddTags(ruleIds: readonly string[], tags: readonly string[]): Promise<void> {
    await this.bulk({ action: "edit", edit: [{ type: "add_tags", value: tags }] }, ruleIds);
  }

  async bulkSetSchedule(ruleIds: readonly string[], interval: string, lookback: string): Promise<void> {
    const edit = [{ type: "set_schedule", value: { interval, lookback } }];
    await this.bulk({ action: "edit", edit }, ruleIds);
  }

  /** Adds an exception to one rule, which gets a list of its own for it. The item. */
  async addException(ruleId: string, item: Json): Promise<Stored> {
    const { id } = await this.rule(ruleId);
    const body = { items: [{ type: "simple", description: "Exception list item", ...item }] };
    const items = await this.ask<Stored[]>("POST", `${RULES}/${id}/exceptions`, body);
    return items[0]!;
  }

  /** Attaches a shared list to a rule. */
  async linkList(ruleId: string, name: ListName): Promise<Stored> {
    const rule = await this.rule(ruleId);
    const { id, list_id, type, namespace_type } = await this.list(name);
    const lists = [...(rule["exceptions_list"] as unknown[]), { id, list_id, type, namespace_type }];
    return this.ask("PATCH", RULES, { id: rule.id, exceptions_list: lists });
  }

  list({ list_id: listId, namespace_type: namespace = "single" }: ListName): Promise<Stored> {
    return this.ask("GET", `${LISTS}?list_id=${encodeURIComponent(listId)}&namespace_type=${namespace}`);
  }

  /** Makes a shared list. */
  createList(list: Json): Promise<Stored> {
    return this.ask("POST", LISTS, { type: "detection", description: "Made in Kibana", ...list });
  }

  async editList(name: ListName, change: Json): Promise<Stored> {
    const { id, type, description, name: title, namespace_type, tags } = await this.list(name);
    return this.ask("PUT", LISTS, { id, type, description, name: title, namespace_type, tags, ...change });
  }

  async deleteList(name: ListName): Promise<void> {
    const { list_id: listId, namespace_type: namespace = "single" } = name;
    await this.ask("DELETE", `${LISTS}?list_id=${encodeURIComponent(listId)}&namespace_type=${namespace}`);
  }

  item(itemId: string, namespace = "single"): Promise<Stored> {
    return this.ask("GET", `${ITEMS}?item_id=${encodeURIComponent(itemId)}&namespace_type=${namespace}`);
  }

  addItem(listId: string, item: Json): Promise<Stored> {
    return this.ask("POST", ITEMS, {
      list_id: listId,
      type: "simple",
      description: "Exception list item",
      ...item,
    });
  }

  /** Changes an item in its flyout, with a comment where one is given. */
  async editItem(
    itemId: string,
    change: Json,
    options: { readonly comment?: string; readonly namespace?: "single" | "agnostic" } = {},
  ): Promise<Stored> {
    const stored = await this.item(itemId, options.namespace);
    const { comments, created_at: _at, created_by: _by, tie_breaker_id: _tie, ...rest } = stored;
    const { updated_at: _updatedAt, updated_by: _updatedBy, item_id: _item, list_id: _list, ...body } = rest;
    const old = (comments as readonly Json[]).map(({ id, comment }) => ({ id, comment }));
    const added = options.comment === undefined ? [] : [{ comment: options.comment }];
    return this.ask("PUT", ITEMS, { ...body, ...change, comments: [...old, ...added] });
  }

  async deleteItem(itemId: string, namespace = "single"): Promise<void> {
    await this.ask("DELETE", `${ITEMS}?item_id=${encodeURIComponent(itemId)}&namespace_type=${namespace}`);
  }

  addValue(listId: string, value: string): Promise<Stored> {
    return this.ask("POST", `${VALUES}/items`, { list_id: listId, value });
  }

  async deleteValue(listId: string, value: string): Promise<void> {
    const query = new URLSearchParams({ list_id: listId, value });
    await this.ask("DELETE", `${VALUES}/items?${query.toString()}`);
  }

  private prefix(): string {
    return this.space === "default" ? "" : `/s/${encodeURIComponent(this.space)}`;
  }

  private async bulk(
    body: Json,
    ruleIds: readonly string[],
  ): Promise<{ readonly created: readonly Stored[]; readonly updated: readonly Stored[] }> {
    const ids: string[] = [];
    for (const ruleId of ruleIds) ids.push((await this.rule(ruleId)).id);
    interface Report {
      readonly attributes: {
        readonly results: { readonly created: readonly Stored[]; readonly updated: readonly Stored[] };
      };
    }
    return (await this.ask<Report>("POST", `${RULES}/_bulk_action`, { ...body, ids })).attributes.results;
  }

  private async ask<T = Stored>(method: string, path: string, body?: unknown): Promise<T> {
    const request = new Request(`${ORIGIN}${this.prefix()}${path}`, {
      method,
      headers: {
        "kbn-xsrf": "kibana",
        "x-elastic-internal-origin": "Kibana",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await this.send(request);
    const text = await response.text();
    if (!response.ok) throw new UiRefusal(response.status, `${method} ${path}`, text);
    return JSON.parse(text) as T;
  }
}
