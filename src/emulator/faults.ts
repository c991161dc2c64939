/** Failures that one can order, to see how a client bears them. */
import type { Deed } from "./ui/deed.js";

export interface FaultMatch {
  /** HTTP method; any when absent. */
  readonly method?: string;
  /** Text that path and query (without the space's prefix) contain, or a pattern; any when absent. */
  readonly path?: string | RegExp;
  /** The pattern as text, for scripts, which are JSON. */
  readonly pattern?: string;
  /** Space; any when absent. */
  readonly space?: string;
}

export type FaultResponse =
  /** An error of Kibana or of a proxy in front of it. `afterHandling`: the request was carried out all the same. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** `Retry-After` as it is to be sent. */
      readonly retryAfter?: number | string;
      /** `Retry-After` as the date that is so many seconds ahead. */
      readonly retryAt?: number;
      readonly body?: unknown;
      readonly afterHandling?: boolean;
    }
  /** The connection drops. `afterHandling`: only the answer is lost. */
  | { readonly kind: "reset"; readonly afterHandling?: boolean }
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** The request is carried out; the headers come at once, the body in pieces over so many milliseconds. */
  | { readonly kind: "slow-body"; readonly milliseconds: number }
  /** The request is carried out; the connection drops in the middle of the body. */
  | { readonly kind: "truncated" }
  /** The request is carried out; the body ends cleanly behind so many of its lines (below 0: so many before its end). */
  | { readonly kind: "cut"; readonly lines: number }
  /**
   * The request is carried out; the answer tells of it otherwise. It is an object of JSON, or lines of which the last one is
   * meant.
   */
  | {
      readonly kind: "lie";
      /** By how much fields that are numbers are off. */
      readonly counts?: Readonly<Record<string, number>>;
      /** How many entries of `data` are left out at its end. */
      readonly without?: number;
    }
  /** Something before Kibana answers, without Kibana's name: a text as it is, anything else as JSON. */
  | {
      readonly kind: "foreign";
      readonly status: number;
      readonly body: unknown;
      /** `application/json` when absent. */
      readonly type?: string;
      readonly afterHandling?: boolean;
    }
  /** A page of a proxy: its login form, or its error. */
  | {
      readonly kind: "html";
      readonly page: "login" | "error";
      /** 200 for a login, 502 for an error when absent. */
      readonly status?: number;
      readonly afterHandling?: boolean;
    }
  /** The credentials are no longer valid. */
  | { readonly kind: "expired-key" }
  /** The first `failures` rules of a bulk action or import fail one by one, the others go through. */
  | { readonly kind: "partial"; readonly failures: number; readonly message?: string }
  /** Somebody works in Kibana's pages right before or after the request; what Kibana refuses them is left undone. */
  | {
      readonly kind: "change";
      /** Before the request when absent. */
      readonly when?: "before" | "after";
      /** Whose work it is; `analyst` when absent. */
      readonly user?: string;
      /** In which space; the request's when absent. */
      readonly space?: string;
      readonly does: readonly Deed[];
    };

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
  readonly pattern: RegExp | undefined;
  seen: number;
}

/** The faults in force. Each counts the requests that it matches. */
export class Faults {
  private armed: Armed[] = [];

  constructor(faults: readonly Fault[] = []) {
    this.set(faults);
  }

  /** Replaces all faults; counting starts anew. Throws a `SyntaxError` for a pattern that is none. */
  set(faults: readonly Fault[]): void {
    this.armed = faults.map((fault) => ({
      fault,
      pattern: fault.match?.pattern === undefined ? undefined : new RegExp(fault.match.pattern, "u"),
      seen: 0,
    }));
  }

  /** The faults that hit a request, in their order. */
  hitting(method: string, path: string, space: string): FaultResponse[] {
    const hits: FaultResponse[] = [];
    for (const armed of this.armed) {
      if (armed.pattern?.test(path) === false) continue;
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
