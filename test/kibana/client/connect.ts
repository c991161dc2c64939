import { createKibana, type Kibana, type KibanaOptions } from "../../../src/emulator/index.js";
import type { Client } from "../../../src/kibana/client.js";
import { fetchTransport, type Transport } from "../../../src/kibana/transport.js";
import { clientOf } from "./support.js";

export interface Connected {
  readonly client: Client;
  readonly kibana: Kibana;
  /** What was asked for, as `METHOD path?query` with the space's prefix. */
  readonly requests: string[];
}

/** What happens to the n-th request (from 0) that a pattern fits: it is lost, or its answer is. */
export interface Break {
  readonly on: RegExp;
  readonly lose: readonly ("request" | "answer")[];
}

/** A client of an embedded Kibana of its own, whose connection may break. */
export function connect(options: KibanaOptions = {}, broken?: Break): Connected {
  const kibana = createKibana(options);
  const requests: string[] = [];
  const direct = fetchTransport((request) => kibana.fetch(request));
  let hits = 0;
  const transport: Transport = async (exchange, now) => {
    const { pathname, search } = new URL(exchange.url);
    const line = `${exchange.method} ${pathname}${search}`;
    requests.push(line);
    const fate = broken?.on.test(line) === true ? broken.lose[hits++] : undefined;
    const reset = Object.assign(new Error("broken"), { code: "ECONNRESET" });
    if (fate === "request") throw reset;
    const answer = await direct(exchange, now);
    if (fate === "answer") throw reset;
    return answer;
  };
  return { kibana, requests, client: clientOf(transport, { auth: { apiKey: kibana.apiKey } }).client };
}
