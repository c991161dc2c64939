/** A route and the steps that every request takes before its handler, in the order in which Kibana takes them. */
import type { Context, Hono } from "hono";
import type { Kernel } from "../kernel.js";
import type { Privilege } from "../options.js";
import { parse, type Schema } from "../validate/schema.js";
import { authenticate, type Authentication, type Identity, may, mayEnter } from "./auth.js";
import type { Call, Query, Route } from "./call.js";
import { PlatformError, SiemError } from "./errors.js";
import { json } from "./responses.js";

const API_VERSION = "2023-10-31";
const MAX_PAYLOAD = 1_048_576;
const XSRF = "Request must contain a kbn-xsrf header.";

/** What the hooks around a route need to know of a request. */
export interface Hooks {
  readonly kernel: Kernel;
  readonly arrival: (request: Request) => Pick<Call, "path" | "partial"> & {
    readonly space: string;
    /** Who a page of Kibana's own acts for. */
    readonly inside: string | undefined;
  };
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

export function mount(app: Hono, hooks: Hooks, route: Route): void {
  app.on(route.method, route.path, async (context) => {
    const response = await answer(context, hooks, route);
    if (route.internal === undefined) response.headers.set("elastic-api-version", API_VERSION);
    if (route.method !== "GET" && route.readOnly === undefined) hooks.changed();
    return response;
  });
}

async function answer(context: Context, hooks: Hooks, route: Route): Promise<Response> {
  try {
    const call = await admit(context, hooks, route);
    const result = await route.handle(call);
    return result instanceof Response ? result : json(result);
  } catch (error) {
    return errorResponse(error, hooks.failed);
  }
}

export function errorResponse(error: unknown, failed: (error: unknown) => void): Response {
  if (error instanceof SiemError) return json(error.body(), error.status);
  if (error instanceof PlatformError) {
    const response = json(error.body(), error.status);
    for (const [name, value] of Object.entries(error.headers)) response.headers.set(name, value);
    return response;
  }
  failed(error);
  const text = "An internal server error occurred. Check Kibana server logs for details.";
  return json(new PlatformError(500, text).body(), 500);
}

/** Authentication, reading the body, xsrf, version, privilege, API version: the checks that Kibana's core makes. */
async function admit(context: Context, hooks: Hooks, route: Route): Promise<Call> {
  const { kernel } = hooks;
  const request = context.req.raw;
  const { space, path, partial, inside } = hooks.arrival(request);
  const authentication: Authentication =
    inside === undefined
      ? authenticate(kernel, request.headers.get("authorization"))
      : { identity: { user: { username: inside }, scheme: "basic" } };
  if ("refusal" in authentication && route.openToAll === undefined) {
    const challenge = { "www-authenticate": 'Basic realm="security", charset="UTF-8", ApiKey' };
    throw new PlatformError(401, authentication.refusal, challenge);
  }
  const identity = "identity" in authentication ? authentication.identity : NOBODY;
  const bytes = route.method === "GET" ? new ArrayBuffer(0) : await bodyOf(request, route);
  const contentType = request.headers.get("content-type") ?? undefined;
  const body = route.upload === true ? null : parsedBody(bytes, contentType);
  checkHeaders(kernel, route, request, context.req.url);
  const { user } = identity;
  if (route.privilege !== undefined && !(may(user, route.privilege) && mayEnter(user, space))) {
    throw new PlatformError(403, forbidden(kernel, route, route.privilege));
  }
  checkApiVersion(route, request);
  return {
    kernel,
    space: kernel.state.in(space),
    user,
    scheme: identity.scheme,
    method: route.method,
    path,
    params: context.req.param() as Record<string, string>,
    query: queryOf(context.req.queries()),
    body,
    bytes,
    contentType,
    partial,
  };
}

const NOBODY: Identity = { user: { username: "" }, scheme: "basic" };

/** The caller of a route that is open to all did not say who it is. */
export function isNobody(call: Call): boolean {
  return call.user === NOBODY.user;
}

async function bodyOf(request: Request, { maxBytes = MAX_PAYLOAD }: Route): Promise<ArrayBuffer> {
  const tooLarge = `Payload content length greater than maximum allowed: ${maxBytes}`;
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new PlatformError(413, tooLarge);
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > maxBytes) throw new PlatformError(413, tooLarge);
  return bytes;
}

