/** The embedded Kibana: from a request to its answer, without a socket. */
import { Hono } from "hono";
import { ConnectionReset, type Fault, type FaultResponse } from "./faults.js";
import { securityViews } from "./data-views/store.js";
import { Crowd } from "./http/crowd.js";
import { answerOf, cutBehind, isForeign, lying, slowed, truncated } from "./http/damage.js";
import { PlatformError } from "./http/errors.js";
import type { Call, Route } from "./http/call.js";
import { errorResponse, mount } from "./http/route.js";
import { Kernel } from "./kernel.js";
import { traitsOf, versionOf } from "./flavour.js";
import type { ApiKey, KibanaOptions, SpaceOption, User } from "./options.js";
import { alertRoutes } from "./routes/alerts.js";
import { connectorRoutes } from "./routes/connectors.js";
import { dataViewRoutes } from "./routes/data-views.js";
import { exceptionRoutes } from "./routes/exceptions.js";
import { gapRoutes } from "./routes/gaps.js";
import { legacyBulkRoutes } from "./routes/legacy-bulk.js";
import { prebuiltRoutes } from "./routes/prebuilt.js";
import { ruleCollectionRoutes } from "./routes/rule-collections.js";
import { ruleRoutes } from "./routes/rules.js";
import { searchRoutes } from "./routes/search.js";
import { serverRoutes } from "./routes/server.js";
import { spaceRoutes } from "./routes/spaces.js";
import { timelineRoutes } from "./routes/timelines.js";
import { valueListRoutes } from "./routes/value-lists.js";
import { valueRoutes } from "./routes/values.js";
import { Analyst } from "./ui/analyst.js";
import { perform } from "./ui/deed.js";
import { DataFile, readState } from "./store/data-file.js";
import { DEFAULT_SPACE, State } from "./store/state.js";

export interface Kibana {
  readonly version: string;
  /** What goes after `ApiKey ` in the `Authorization` header. */
  readonly apiKey: string;
  /** A key of an Elastic Cloud organisation, which serverless accepts too; with it no rule can be enabled. */
  readonly organizationKey: string | undefined;
  /** Answers a request. Rejects with a `ConnectionReset` only where a fault drops the connection. */
  fetch(request: Request): Promise<Response>;
  /** Replaces the faults in force. */
  setFaults(faults: readonly Fault[]): void;
  /**
   * Somebody who works in the pages of this Kibana, in a space (`default` when absent). What they do is no request of
   * a client: no fault hits it, and `onRequest` does not see it.
   */
  ui(space?: string, username?: string): Analyst;
  /** Resolves when all changes so far are in the data file, where there is one; rejects with a `DataFileError`. */
  flush(): Promise<void>;
}

const DEFAULT_USERS: readonly User[] = [{ username: "elastic", password: "changeme" }];

/** Makes an embedded Kibana. Throws a `DataFileError` where the data file cannot be used. */
export function createKibana(options: KibanaOptions = {}): Kibana {
  const uuid = options.uuid ?? (() => crypto.randomUUID());
  const flavour = options.flavour ?? "9.5";
  const version = options.version ?? versionOf(flavour);
  const { managedDataViews } = traitsOf(version);
  const fresh = (id = uuid()): State => new State(id, (space) => securityViews(space, managedDataViews));
  const state = options.data === undefined ? fresh() : readState(options.data, fresh);
  for (const space of options.spaces ?? [])
    addSpace(state, typeof space === "string" ? { id: space } : space);
  const isServerless = flavour === "serverless";
  const encoded = options.apiKey ?? Buffer.from(`${uuid()}:${uuid()}`).toString("base64");
  const key: ApiKey = { encoded, managedBy: isServerless ? "cloud" : "elasticsearch" };
  const organizationKey = isServerless ? organizationKeyOf(uuid) : undefined;
  const kernel = new Kernel({
    version,
    license: isServerless ? "enterprise" : (options.license ?? "trial"),
    tier: isServerless ? (options.tier ?? "complete") : undefined,
    users: options.users ?? DEFAULT_USERS,
    apiKeys: [key, ...(organizationKey === undefined ? [] : [organizationKey]), ...(options.apiKeys ?? [])],
    server: {
      encryptionKey: options.encryptionKey ?? true,
      minimumInterval: options.minimumInterval,
      runsPerMinute: options.runsPerMinute,
      indices: options.indices,
    },
    preconfigured: options.preconfigured ?? [],
    prebuilt: options.prebuilt ?? [],
    faults: options.faults ?? [],
    state,
    now: clockOf(options),
    uuid,
  });
  return new EmbeddedKibana(kernel, options, organizationKey?.encoded);
}

function organizationKeyOf(uuid: () => string): ApiKey {
  const encoded = Buffer.from(`${uuid()}:${uuid()}`).toString("base64");
  return { encoded, name: "organization", organization: true };
}

function clockOf({ now = () => new Date(), clockOffset = 0 }: KibanaOptions): () => Date {
  return clockOffset === 0 ? now : () => new Date(now().getTime() + clockOffset);
}

function addSpace(state: State, { id, name, description }: SpaceOption): void {
  if (state.spaces.has(id)) return;
  state.spaces.set(id, {
    id,
    name: name ?? id,
    ...(description === undefined ? {} : { description }),
    disabledFeatures: [],
  });
}

const SPACE_PREFIX = /^\/s\/([^/]+)(?=\/)/;

interface Address {
  readonly space: string;
  readonly path: string;
  readonly query: string;
}

