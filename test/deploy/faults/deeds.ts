/** What others do in Kibana: before a project is deployed, after it was, and between its plan and its apply. */
import * as fc from "fast-check";
import type { Session } from "../../support/kibana.js";
import {
  CONNECTOR,
  ITEMS,
  itemId,
  type Json,
  LISTS,
  RULES,
  type Space,
  SPACES,
  VALUE_LIST,
} from "./project.js";

/** One deed. It does nothing where what it needs is not there. */
export interface Deed {
  readonly kind: keyof typeof DEEDS;
  readonly space: Space;
  readonly rule: (typeof RULES)[number];
  readonly list: (typeof LISTS)[number];
  readonly item: (typeof ITEMS)[number];
  /** Makes names and texts of a deed differ from those of the others. */
  readonly nth: number;
}

/** What others have done so far. */
export interface Others {
  /** Names of what analysts made: rules, lists, items, values. */
  readonly analysts: Set<string>;
  /** Rules whose note an analyst wrote: `space/rule_id` and the note. */
  readonly notes: Map<string, string>;
}

export interface Doing extends Others {
  readonly api: Session;
  readonly prefix: string;
}

const API = "/api/detection_engine/rules";

const body = (rule_id: string, more: Json = {}): Json => ({
  rule_id,
  name: `Rule ${rule_id}`,
  description: "Made in Kibana.",
  type: "query",
  query: "user.name : x",
  severity: "low",
  risk_score: 5,
  ...more,
});

const ruleOf = async ({ api, prefix }: Doing, rule_id: string): Promise<Json | undefined> => {
  const answer = await api.get(`${prefix}${API}?rule_id=${rule_id}`);
  return answer.status === 200 ? answer.body : undefined;
};

const SERVER = new Set([
  "id", "immutable", "rule_source", "revision", "created_at", "created_by", "updated_at", "updated_by",
  "execution_summary", "version", "output_index", "meta",
]); // prettier-ignore

async function makeItem(doing: Doing, list_id: string, item_id: string): Promise<void> {
  const { api, prefix, analysts } = doing;
  const { status } = await api.post(`${prefix}/api/exception_lists/items`, {
    list_id,
    item_id,
    type: "simple",
    name: "An analyst's",
    description: "Expected.",
    entries: [{ field: "host.name", type: "match", operator: "included", value: item_id }],
    comments: [{ comment: "Agreed." }],
  });
  if (status === 200) analysts.add(item_id);
}

async function addComment({ api, prefix }: Doing, item_id: string, text: string): Promise<void> {
  const { status, body: item } = await api.get(`${prefix}/api/exception_lists/items?item_id=${item_id}`);
  if (status !== 200) return;
  const { name, description, entries, meta, tags, comments } = item;
  await api.put(`${prefix}/api/exception_lists/items`, {
    item_id,
    type: "simple",
    name,
    description,
    entries,
    meta,
    tags,
    comments: [...(comments as Json[]), { comment: text }],
  });
}

async function bulk({ api, prefix }: Doing, id: unknown, action: Json): Promise<void> {
  await api.post(`${prefix}${API}/_bulk_action`, { ids: [id], ...action });
}

