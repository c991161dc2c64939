import { createClient, type Client, type ClientOptions } from "../../src/kibana/client.js";
import type { Exchange, Transport } from "../../src/kibana/transport.js";
import { fakeClock, KEY } from "../kibana/client/support.js";
import { stored, uuid } from "./support.js";
import { checked } from "../support/wire-check.js";

type Json = Record<string, unknown>;
interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What happens to a request: a broken connection before or after Kibana saw it, or an answer instead of its own. */
export type Fault = "lost-request" | "lost-answer" | Reply | undefined;

interface Space {
  rules: Map<string, Json>;
  lists: Map<string, Json>;
  items: Map<string, Json>;
  connectors: Map<string, Json>;
}

const notFound = (message: string): Reply => ({ status: 404, body: { message, status_code: 404 } });
const conflict = (message: string): Reply => ({ status: 409, body: { message, status_code: 409 } });
const ok = (body: unknown): Reply => ({ status: 200, body });

/** As much of Kibana as a deploy talks to, in memory, with faults on demand; it keeps a log of the requests. */
export class FakeKibana {
  /** The text of a request's body. */
  static textOf(exchange: Exchange): string {
    return typeof exchange.body === "string" ? exchange.body : "";
  }

  readonly log: { method: string; path: string; space: string; body: Json }[] = [];
  /** What the codecs of the wire find wrong with the requests. */
  readonly wrong: string[] = [];
  readonly spaces = new Map<string, Space>();
  fault: (exchange: Exchange) => Fault = () => undefined;
  version = "9.5.1";
  /** More rules than this are not exported. */
  exportLimit = 10_000;

  constructor(...spaces: string[]) {
    for (const space of spaces)
      this.spaces.set(space, { rules: new Map(), lists: new Map(), items: new Map(), connectors: new Map() });
  }

  client(options: Partial<ClientOptions> = {}): Client {
    return createClient({
      url: "http://localhost:5601",
      auth: { apiKey: KEY },
      clock: fakeClock(),
      random: () => 0,
      version: "test",
      transport: this.transport,
      ...options,
    });
  }

  /** What was asked for since the last call, as `METHOD path`. */
  requests(): string[] {
    return this.log.splice(0).map(({ method, path }) => `${method} ${path}`);
  }

  readonly transport: Transport = checked((exchange, now) => {
    const fault = this.fault(exchange);
    const broken = Object.assign(new Error("broken"), { code: "ECONNRESET" });
    if (fault === "lost-request") return Promise.reject(broken);
    const reply = typeof fault === "object" ? fault : this.#answer(exchange);
    if (fault === "lost-answer") return Promise.reject(broken);
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
    return Promise.resolve({ status: reply.status, headers: { "kbn-name": "fake" }, text, at: now() });
  }, this.wrong);