interface Arrival extends Address {
  /** Who a page of Kibana's own acts for, which needs no credentials. */
  readonly inside: string | undefined;
  /** A fault that the handler must know of. */
  readonly partial: Call["partial"];
}

/** `/s/<space>/api/…` means `/api/…` in that space; a path that cannot be decoded means nothing. */
function addressOf(url: string): Address {
  const { pathname, search: query } = new URL(url);
  const match = isDecodable(pathname) ? SPACE_PREFIX.exec(pathname) : null;
  return match === null
    ? { space: DEFAULT_SPACE.id, path: pathname, query }
    : { space: decodeURIComponent(match[1]!), path: pathname.slice(match[0].length), query };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

class EmbeddedKibana implements Kibana {
  private readonly app: Hono;
  private readonly file: DataFile | undefined;
  /** What is known of the requests under way beside their content. */
  private readonly arrivals = new WeakMap<Request, Arrival>();
  private readonly crowded = new Crowd();

  constructor(
    private readonly kernel: Kernel,
    private readonly options: KibanaOptions,
    readonly organizationKey: string | undefined,
  ) {
    this.file = options.data === undefined ? undefined : new DataFile(options.data, kernel.state);
    this.app = new Hono({ getPath: (request) => this.arrivals.get(request)!.path });
    const hooks = {
      kernel,
      arrival: (request: Request) => this.arrivals.get(request)!,
      changed: () => this.file?.touch(),
      failed: (error: unknown) => options.onError?.(error),
    };
    for (const route of this.routes()) mount(this.app, hooks, route);
    this.app.notFound(() => errorResponse(new PlatformError(404), () => undefined));
  }

  get version(): string {
    return this.kernel.version;
  }

  get apiKey(): string {
    return this.kernel.apiKeys[0].encoded;
  }

  setFaults(faults: readonly Fault[]): void {
    this.kernel.faults.set(faults);
  }

  ui(space: string = DEFAULT_SPACE.id, username = "analyst"): Analyst {
    const send = async (request: Request): Promise<Response> => {
      this.arrivals.set(request, { ...addressOf(request.url), partial: undefined, inside: username });
      return this.app.fetch(request);
    };
    return new Analyst(send, space);
  }

  async flush(): Promise<void> {
    await this.file?.flush();
  }

  async fetch(request: Request): Promise<Response> {
    const address = addressOf(request.url);
    const { space, path, query } = address;
    const log = (status: number): void =>
      this.options.onRequest?.({ method: request.method, path: path + query, space, status });
    try {
      const response = await this.answer(request, address);
      if (this.options.clockOffset !== undefined) {
        response.headers.set("date", this.kernel.time().toUTCString());
      }
      if (!isForeign(response)) response.headers.set("kbn-name", "kdac");
      response.headers.set("cache-control", "private, no-cache, no-store, must-revalidate");
      log(response.status);
      return response;
    } catch (error) {
      log(0);
      throw error;
    }
  }

  private async answer(request: Request, address: Address): Promise<Response> {
    let partial: Call["partial"];
    let instead: (() => Response) | undefined;
    const afterwards: ((response: Response) => Promise<Response>)[] = [];
    for (const fault of this.kernel.faults.hitting(
      request.method,
      address.path + address.query,
      address.space,
    )) {
      switch (fault.kind) {
        case "slow":
          await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
          break;
        case "partial":
          partial = { failures: fault.failures, message: fault.message ?? "An unexpected error occurred" };
          break;
        case "change":
          if (fault.when === "after") {
            afterwards.push(async (response) => {
              await this.meanwhile(fault, address.space);
              return response;
            });
          } else await this.meanwhile(fault, address.space);
          break;
        case "slow-body":
          afterwards.push((response) => slowed(response, fault.milliseconds));
          break;
        case "truncated":
          afterwards.push(truncated);
          break;
        case "cut":
          afterwards.push((response) => cutBehind(response, fault.lines));
          break;
        case "lie":
          afterwards.push((response) => lying(response, fault));
          break;
        case "expired-key":
          return answerOf(fault, () => this.kernel.time());
        case "reset":
        case "status":
        case "html":
        case "foreign":
          instead ??= () => {
            if (fault.kind === "reset") throw new ConnectionReset();
            return answerOf(fault, () => this.kernel.time());
          };
          if (fault.afterHandling !== true) return instead();
      }
    }
    this.arrivals.set(request, { ...address, partial, inside: undefined });
    let response = await this.crowded.guard(request.method, address.path, async () =>
      isDecodable(address.path)
        ? this.app.fetch(request)
        : errorResponse(new PlatformError(400), () => undefined),
    );
    for (const step of afterwards) response = await step(response);
    return instead === undefined ? response : instead();
  }

  /** What somebody does in Kibana's pages around a request. */
  private async meanwhile(
    { does, space, user }: Extract<FaultResponse, { kind: "change" }>,
    requested: string,
  ): Promise<void> {
    const analyst = this.ui(space ?? requested, user);
    for (const deed of does) await perform(analyst, deed);
  }

  private routes(): Route[] {
    return [
      ...ruleCollectionRoutes,
      ...prebuiltRoutes,
      ...ruleRoutes,
      ...(this.kernel.has("legacyBulk") ? legacyBulkRoutes : []),
      ...exceptionRoutes,
      ...valueListRoutes,
      ...valueRoutes,
      ...connectorRoutes,
      ...spaceRoutes,
      ...serverRoutes,
      ...alertRoutes,
      ...searchRoutes,
      ...gapRoutes,
      ...dataViewRoutes,
      ...timelineRoutes,
    ];
  }
}
