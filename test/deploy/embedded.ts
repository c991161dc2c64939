import { createKibana, type Kibana, type KibanaOptions } from "../../src/emulator/index.js";
import { createClient, type Client, type ClientOptions } from "../../src/kibana/client.js";
import { fetchTransport, type Transport } from "../../src/kibana/transport.js";
import { fakeClock } from "../kibana/client/support.js";
import { checkedFetch } from "../support/wire-check.js";

export interface Embedded {
  readonly kibana: Kibana;
  client(options?: Partial<ClientOptions>): Client;
  /** What clients send with, for tests that put something in between. */
  readonly transport: Transport;
  /** What was asked for, as `METHOD path` with the space's prefix. */
  readonly requests: string[];
  /** What the codecs of the wire find wrong with the requests. */
  readonly wrong: string[];
}

/** The embedded Kibana without sockets, with a log of the requests. */
export function embedded(options: KibanaOptions = {}): Embedded {
  const kibana = createKibana(options);
  const requests: string[] = [];
  const wrong: string[] = [];
  const transport = fetchTransport(
    checkedFetch((request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return kibana.fetch(request);
    }, wrong),
  );
  return {
    kibana,
    requests,
    wrong,
    transport,
    client: (more = {}) =>
      createClient({
        url: "http://localhost:5601",
        auth: { apiKey: kibana.apiKey },
        clock: fakeClock(),
        random: () => 0,
        version: "test",
        transport,
        ...more,
      }),
  };
}
