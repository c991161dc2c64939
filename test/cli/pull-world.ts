import {
  cpSync,
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
import { createKibana, type KibanaOptions, type Running, serve } from "../../src/emulator/index.js";
import type { Plan } from "../../src/deploy/index.js";
import { kdac, type Ran } from "../support/cli.js";

export type Json = Record<string, unknown>;

export interface PullReport {
  readonly summary: Readonly<Record<string, number>>;
  readonly objects: readonly {
    readonly kind: string;
    readonly id: string;
    readonly name: string;
    readonly file: string;
    readonly action: string;
    readonly fields: readonly string[];
    readonly prebuilt?: { readonly customized: boolean; readonly fields: readonly string[] };
  }[];
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
  }[];
}

/** A project on the disk and an embedded Kibana that it is deployed to. */
export class World {
  readonly root: string;
  /** `METHOD path` of each request. */
  readonly requests: string[] = [];
  readonly #running: Running;

  private constructor(root: string, running: Running, requests: string[]) {
    this.root = root;
    this.#running = running;
    this.requests = requests;
  }

  static async start(
    files: Readonly<Record<string, string>> | string,
    options: KibanaOptions = {},
    folders: readonly string[] = [],
  ): Promise<World> {
    const root = mkdtempSync(join(tmpdir(), "kdac-pull-"));
    const requests: string[] = [];
    let second = Date.parse("2026-01-01T00:00:00Z") / 1000;
    const kibana = createKibana({ now: () => new Date(1000 * second++), ...options });
    const running = await serve(
      {
        version: kibana.version,
        apiKey: kibana.apiKey,
        organizationKey: kibana.organizationKey,
        setFaults: (faults) => kibana.setFaults(faults),
        flush: () => kibana.flush(),
        ui: (space, user) => kibana.ui(space, user),
        fetch: (request) => {
          requests.push(`${request.method} ${new URL(request.url).pathname}`);
          return kibana.fetch(request);
        },
      },
      { port: 0 },
    );
    const world = new World(root, running, requests);
    if (typeof files === "string")
      for (const folder of folders) cpSync(join(files, folder), join(root, folder), { recursive: true });
    else for (const [path, text] of Object.entries(files)) world.write(path, text);
    return world;
  }

  async stop(): Promise<void> {
    await this.#running.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  get env(): Record<string, string> {
    return {
      KIBANA_URL: this.#running.url,
      KIBANA_API_KEY: this.#running.apiKey,
      SLACK_URL: "https://hooks.example.com/x",
    };
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Every file with its text. */
  files(folder = ""): Map<string, string> {
    const entries = readdirSync(join(this.root, folder), { withFileTypes: true, recursive: true });
    return new Map(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
        .sort()
        .map((path) => [path, this.read(path)]),
    );
  }

  run(...args: string[]): Promise<Ran> {
    return kdac(args, { cwd: this.root, env: this.env });
  }

  async apply(...args: string[]): Promise<void> {
    const ran = await this.run("apply", "--env", "test", "--yes", ...args);
    if (ran.exit !== 0) throw new Error(ran.out + ran.err);
  }

  async pull(...args: string[]): Promise<PullReport & { readonly exit: number }> {
    const { exit, out, err } = await this.run("pull", "--env", "test", "--format", "json", ...args);
    if (out === "") throw new Error(err);
    try {
      return { exit, ...(JSON.parse(out) as PullReport) };
    } catch {
      throw new Error(out + err);
    }
  }

  /** The changes of a fresh plan that are anything but "unchanged", by id, with the fields that differ; the mark is none of them. */
  async differences(...args: string[]): Promise<Record<string, string[]>> {
    const ran = await this.run("plan", "--env", "test", "--format", "json", ...args);
    if (!ran.out.startsWith("{")) throw new Error(ran.out + ran.err);
    const plan = JSON.parse(ran.out) as Plan;
    return Object.fromEntries(
      plan.spaces
        .flatMap(({ changes }) => changes)
        .filter(({ action }) => action !== "unchanged")
        .map(({ id, diff, action }) => [
          id,
          action === "create"
            ? ["(create)"]
            : diff.map(({ path }) => path).filter((path) => path !== "meta.kdac"),
        ])
        .filter(([, paths]) => paths!.length > 0),
    ) as Record<string, string[]>;
  }

  async send<T = Json>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#running.url}${path}`, {
      method,
      headers: {
        authorization: `ApiKey ${this.#running.apiKey}`,
        "kbn-xsrf": "1",
        "elastic-api-version": "2023-10-31",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  rule(rule_id: string): Promise<Json> {
    return this.send("GET", `/api/detection_engine/rules?rule_id=${rule_id}`);
  }

  /** What a bulk edit does: it keeps the mark. */
  patch(rule_id: string, fields: Json): Promise<Json> {
    return this.send("PATCH", "/api/detection_engine/rules", { rule_id, ...fields });
  }

  /** A save in Kibana's form: all that the form knows, with a `meta` of its own. */
  async saveInForm(rule_id: string, fields: Json): Promise<void> {
    const live = await this.rule(rule_id);
    const server = new Set([
      "id", "immutable", "rule_source", "revision", "created_at", "created_by", "updated_at", "updated_by",
      "execution_summary", "version", "output_index",
    ]); // prettier-ignore
    const form = Object.fromEntries(Object.entries(live).filter(([key]) => !server.has(key)));
    await this.send("PUT", "/api/detection_engine/rules", {
      ...form,
      ...fields,
      meta: { kibana_siem_app_url: "https://kibana.example.com/app/security" },
    });
  }
}