  #answer(exchange: Exchange): Reply {
    const url = new URL(exchange.url);
    const [, space = "default", path = ""] = /^(?:\/s\/([^/]+))?(\/api\/.*)$/.exec(url.pathname) ?? [];
    const body = JSON.parse(FakeKibana.textOf(exchange) || "{}") as Json;
    this.log.push({ method: exchange.method, path, space, body });
    const query: Record<string, string> = Object.fromEntries(url.searchParams);
    if (path === "/api/status")
      return ok({ version: { number: this.version }, status: { overall: { level: "available" } } });
    if (path === "/api/spaces/space") return ok([...this.spaces.keys()].map((id) => ({ id, name: id })));
    if (path.startsWith("/api/spaces/space/")) return notFound("Not Found");
    const state = this.spaces.get(space)!;
    if (path.startsWith("/api/detection_engine/rules"))
      return this.#rules(state, exchange.method, path, query, body);
    if (path.startsWith("/api/exception_lists"))
      return this.#exceptions(state, exchange.method, path, query, body);
    return this.#connectors(state, exchange.method, path, body);
  }

  #rules(state: Space, method: string, path: string, query: Record<string, string>, body: Json): Reply {
    if (path.endsWith("/_export")) return this.#export(state, body);
    if (path.endsWith("/_find")) {
      const ids = [...(query["filter"] ?? "").matchAll(/"([^"]+)"/g)].map((match) => match[1]);
      const data = [...state.rules.values()].filter((rule) => ids.includes(String(rule["rule_id"])));
      return ok({ page: 1, perPage: 200, total: data.length, data });
    }
    const named = [...state.rules].find(([, rule]) => rule["id"] === query["id"])?.[0];
    const id = query["rule_id"] ?? named ?? String(body["rule_id"]);
    const live = state.rules.get(id);
    if (method === "POST") {
      if (live !== undefined) return conflict(`rule_id: "${id}" already exists`);
      state.rules.set(id, stored(body));
    } else if (live === undefined) return notFound(`rule_id: "${id}" not found`);
    if (method === "PUT" && live !== undefined) {
      const { enabled, version } = live;
      const next = stored({ enabled, version, ...body }, { id: live["id"] });
      const bare = (rule: Json): string => JSON.stringify({ ...rule, revision: 0 });
      state.rules.set(id, {
        ...next,
        revision: Number(live["revision"]) + (bare(next) === bare(live) ? 0 : 1),
      });
    }
    return ok(state.rules.get(id));
  }

  #export(state: Space, body: Json): Reply {
    if (state.rules.size > this.exportLimit) {
      return {
        status: 400,
        body: { message: `Can't export more than ${this.exportLimit} rules`, status_code: 400 },
      };
    }
    const wanted = body["objects"] as { rule_id: string }[] | undefined;
    const rules: Json[] =
      wanted === undefined
        ? [...state.rules.values()]
        : wanted.flatMap(({ rule_id }) => {
            const rule = state.rules.get(rule_id);
            return rule === undefined ? [] : [rule];
          });
    const keys = new Set(rules.flatMap((rule) => (rule["exceptions_list"] as Json[]).map(keyOf)));
    const lists = [...keys].flatMap((key) => this.#listsOf(state).get(key) ?? []);
    const items = [...this.#itemsOf(state).values()].filter((item) => keys.has(keyOf(item)));
    const ids = new Set(rules.flatMap((rule) => (rule["actions"] as Json[]).map((action) => action["id"])));
    const connectors = [...state.connectors.values()]
      .filter((connector) => ids.has(connector["id"]))
      .map(({ id, name, connector_type_id, config }) => ({
        id,
        type: "action",
        attributes: { name, actionTypeId: connector_type_id, config, isMissingSecrets: true, secrets: {} },
      }));
    const exported = rules.map((rule) => ({ ...rule, execution_summary: undefined }));
    const missing = (wanted ?? []).filter(({ rule_id }) => !state.rules.has(rule_id));
    const lines = [...exported, ...lists, ...items, ...connectors];
    const summary = {
      exported_count: lines.length,
      exported_rules_count: exported.length,
      missing_rules: missing,
      missing_rules_count: missing.length,
      exported_exception_list_count: lists.length,
      exported_exception_list_item_count: items.length,
      exported_action_connector_count: connectors.length,
    };
    return ok([...lines, summary].map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  /** Agnostic objects are those of the first space, for all. */
  #listsOf(state: Space): Map<string, Json> {
    return new Map([
      ...state.lists,
      ...[...this.spaces.values()].flatMap((space) =>
        [...space.lists].filter(([key]) => key.startsWith("agnostic")),
      ),
    ]);
  }

  #itemsOf(state: Space): Map<string, Json> {
    return new Map([
      ...state.items,
      ...[...this.spaces.values()].flatMap((space) =>
        [...space.items].filter(([key]) => key.startsWith("agnostic")),
      ),
    ]);
  }

  #exceptions(state: Space, method: string, path: string, query: Record<string, string>, body: Json): Reply {
    const isItem = path.startsWith("/api/exception_lists/items");
    const all = isItem ? this.#itemsOf(state) : this.#listsOf(state);
    const own = isItem ? state.items : state.lists;
    if (path.endsWith("/_find")) {
      const ids = (query["list_id"] ?? "").split(",");
      const data = [...all.values()].filter((object) => !isItem || ids.includes(String(object["list_id"])));
      return ok({ page: 1, per_page: 10_000, total: data.length, data });
    }
    const name = isItem ? "item_id" : "list_id";
    const source = method === "GET" ? query : body;
    const key = `${String(source["namespace_type"])}:${String(source[name])}`;
    const live = all.get(key);
    if (method === "POST") {
      if (live !== undefined) return conflict(`exception list id: "${String(body[name])}" already exists`);
      own.set(key, { tags: [], os_types: [], comments: [], ...body, id: uuid(), _version: "v1" });
      return ok(own.get(key));
    }
    if (live === undefined)
      return notFound(`exception list ${name}: "${String(source[name])}" does not exist`);
    if (method === "GET") return ok(live);
    if (body["_version"] !== undefined && body["_version"] !== live["_version"])
      return conflict("version conflict");
    const next = {
      tags: [],
      os_types: [],
      ...body,
      comments: body["comments"] ?? live["comments"],
      id: live["id"],
      _version: `v${Number(String(live["_version"]).slice(1)) + 1}`,
    };
    own.set(key, next);
    return ok(next);
  }

  #connectors(state: Space, method: string, path: string, body: Json): Reply {
    if (path === "/api/actions/connectors") return ok([...state.connectors.values()]);
    const id = path.slice("/api/actions/connector/".length);
    const taken = [...this.spaces.values()].some((space) => space.connectors.has(id));
    if (method === "POST" && taken)
      return {
        status: 409,
        body: { statusCode: 409, error: "Conflict", message: `Saved object [action/${id}] conflict` },
      };
    const live = state.connectors.get(id);
    if (method === "GET") return live === undefined ? notFound("not found") : ok(live);
    const { secrets: _, ...shown } = body;
    state.connectors.set(id, { ...live, ...shown, id, is_missing_secrets: false });
    return ok(state.connectors.get(id));
  }
}

function keyOf(object: Json): string {
  return `${String(object["namespace_type"])}:${String(object["list_id"])}`;
}