export const DEEDS = {
  foreignRule: async (doing: Doing, { nth }: Deed) => {
    const { api, prefix, analysts } = doing;
    await api.post(`${prefix}${API}`, body(`foreign-${nth}`, { name: "Rule r0" }));
    analysts.add(`foreign-${nth}`);
  },
  /** A rule of the name that the project will want. */
  collide: async (doing: Doing, { rule }: Deed) => {
    const { status } = await doing.api.post(`${doing.prefix}${API}`, body(rule));
    if (status === 200) doing.analysts.add(rule);
  },
  otherProject: async (doing: Doing, { rule, nth }: Deed) => {
    const rule_id = nth % 2 === 0 ? rule : `other-${nth}`;
    const meta = { kdac: { project: "other", rule_id, digest: "1:0000000000000000" } };
    const { status } = await doing.api.post(`${doing.prefix}${API}`, body(rule_id, { meta }));
    if (status === 200) doing.analysts.add(rule_id);
  },
  foreignList: async (doing: Doing, { list, nth }: Deed) => {
    const list_id = nth % 2 === 0 ? list : `foreign-list-${nth}`;
    const { status } = await doing.api.post(`${doing.prefix}/api/exception_lists`, {
      list_id,
      name: "Analysts",
      description: "d",
      type: "detection",
      namespace_type: "single",
    });
    if (status !== 200) return;
    doing.analysts.add(list_id);
    await makeItem(doing, list_id, `analyst-${list_id}-${nth}`);
  },
  foreignConnector: async ({ api, prefix }: Doing, { nth }: Deed) => {
    const name = nth % 3 === 0 ? CONNECTOR : `analysts-${nth}`;
    await api.post(`${prefix}/api/actions/connector`, {
      name,
      connector_type_id: ".slack",
      config: {},
      secrets: { webhookUrl: "https://x.example.com" },
    });
  },
  /** A save in the form: the mark goes. */
  saveInForm: async (doing: Doing, { space, rule, nth }: Deed) => {
    const live = await ruleOf(doing, rule);
    if (live === undefined) return;
    const note = `analyst ${nth}`;
    const form = Object.fromEntries(Object.entries(live).filter(([key]) => !SERVER.has(key)));
    await doing.api.put(`${doing.prefix}${API}`, {
      ...form,
      note,
      meta: { kibana_siem_app_url: "https://kibana.example.com" },
    });
    doing.notes.set(`${space}/${rule}`, note);
  },
  patch: async (doing: Doing, { space, rule, nth }: Deed) => {
    const note = `analyst ${nth}`;
    const { status } = await doing.api.patch(`${doing.prefix}${API}`, { rule_id: rule, note });
    if (status === 200) doing.notes.set(`${space}/${rule}`, note);
  },
  toggle: async (doing: Doing, { rule, nth }: Deed) => {
    const live = await ruleOf(doing, rule);
    if (live !== undefined) await bulk(doing, live["id"], { action: nth % 2 === 0 ? "enable" : "disable" });
  },
  duplicate: async (doing: Doing, { rule }: Deed) => {
    const live = await ruleOf(doing, rule);
    if (live === undefined) return;
    const answer = await doing.api.post<{ attributes: { results: { created: Json[] } } }>(
      `${doing.prefix}${API}/_bulk_action`,
      {
        action: "duplicate",
        ids: [live["id"]],
        duplicate: { include_exceptions: true, include_expired_exceptions: true },
      },
    );
    for (const { rule_id } of answer.body.attributes.results.created) doing.analysts.add(String(rule_id));
  },
  deleteRule: async (doing: Doing, { space, rule }: Deed) => {
    await doing.api.delete(`${doing.prefix}${API}?rule_id=${rule}`);
    doing.notes.delete(`${space}/${rule}`);
    doing.analysts.delete(rule);
  },
  addException: async (doing: Doing, { rule, space, nth }: Deed) => {
    const live = await ruleOf(doing, rule);
    if (live === undefined) return;
    const item_id = `default-${space}-${rule}-${nth}`;
    const { status } = await doing.api.post(`${doing.prefix}${API}/${String(live["id"])}/exceptions`, {
      items: [
        {
          item_id,
          name: "An analyst's",
          description: "d",
          type: "simple",
          entries: [{ field: "host.name", type: "match", operator: "included", value: "x" }],
        },
      ],
    });
    if (status === 200) doing.analysts.add(item_id);
  },
  addItem: (doing: Doing, { list, space, nth }: Deed) =>
    makeItem(doing, list, `analyst-${space}-${list}-${nth}`),
  comment: (doing: Doing, { list, item, nth }: Deed) =>
    addComment(doing, itemId(list, item), `analyst ${nth}`),
  editItem: async (doing: Doing, { list, item, nth }: Deed) => {
    const { api, prefix } = doing;
    const item_id = itemId(list, item);
    const { status, body: live } = await api.get(`${prefix}/api/exception_lists/items?item_id=${item_id}`);
    if (status !== 200) return;
    const { description, entries, meta, comments } = live;
    await api.put(`${prefix}/api/exception_lists/items`, {
      item_id,
      type: "simple",
      name: `analyst ${nth}`,
      description,
      entries,
      meta,
      comments,
    });
  },
  deleteItem: async ({ api, prefix }: Doing, { list, item }: Deed) => {
    await api.delete(`${prefix}/api/exception_lists/items?item_id=${itemId(list, item)}`);
  },
  addValue: async ({ api, prefix }: Doing, { nth }: Deed) => {
    await api.post(`${prefix}/api/lists/items`, { list_id: VALUE_LIST, value: `192.168.0.${nth}` });
  },
} as const satisfies Record<string, (doing: Doing, deed: Deed) => Promise<void>>;

const BEFORE = ["foreignRule", "collide", "otherProject", "foreignList", "foreignConnector"] as const;
const AFTER = [
  // What analysts do most often, and what must not be lost.
  "addException", "addException", "addException", "addItem", "addItem", "comment", "editItem", "deleteItem", "addValue",
  "foreignRule", "saveInForm", "patch", "toggle", "duplicate", "deleteRule", "foreignConnector", "otherProject",
] as const; // prettier-ignore

const deedOf = (kinds: readonly Deed["kind"][]): fc.Arbitrary<Deed> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    space: fc.constantFrom(...SPACES),
    // What is always there is met most often.
    rule: fc.constantFrom(RULES[0], RULES[0], ...RULES),
    list: fc.constantFrom(LISTS[0], ...LISTS),
    item: fc.constantFrom(...ITEMS),
    nth: fc.nat({ max: 99 }),
  });

/** What is in the spaces before the project comes. */
export const deedsBefore = fc.array(deedOf(BEFORE), { maxLength: 3 });
/** What is done to what the project made. */
export const deedsAfter = fc.array(deedOf(AFTER), { maxLength: 4 });
/** What is done between a plan and its apply. */
export const deedsBetween = fc.array(deedOf(AFTER), { maxLength: 1 });
