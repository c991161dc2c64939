import { createClient, type Client, type ClientOptions } from "../../../src/kibana/client.js";
import { isKibanaError, type KibanaError } from "../../../src/kibana/errors.js";
import type { Clock } from "../../../src/kibana/retry.js";
import type { Exchange, Transport } from "../../../src/kibana/transport.js";

/** A clock that never waits: `slept` tells how long it would have. */
export function fakeClock(): Clock & { readonly slept: number[] } {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

export interface Scripted {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a send meets: an answer, or the code of a broken connection. */
export type Step = Scripted | string;

/** A transport that plays a script and then repeats its last step. */
export function scripted(...steps: Step[]): { transport: Transport; sent: Exchange[] } {
  const sent: Exchange[] = [];
  return {
    sent,
    transport: (exchange, now) => {
      const step = steps[Math.min(sent.length, steps.length - 1)]!;
      sent.push(exchange);
      if (typeof step === "string") return Promise.reject(Object.assign(new Error("broken"), { code: step }));
      return Promise.resolve({
        status: step.status,
        headers: { "content-type": "application/json", ...step.headers },
        text: typeof step.body === "string" ? step.body : JSON.stringify(step.body ?? {}),
        at: now(),
      });
    },
  };
}

export const KEY = "c2VjcmV0LWlkOnNlY3JldC1rZXk=";

export function clientOf(
  transport: Transport,
  options: Partial<ClientOptions> = {},
): { client: Client; clock: ReturnType<typeof fakeClock> } {
  const clock = fakeClock();
  return {
    clock,
    client: createClient({
      url: "https://kibana.example.com:5601",
      auth: { apiKey: KEY },
      clock,
      random: () => 0,
      version: "1.2.3",
      transport,
      ...options,
    }),
  };
}

export async function failure(work: Promise<unknown>): Promise<KibanaError> {
  try {
    await work;
  } catch (error) {
    if (isKibanaError(error)) return error;
    throw error;
  }
  throw new Error("the call succeeded");
}