const UTF8 = new TextDecoder();

function parsedBody(bytes: ArrayBuffer, contentType: string | undefined): unknown {
  if (bytes.byteLength === 0) return null;
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "application/json";
  const text = UTF8.decode(bytes);
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  if (type.startsWith("text/")) return text;
  if (type !== "application/json" && !type.endsWith("+json")) throw new PlatformError(415);
  try {
    return JSON.parse(text);
  } catch {
    throw new PlatformError(400, "Invalid request payload JSON format");
  }
}

function checkHeaders(kernel: Kernel, route: Route, { headers }: Request, url: string): void {
  if (route.method !== "GET" && !headers.has("kbn-xsrf") && !headers.has("kbn-version")) {
    throw new PlatformError(400, XSRF);
  }
  const got = headers.get("kbn-version");
  if (got !== null && got !== kernel.version) {
    throw new PlatformError(
      400,
      `Browser client is out of date, please refresh the page ("kbn-version" header was "${got}" but should be "${kernel.version}")`,
      {},
      { expected: kernel.version, got },
    );
  }
  if (route.internal === true && kernel.has("internalRestricted")) {
    const { pathname, searchParams } = new URL(url);
    const query = searchParams.get("elasticInternalOrigin");
    const isInternal = query === "false" ? false : query !== null || headers.has("x-elastic-internal-origin");
    if (!isInternal) {
      throw new PlatformError(
        400,
        `uri [${pathname}] with method [${route.method.toLowerCase()}] exists but is not available with the current configuration`,
      );
    }
  }
}

function checkApiVersion(route: Route, { headers }: Request): void {
  const version = headers.get("elastic-api-version");
  if (route.internal === true || version === null || version === API_VERSION) return;
  const path = route.path.replace(/:(\w+)/g, "{$1}");
  throw new PlatformError(
    400,
    `No version "${version}" available for [${route.method.toLowerCase()}] [${path}]. Available versions are: [${API_VERSION}]`,
  );
}

/** The Kibana privileges that would allow it, by what is asked for. */
const GRANTS: Readonly<Partial<Record<Privilege, string>>> = {
  exceptions: "lists-all",
  lists: "lists-all",
  connectors: "actions:all",
  spaces: "manage_spaces",
  features: "read_features",
};

function forbidden(kernel: Kernel, route: Route, privilege: Privilege): string {
  const rules = kernel.has("rulesFeature")
    ? `rules-${privilege === "read" ? "read" : "all"}`
    : "securitySolution";
  return `API [${route.method} ${route.path}] is unauthorized for user, this action is granted by the Kibana privileges [${GRANTS[privilege] ?? rules}]`;
}

function queryOf(queries: Readonly<Record<string, readonly string[]>>): Query {
  return Object.fromEntries(
    Object.entries(queries).map(([key, values]) => [key, values.length === 1 ? values[0]! : values]),
  );
}

/** A part of a request, checked; a refusal is Kibana's core's. */
function checked<T>(call: Call, part: "body" | "query" | "params", schema: Schema<T>, value: unknown): T {
  const outcome = parse(schema, value, call.kernel.words);
  if (!outcome.ok) throw new PlatformError(400, `[request ${part}]: ${outcome.text}`);
  return outcome.value;
}

export const checkedBody = <T>(call: Call, schema: Schema<T>): T => checked(call, "body", schema, call.body);
export const checkedQuery = <T>(call: Call, schema: Schema<T>): T =>
  checked(call, "query", schema, call.query);
export const checkedParams = <T>(call: Call, schema: Schema<T>): T =>
  checked(call, "params", schema, call.params);
