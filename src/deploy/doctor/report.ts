import type { KibanaError } from "../../kibana/errors.js";
import type { Check } from "./types.js";

type Base = Pick<Check, "id" | "title" | "space">;

/** A check of that name; its methods are its outcomes. */
export interface Outcomes {
  ok(message: string): Check;
  warning(message: string, help: string): Check;
  problem(message: string, help: string): Check;
  skipped(message: string): Check;
  /** A call that failed, in the words of the client. */
  failed(error: KibanaError): Check;
}

export function check(id: string, title: string, space?: string): Outcomes {
  const base: Base = { id, title, ...(space === undefined ? {} : { space }) };
  const problem = (message: string, help: string): Check => ({ ...base, status: "problem", message, help });
  return {
    ok: (message) => ({ ...base, status: "ok", message }),
    warning: (message, help) => ({ ...base, status: "warning", message, help }),
    problem,
    skipped: (message) => ({ ...base, status: "skipped", message }),
    failed: (error) => problem(error.problem, error.help ?? "run again; --trace shows each request"),
  };
}
