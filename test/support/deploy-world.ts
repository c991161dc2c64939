/** A project on the disk, an embedded Kibana that answers over HTTP, and the command line between them. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Change, Plan } from "../../src/deploy/index.js";
import {
  createKibana,
  type Fault,
  type Kibana,
  type KibanaOptions,
  type Running,
  serve,
} from "../../src/emulator/index.js";
import { kdac, type Ran } from "./cli.js";
import { type Flavour, USUAL } from "./flavours.js";
import { documents, type Session, session } from "./kibana.js";
import { checkedFetch } from "./wire-check.js";

export type Json = Record<string, unknown>;

/** One request of the command line, without its credentials. */
export interface Sent {
  readonly method: string;
  /** Path with query, without the space's prefix. */
  readonly path: string;
  readonly space: string;
  /** The body where it is JSON, otherwise its text. */
  readonly body: unknown;
}

/** Answers another text than Kibana did, as a proxy or another version would. */
export type Rewrite = (sent: Sent, text: string) => string;

export interface WorldOptions {
  readonly flavour?: Flavour;
  readonly kibana?: KibanaOptions;
  /** Spaces of the environment `test`, as in the configuration. */
  readonly spaces?: readonly (string | Json)[];
  /** More of the configuration. */
  readonly config?: Json;
}

/** In memory where the system has such a place: an apply waits for the disk before each write. */
const SHORT_LIVED = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const NOT_PART = /(?:^|\/)(?:\.kdac|kdac\.config\.yml)/;

/**
 * The world of one test. It starts with a configuration whose environment `test` is the embedded Kibana. Files that are
 * given as values are written as JSON, which is YAML too.
 */
export class DeployWorld {
  /** What the command line asked of Kibana since the last `forget`. */
  readonly sent: Sent[] = [];
  /** All text that the command line has printed. */
  readonly printed: string[] = [];
  rewrite: Rewrite | undefined;
  readonly env: Record<string, string>;
  /** What is wrong with requests of the command line, by the request check of Kibana's API. */
  readonly wrong: string[] = [];
  readonly #fetch: Kibana["fetch"];
  /** Requests to the same Kibana that are not in `sent`: somebody else's. */
  readonly api: Session;

  private constructor(
    readonly root: string,
    readonly kibana: Kibana,
    private readonly running: Running,
  ) {
    this.env = { KIBANA_URL: running.url, KIBANA_API_KEY: kibana.apiKey };
    this.#fetch = checkedFetch((request) => kibana.fetch(request), this.wrong);
    this.api = session(kibana, `ApiKey ${kibana.apiKey}`);
  }

  static async start(
    files: Readonly<Record<string, string | Json>> = {},
    options: WorldOptions = {},
  ): Promise<DeployWorld> {
    const { flavour = USUAL, spaces = ["default"], config = {} } = options;
    let second = Date.parse("2026-01-01T00:00:00Z") / 1000;
    const ids = spaces.map((space) => (typeof space === "string" ? space : String(space["id"])));
    const kibana = createKibana({
      now: () => new Date(1000 * second++),
      ...flavour.kibana,
      spaces: ids.filter((id) => id !== "default"),
      ...options.kibana,
    });
    let world: DeployWorld | undefined = undefined;
    const running = await serve(
      {
        version: kibana.version,
        apiKey: kibana.apiKey,
        organizationKey: kibana.organizationKey,
        setFaults: (faults) => kibana.setFaults(faults),
        flush: () => kibana.flush(),
        ui: (space, user) => kibana.ui(space, user),
        fetch: (request) => world!.#answer(request),
      },
      { port: 0 },
    );
    world = new DeployWorld(mkdtempSync(join(SHORT_LIVED, "kdac-deploy-")), kibana, running);
    world.write("kdac.config.yml", {
      name: "acme",
      stack: flavour.stack,
      environments: {
        test: { url: "${KIBANA_URL}", api_key: "${KIBANA_API_KEY}", spaces },
      },
      ...config,
    });
    for (const [path, content] of Object.entries(files)) world.write(path, content);
    return world;
  }

  /** Runs a test in a world of its own. */
  static async use(
    files: Readonly<Record<string, string | Json>>,
    options: WorldOptions,
    test: (world: DeployWorld) => Promise<void>,
  ): Promise<void> {
    const world = await DeployWorld.start(files, options);
    try {
      await test(world);
    } finally {
      await world.stop();
    }
  }

