import { placeOf } from "./place.js";
import { problem, type SourceOrigin, type SourcePart, type SourceProblem, type SourceRule } from "./model.js";

interface Seen {
  readonly origin: SourceOrigin;
  readonly version: unknown;
}

const KINDS = {
  rule: { noun: "rule_id", key: "rule_id" },
  "exception-list": { noun: "list_id", key: "list_id" },
  "exception-item": { noun: "item_id", key: "item_id" },
  connector: { noun: "connector", key: "id" },
} as const;

/** Finds ids that come a second time within a source. What comes is not held, only its id and place. */
export class Identities {
  readonly #seen = new Map<string, Seen>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The problem that an object makes if its id was there before; in every namespace lists and items are counted apart. */
  meet({ kind, value, origin, format }: SourceRule | SourcePart): SourceProblem | undefined {
    const { noun, key } = KINDS[kind];
    const id = value[key];
    if (typeof id !== "string") return undefined;
    const namespace = kind !== "rule" && value["namespace_type"] === "agnostic" ? "agnostic" : "single";
    const own = `${kind}\n${namespace}\n${id}`;
    const before = this.#seen.get(own);
    const { version } = value;
    if (before === undefined) {
      if (this.#seen.size < this.#limit) this.#seen.set(own, { origin, version });
      return undefined;
    }
    const where = whereIs(before.origin);
    if (format === "prebuilt" && number(version) && number(before.version) && version !== before.version)
      return problem(
        "source/several-versions",
        { rule_id: id, version, other: before.version, where },
        origin,
      );
    return problem("source/duplicate-id", { kind: noun, id, where }, origin);
  }
}

const number = (value: unknown): value is number => typeof value === "number";

function whereIs(origin: SourceOrigin): string {
  const place = placeOf(origin);
  return place === "" ? "in the same file" : place;
}
