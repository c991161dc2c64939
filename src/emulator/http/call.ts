/** What a handler of the API gets and is. It names no web framework, since the library's own types lead here. */
import type { Kernel } from "../kernel.js";
import type { Privilege } from "../options.js";
import type { SpaceData } from "../store/state.js";
import type { AuthScheme, Caller } from "./auth.js";

export type Query = Readonly<Record<string, string | readonly string[]>>;

/** One request, as a handler sees it. */
export interface Call {
  readonly kernel: Kernel;
  readonly space: SpaceData;
  readonly user: Caller;
  readonly scheme: AuthScheme;
  readonly method: string;
  /** Path without the space's prefix. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** The JSON body; null where there is none. */
  readonly body: unknown;
  readonly bytes: ArrayBuffer;
  readonly contentType: string | undefined;
  /** A fault that lets the first rules of a bulk request fail. */
  readonly partial: { readonly failures: number; readonly message: string } | undefined;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** What the caller must be allowed to do; nothing when absent. */
  readonly privilege?: Privilege;
  /** Internal routes want the header `x-elastic-internal-origin` from 9.0 on. */
  readonly internal?: true;
  /** Answers strangers too; the handler is then called without a user. */
  readonly openToAll?: true;
  /** Most bytes of the body; 1 MiB when absent, Kibana's `server.maxPayload`. */
  readonly maxBytes?: number;
  /** The body is left unread: multipart. */
  readonly upload?: true;
  /** Changes nothing although its method might. */
  readonly readOnly?: true;
  /** Gives a `Response`, or a value to send as JSON. */
  readonly handle: (call: Call) => unknown;
}
