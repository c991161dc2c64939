/** Failures that one can order, to see how a client bears them. */

export interface FaultMatch {
  /** HTTP method; any when absent. */
  readonly method?: string;
  /** Text that path and query (without the space's prefix) contain, or a pattern; any when absent. */
  readonly path?: string | RegExp;
  /** Space; any when absent. */
  readonly space?: string;
}

export type FaultResponse =
  /** An error of Kibana or of a proxy in front of it. `afterHandling`: the request was carried out all the same. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfter?: number | string;
      readonly body?: unknown;
      readonly afterHandling?: boolean;
    }
  /** The connection drops. `afterHandling`: only the answer is lost. */
  | { readonly kind: "reset"; readonly afterHandling?: boolean }
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** The first `failures` rules of a bulk action or import fail one by one, the others go through. */
  | { readonly kind: "partial"; readonly failures: number; readonly message?: string };

export interface Fault {
  readonly match?: FaultMatch;
  /** How many matching requests go through before it begins; 0 when absent. */
  readonly after?: number;
  /** How many matching requests it hits; all when absent. */
  readonly times?: number;
  readonly respond: FaultResponse;
}

/** Thrown by `fetch` where a fault drops the connection; `code` is Node's. */
export class ConnectionReset extends Error {
  readonly code = "ECONNRESET";
  constructor() {
    super("socket hang up");
  }
}

interface Armed {
  readonly fault: Fault;
  seen: number;
}

/** The faults in force. Each counts the requests that it matches. */
export class Faults {
  private armed: Armed[] = [];

  constructor(faults: readonly Fault[] = []) {
    this.set(faults);
  }

  /** Replaces all faults; counting starts anew. */
  set(faults: readonly Fault[]): void {
    this.armed = faults.map((fault) => ({ fault, seen: 0 }));
  }

  /** The faults that hit a request, in their order. */
  hitting(method: string, path: string, space: string): FaultResponse[] {
    const hits: FaultResponse[] = [];
    for (const armed of this.armed) {
      if (!matches(armed.fault.match ?? {}, method, path, space)) continue;
      const nth = armed.seen++ - (armed.fault.after ?? 0);
      if (nth >= 0 && nth < (armed.fault.times ?? Number.POSITIVE_INFINITY)) hits.push(armed.fault.respond);
    }
    return hits;
  }
}

function matches(match: FaultMatch, method: string, path: string, space: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.space !== undefined && match.space !== space) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? path.includes(match.path) : match.path.test(path);
}