  async stop(): Promise<void> {
    await this.running.close();
    if (this.wrong.length > 0)
      throw new Error(`requests that Kibana's API does not have: ${this.wrong.join("; ")}`);
    rmSync(this.root, { recursive: true, force: true });
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const space = /^\/s\/([^/]+)/.exec(pathname)?.[1] ?? "default";
    const text = await request.clone().text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // A form, or nothing.
    }
    const sent = { method: request.method, path: pathname.replace(/^\/s\/[^/]+/, "") + search, space, body };
    this.sent.push(sent);
    const response = await this.#fetch(request);
    if (this.rewrite === undefined) return response;
    const rewritten = this.rewrite(sent, await response.clone().text());
    return new Response(rewritten, { status: response.status, headers: response.headers });
  }

  write(path: string, content: string | Json): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(
      join(this.root, path),
      typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Every file below the folder with its text. */
  files(folder = "", leaveOut = NOT_PART): Map<string, string> {
    if (!this.exists(folder)) return new Map();
    return new Map(
      readdirSync(join(this.root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
        .filter((path) => !leaveOut.test(path))
        .sort()
        .map((path) => [path, this.read(path)]),
    );
  }

  /** Forgets what was sent, so that a test sees the requests of what follows. */
  forget(): void {
    this.sent.length = 0;
  }

  /** What was sent that can change something. */
  get writes(): Sent[] {
    return this.sent.filter(
      ({ method, path }) =>
        method !== "GET" && !/\/_export|\/_find|dry_run=true|\/rules\/preview|\/search/.test(path),
    );
  }

  async run(...args: string[]): Promise<Ran> {
    const ran = await kdac(args, { cwd: this.root, env: this.env });
    this.printed.push(ran.out, ran.err);
    return ran;
  }

  /** A fresh plan. */
  async plan(...args: string[]): Promise<Plan> {
    const ran = await this.run("plan", "--env", "test", "--format", "json", ...args);
    if (!ran.out.startsWith("{")) throw new Error(ran.out + ran.err);
    return JSON.parse(ran.out) as Plan;
  }

  /** The changes of a fresh plan that are anything but "unchanged". */
  async changes(...args: string[]): Promise<Change[]> {
    const { spaces } = await this.plan(...args);
    return spaces.flatMap(({ changes }) => changes).filter(({ action }) => action !== "unchanged");
  }

  /** Applies without a question; a failure is the test's. */
  async apply(...args: string[]): Promise<Ran> {
    const ran = await this.tryApply(...args);
    if (ran.exit !== 0) throw new Error(ran.out + ran.err);
    return ran;
  }

  tryApply(...args: string[]): Promise<Ran> {
    return this.run("apply", "--env", "test", "--yes", ...args);
  }

  setFaults(faults: readonly Fault[]): void {
    this.kibana.setFaults(faults);
  }

  #in(space: string): string {
    return space === "default" ? "" : `/s/${space}`;
  }

  /** A rule as Kibana has it; undefined where there is none. */
  async rule(rule_id: string, space = "default"): Promise<Json | undefined> {
    const { status, body } = await this.api.get(
      `${this.#in(space)}/api/detection_engine/rules?rule_id=${encodeURIComponent(rule_id)}`,
    );
    return status === 200 ? body : undefined;
  }

  /** Every rule of a space. */
  async rules(space = "default"): Promise<Json[]> {
    const { body } = await this.api.get(`${this.#in(space)}/api/detection_engine/rules/_find?per_page=10000`);
    return body["data"] as Json[];
  }

  async items(list_id: string, space = "default", namespace_type = "single"): Promise<Json[]> {
    const { body } = await this.api.get(
      `${this.#in(space)}/api/exception_lists/items/_find?list_id=${list_id}&namespace_type=${namespace_type}&per_page=1000`,
    );
    return (body["data"] ?? []) as Json[];
  }

  async lists(space = "default"): Promise<Json[]> {
    const { body } = await this.api.get(
      `${this.#in(space)}/api/exception_lists/_find?namespace_type=single,agnostic&per_page=1000`,
    );
    return (body["data"] ?? []) as Json[];
  }

  async connectors(space = "default"): Promise<Json[]> {
    const { body } = await this.api.get<Json[]>(`${this.#in(space)}/api/actions/connectors`);
    return body;
  }

  /** The rules of a bundle as Kibana exports them. */
  async exported(space = "default"): Promise<Json[]> {
    const { text } = await this.api.post(`${this.#in(space)}/api/detection_engine/rules/_export`);
    return documents(text);
  }

  /** A request that has to succeed, by somebody else than the command line. */
  async send<T = Json>(
    method: "post" | "put" | "patch" | "delete",
    path: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await this.api[method]<T>(path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
}

/** The fields that a change touches; the mark is none of them. */
export const touched = (change: Change | undefined): string[] => [
  ...new Set(
    change?.diff.map(({ path }) => /^[^.[]+/.exec(path)![0]).filter((field) => field !== "meta") ?? [],
  ),
];

/** A rule file with as little as a rule can have. */
export const rule = (fields: Json = {}): Json => ({
  rule_id: "r1",
  name: "Rule one",
  description: "Finds something.",
  type: "query",
  severity: "low",
  risk_score: 21,
  index: ["logs-*"],
  query: 'process.name : "x.exe"',
  ...fields,
});

export const item = (item_id: string, fields: Json = {}): Json => ({
  item_id,
  name: `Item ${item_id}`,
  description: "Expected.",
  entries: [{ field: "host.name", type: "match", operator: "included", value: item_id }],
  ...fields,
});

export const list = (items: readonly Json[], fields: Json = {}): Json => ({
  list_id: "trusted",
  name: "Trusted hosts",
  description: "Hosts that may.",
  items,
  ...fields,
});

export const slack: Json = {
  name: "soc-slack",
  connector_type_id: ".slack",
  secrets: { webhookUrl: "${SLACK_URL}" },
};
