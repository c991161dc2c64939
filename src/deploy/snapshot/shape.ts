import { isJson, type Json } from "../../json/index.js";
import type { Kind } from "../plan/types.js";

interface Shape {
  /** The field that has the object's `id`, where it is one that cannot change. */
  readonly identity?: string;
  /** Texts without which an object is no whole one: to restore it would make another. */
  readonly texts: readonly string[];
}

const SHAPES: Readonly<Record<Kind, Shape>> = {
  rule: { identity: "rule_id", texts: ["id", "name", "type"] },
  "exception-list": { identity: "list_id", texts: ["id", "name", "type"] },
  "exception-item": { identity: "item_id", texts: ["id", "list_id", "name", "type"] },
  "value-list": { identity: "id", texts: ["name", "type"] },
  connector: { texts: ["id", "name", "connector_type_id"] },
};
const ACTIONS = new Set<unknown>(["create", "update", "replace", "delete"]);

/** What is wrong with an object of a snapshot, as the rest of a sentence; undefined where it can be gone back to. */
export function problemOfObject(value: unknown): string | undefined {
  if (!isJson(value) || !isKind(value["kind"])) return "is not one of a snapshot";
  const { kind, key, id, before, wrote, values } = value;
  const texts = ["key", "id", "name"].every((name) => typeof value[name] === "string");
  if (!texts || !ACTIONS.has(value["action"])) return "is not one of a snapshot";
  const named = (problem: string): string => `(${String(key)}) ${problem}`;
  if (before !== null) {
    if (!isJson(before)) return named('has no "before"');
    const problem = problemOf(SHAPES[kind], before, id);
    if (problem !== undefined) return named(`${problem} in "before"`);
    if (kind === "value-list" && !isTexts(values)) return named('has no "values"');
  }
  if (wrote === null) return before === null ? named("was neither there nor written") : undefined;
  if (!isJson(wrote) || !isJson(wrote["body"])) return named('has no "wrote"');
  const problem = problemOf({ ...SHAPES[kind], texts: [] }, wrote["body"], id);
  return problem === undefined ? undefined : named(`${problem} in "wrote"`);
}

function problemOf({ identity, texts }: Shape, object: Json, id: unknown): string | undefined {
  const missing = texts.find((name) => typeof object[name] !== "string");
  if (missing !== undefined) return `has no "${missing}"`;
  return identity === undefined || object[identity] === id ? undefined : `has another "${identity}"`;
}

function isKind(value: unknown): value is Kind {
  return typeof value === "string" && Object.hasOwn(SHAPES, value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
