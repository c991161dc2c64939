/** Puts an embedded Kibana on a port of this machine. */
import { type HttpBindings, serve as serveHono, type ServerType } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { ConnectionReset } from "./faults.js";
import { arrived } from "./http/damage.js";
import type { Kibana } from "./kibana.js";

export interface ServeOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** The loopback address when absent: it is nothing for a network. */
  readonly host?: string;
}

/** A Kibana that listens. */
export interface Running {
  readonly url: string;
  readonly apiKey: string;
  /** Stops listening, drops open connections and writes the data file. */
  close(): Promise<void>;
}

/** Starts to listen. Rejects where the port cannot be had. */
export function serve(kibana: Kibana, options: ServeOptions): Promise<Running> {
  const host = options.host ?? "127.0.0.1";
  return new Promise((resolve, reject) => {
    const server = serveHono(
      {
        port: options.port,
        hostname: host,
        overrideGlobalObjects: false,
        fetch: async (request, env) => {
          if (!isOwnName(request.headers.get("host"), host))
            return new Response(MISDIRECTED, { status: 421 });
          try {
            const response = await kibana.fetch(request);
            const part = arrived(response);
            if (part === undefined) return response;
            breakOff((env as HttpBindings).outgoing, response, part);
            return RESPONSE_ALREADY_SENT;
          } catch (error) {
            if (!(error instanceof ConnectionReset)) throw error;
            (env as HttpBindings).incoming.socket.destroy();
            return RESPONSE_ALREADY_SENT;
          }
        },
      },
      ({ port }) => {
        server.off("error", reject);
        resolve({
          url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
          apiKey: kibana.apiKey,
          close: () => close(server, kibana),
        });
      },
    );
    server.once("error", reject);
  });
}

const MISDIRECTED = "This Kibana answers only to the address that it listens on.\n";

/**
 * Whether a request asks for this machine by a name that only this machine has. A page of the Internet can let its own name
 * mean this machine (DNS rebinding), and a browser would then send its requests here.
 */
function isOwnName(header: string | null, host: string): boolean {
  const name = (header ?? "")
    .toLowerCase()
    .replace(/:\d*$/, "")
    .replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name) || name === host;
}

/** Tells the whole length, sends a part and drops the connection. */
function breakOff(outgoing: HttpBindings["outgoing"], response: Response, part: Uint8Array): void {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.write(part, () => outgoing.destroy());
}

async function close(server: ServerType, kibana: Kibana): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  await kibana.flush();
}
