import { SiemError } from "../http/errors.js";
import type { StoredRule } from "../store/state.js";

/** Why a bulk action could not be done for one rule. */
export class BulkFailure extends Error {
  constructor(
    message: string,
    readonly code?: string,
    readonly status = 500,
  ) {
    super(message);
  }
}

interface FailedRule {
  readonly id: string;
  readonly name?: string;
}

interface Group {
  readonly message: string;
  readonly status_code: number;
  readonly err_code?: string;
  readonly rules: FailedRule[];
}

const MOST_TEXT = 1000;

/** The failures of a bulk action; rules that failed for the same reason are told of together. */
export class BulkErrors {
  private readonly groups = new Map<string, Group>();
  count = 0;

  add(rule: Pick<StoredRule, "id" | "name"> | { readonly id: string }, failure: unknown): void {
    const { message, status, code } = asFailure(failure);
    const key = `${status} ${code ?? ""} ${message}`;
    const group = this.groups.get(key) ?? {
      message: message.slice(0, MOST_TEXT),
      status_code: status,
      ...(code === undefined ? {} : { err_code: code }),
      rules: [],
    };
    this.groups.set(key, group);
    group.rules.push("name" in rule ? { id: rule.id, name: rule.name } : { id: rule.id });
    this.count++;
  }

  list(): Group[] {
    return [...this.groups.values()];
  }
}

function asFailure(failure: unknown): { message: string; status: number; code?: string | undefined } {
  if (failure instanceof BulkFailure) return failure;
  if (failure instanceof SiemError) return { message: failure.message, status: failure.status };
  throw failure;
}
