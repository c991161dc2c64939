import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, type FileKind } from "../../src/schema/index.js";
import * as validators from "../../src/schema/generated/validators.js";
import { parseDocument } from "../../src/yaml/index.js";
import { type Node, resolved, RULE_TYPES, SCHEMAS } from "./schemas.js";

/** Files with all that they may have, as data. */
const FULL: readonly (readonly [FileKind, Node])[] = [
  ...[...RULE_TYPES.values()].flatMap((form) =>
    [["from", "threat", "note", "exceptions_list"], ["lookback", "attack", "guide", "exceptions"]].map(
      (without) => ["rule", exampleOf("rule.schema.json", form, without)] as const,
    ),
  ),
  ...(["translation", "exceptions", "connector", "config"] as const).map(
    (kind) => [kind, exampleOf(`${kind}.schema.json`, SCHEMAS.get(`${kind}.schema.json`)!, ["note"])] as const,
  ),
]; // prettier-ignore

function exampleOf(file: string, form: Node, without: readonly string[]): Node {
  const properties = Object.entries(form["properties"] as Record<string, Node>);
  return Object.fromEntries(
    properties
      .filter(([name]) => !without.includes(name))
      .map(([name, node]) => [name, (resolved(file, node)["examples"] as unknown[])[0]]),
  );
}

/** Every place in some data. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[...path], ...entries.flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

/** The same data with another value at a place; as it was where there is no such place. */
function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    " ",
    "eql",
    -1,
    0,
    1.5,
    1e308,
    true,
    [],
    {},
    [[]],
    [{}],
    { type: "match" },
    "\u0000",
  ),
  fc.constantFrom(...FULL.map(([, data]) => data as unknown)),
);

describe("whatever stands in a file", () => {
  it.each(FULL)("%s: a mistake is found exactly where the schema refuses the file, and nothing throws", (kind, data) => {
    const places = placesOf(data);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: 3 }), (changes) => {
        const broken = changes.reduce<unknown>((at, [path, value]) => replaced(at, path, value), data);
        const document = parseDocument(JSON.stringify(broken), "a.yml");
        if (document.data === undefined) return;
        const found = check(kind, document);
        expect(found.length > 0).toBe(!validators[kind](document.data));
        for (const { target, message } of found) {
          expect(target.pointer).toMatch(/^(\/.*)?$/s);
          expect(message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 40 },
    );
  }); // prettier-ignore
});
