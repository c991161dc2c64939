import type { Json } from "../json/index.js";
import type { SourceItem, SourceOrigin, SourcePart, SourceRule } from "../bundle/sources/index.js";
import { decompileConnector, decompileList } from "../rule/decompile/index.js";
import { ruleKey } from "./destination.js";
import { type Findings, placeText } from "./findings.js";
import type { Counts } from "./model.js";
import { owned } from "./owned.js";
import { stableJson } from "../rule/stable-json.js";

/** A rule of which only this is known until it is read a second time. */
export interface RuleSlot {
  readonly key: string;
  readonly id: string | undefined;
  readonly name: string;
  /** Which of the rules that are read, from 0. */
  readonly ordinal: number;
  readonly origin: SourceOrigin;
  readonly version: number | undefined;
  readonly format: SourceRule["format"];
  readonly folder: string;
  /** How many rules of this key came. */
  readonly copies: number;
}

export interface FoundList {
  readonly list: Json;
  readonly items: ReadonlyMap<string, Json>;
  readonly origin: SourceOrigin;
}

export interface FoundConnector {
  readonly connector: Json;
  readonly id: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly origin: SourceOrigin;
}

interface ListEntry extends FoundList {
  readonly items: Map<string, Json>;
}

/**
 * What the first reading of the sources gives: of rules their ids, names and places, since they are read again to be written; lists,
 * items and connectors whole, since rules refer to them.
 */
export class Census {
  /** By key, in the order of reading. */
  readonly rules = new Map<string, RuleSlot>();
  /** By `list_id`. */
  readonly lists = new Map<string, ListEntry>();
  /** By id, or by name where there is none. */
  readonly connectors = new Map<string, FoundConnector>();
  readonly versions = new Map<string, number>();
  /** Items whose list has not come, by `list_id`. */
  readonly #orphans = new Map<string, ListEntry>();
  readonly #findings: Findings;
  readonly #folderOf: (rule: Json, origin: SourceOrigin) => string;
  readonly #counts = { rules: 0, exception_lists: 0, exception_items: 0, connectors: 0 };
  #first: SourceOrigin | undefined;

  constructor(findings: Findings, folderOf: (rule: Json, origin: SourceOrigin) => string) {
    this.#findings = findings;
    this.#folderOf = folderOf;
  }

  get counts(): Counts {
    return this.#counts;
  }

  meet(item: SourceItem): void {
    this.#first ??= item.origin;
    this.#findings.meet(item.origin);
    switch (item.kind) {
      case "rule":
        return this.#rule(item);
      case "exception-list":
        this.#counts.exception_lists++;
        return this.#list(item);
      case "exception-item":
        this.#counts.exception_items++;
        return this.#item(item);
      case "connector":
        this.#counts.connectors++;
        return this.#connector(item);
      case "version-lock":
        for (const [id, version] of item.versions) this.versions.set(id, version);
        return;
      case "problem":
        return this.#findings.problem(item);
      case "unknown":
        // A problem beside it says so.
        return;
    }
  }

  /** Everything was read once: lists that only their items tell of get a head. */
  close(): void {
    for (const [list_id, { items, origin, list }] of this.#orphans) {
      if (this.lists.has(list_id)) continue;
      this.#findings.about(origin, "import/items-without-list", { list_id });
      this.lists.set(list_id, { list, items, origin });
    }
    const { rules, exception_lists, exception_items, connectors } = this.#counts;
    if (rules + exception_lists + exception_items + connectors === 0)
      this.#findings.about(this.#first ?? { file: "" }, "import/nothing", {});
  }

  #rule({ value, origin, format }: SourceRule): void {
    const ordinal = this.#counts.rules++;
    const key = owned(ruleKey(value));
    const before = this.rules.get(key);
    const { rule_id, name, version } = value;
    const slot: RuleSlot = {
      key,
      id: typeof rule_id === "string" ? owned(rule_id) : undefined,
      name: typeof name === "string" ? owned(name) : "",
      ordinal,
      origin,
      version: typeof version === "number" ? version : undefined,
      format,
      folder: this.#folderOf(value, origin),
      copies: (before?.copies ?? 0) + 1,
    };
    if (before === undefined || isNewer(slot, before)) this.rules.set(key, slot);
    else this.rules.set(key, { ...before, copies: slot.copies });
  }

  #list({ value, origin }: SourcePart): void {
    const id = String(value["list_id"]);
    const before = this.lists.get(id);
    if (before !== undefined) {
      const same = isSameFile(decompileList(before.list, []).authored, decompileList(value, []).authored);
      if (!same) this.#duplicate("exception list", id, before.origin, origin);
      return;
    }
    const items = this.#orphans.get(id)?.items ?? new Map<string, Json>();
    this.#orphans.delete(id);
    this.lists.set(id, { list: value, items, origin });
  }

  #item({ value, origin }: SourcePart): void {
    const { item_id, namespace_type } = value;
    const list_id = typeof value["list_id"] === "string" ? value["list_id"] : "";
    let entry = this.lists.get(list_id) ?? this.#orphans.get(list_id);
    if (entry === undefined) {
      // Kibana asks for all of these, and takes any text.
      const list = {
        list_id,
        name: list_id,
        description: list_id,
        ...(namespace_type === undefined ? {} : { namespace_type }),
      };
      entry = { list, items: new Map(), origin };
      this.#orphans.set(list_id, entry);
    }
    // An item without an id is none that could come twice.
    const id = typeof item_id === "string" ? item_id : ` ${entry.items.size}`;
    const before = entry.items.get(id);
    if (before === undefined) entry.items.set(id, value);
    else if (!isSameFile(decompileList({}, [before]).authored, decompileList({}, [value]).authored))
      this.#duplicate("exception item", id, entry.origin, origin);
  }

  #connector({ value, origin }: SourcePart): void {
    const { authored } = decompileConnector(value);
    const name = authored["name"] as string;
    const type = authored["connector_type_id"] as string;
    const id = typeof value["id"] === "string" ? value["id"] : undefined;
    const key = id === undefined ? `name ${name}` : `id ${id}`;
    const before = this.connectors.get(key);
    if (before === undefined) this.connectors.set(key, { connector: value, id, name, type, origin });
    else if (!isSameFile(decompileConnector(before.connector).authored, authored))
      this.#duplicate("connector", id ?? name, before.origin, origin);
  }

  #duplicate(kind: string, id: string, first: SourceOrigin, origin: SourceOrigin): void {
    this.#findings.about(origin, "import/duplicate", { kind, id, where: placeText(first) });
  }
}

/** Of prebuilt rules the highest version is the current one; of anything else the first that was read stands. */
function isNewer(one: RuleSlot, other: RuleSlot): boolean {
  if (one.format !== "prebuilt" || other.format !== "prebuilt") return false;
  return one.version !== undefined && other.version !== undefined && one.version > other.version;
}

function isSameFile(one: unknown, other: unknown): boolean {
  return stableJson(one) === stableJson(other);
}
