import * as fc from "fast-check";
import { loadAttack } from "../../src/attack/index.js";
import type { AuthoredRule } from "../../src/schema/index.js";
import { read } from "./source-tree.js";

/** A JSON Schema, or a part of one. */
type Node = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, Node>>;

const SCHEMA = JSON.parse(read("schemas/rule.schema.json")) as Node;
const DEFINITIONS = SCHEMA["$defs"] as Properties;

/** Steps below steps, and no deeper. */
const DEPTH = 2;

/** What ATT&CK calls a tactic and its techniques, in all the ways that a file may write them. */
const attack: fc.Arbitrary<unknown> = (() => {
  const { tactics, techniques } = loadAttack("18.1");
  const oneOfIts = tactics.map(({ id, name }) => {
    const its = [...techniques.values()].filter((technique) => technique.tactics.includes(id));
    const entry = fc.constantFrom(...its.flatMap((one) => [one.id, `${one.id} ${one.name}`]));
    return fc.tuple(fc.constantFrom(id, name, `${id} ${name}`), fc.array(entry, { maxLength: 3 }));
  });
  return fc
    .uniqueArray(fc.oneof(...oneOfIts), { minLength: 1, maxLength: 3, selector: ([tactic]) => tactic })
    .map((entries) => Object.fromEntries(entries));
})();

/** Text as people write it, and as they do not: line ends, quotes, what YAML and Markdown give a meaning. */
const text = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom(
    "true",
    "007",
    "null",
    "~",
    "- a",
    "a: b",
    "# a",
    "a\n\n  b\n",
    "\ta",
    "  ",
    "{{a}}",
    "日本",
  ),
);
const filled = text.filter((value) => value.trim() !== "");
const key = fc.stringMatching(/^[a-z]{1,6}$/);
const free = fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2, noNullPrototype: true });

/** Fields about which the schema says less than what makes sense. */
const OWN: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  attack,
  // Date math, which a check of its own looks at.
  from: fc.stringMatching(/^now-[1-9][0-9]{0,2}[smhdwM](\/[dh])?$/),
  // Kibana's own fields would be taken for what they are.
  extra: fc.dictionary(key.map((name) => `x_${name}`), fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
}; // prettier-ignore

/** Pairs of fields of which a rule has one at most. */
const EXCLUDED = Object.entries(SCHEMA["dependentSchemas"] as Properties).map(
  ([field, { properties }]) => [field, ...Object.keys(properties as Node)] as const,
);

/**
 * Rules of all eight types as people could write them: with any of the fields that the type has, short forms among them. Made
 * from the published schema, so that a new field is here as soon as it is there.
 */
export function arbitraryRule(): fc.Arbitrary<AuthoredRule> {
  const rules = fc.oneof(...(SCHEMA["oneOf"] as Node[]).map((branch) => valueOf(branch, DEPTH)));
  const choices = fc.tuple(...EXCLUDED.map(() => fc.nat({ max: 1 })));
  const authored = fc.tuple(rules, choices).map(([rule, choice]) => {
    const without = new Set(EXCLUDED.map((pair, i) => pair[choice[i]!]));
    return Object.fromEntries(
      Object.entries(rule as object).filter(([name]) => !without.has(name)),
    ) as unknown as AuthoredRule;
  });
  // A file cannot have the key "<<": it is a finding, since YAML 1.1 takes it for a merge.
  return authored.filter((rule) => !JSON.stringify(rule).includes('"<<":'));
}

function follow(node: Node): Node {
  const target = node["$ref"];
  return typeof target === "string" ? follow(DEFINITIONS[target.replace("#/$defs/", "")]!) : node;
}

function valueOf(node: Node, depth: number): fc.Arbitrary<unknown> {
  const schema = follow(node);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const types = [schema["type"]].flat() as string[];
  // A mapping may hold steps that hold mappings.
  const some = depth > 0 || types.length === 1 ? types : types.filter((type) => type !== "object");
  return fc.oneof(...some.map((type) => ofKind(type, schema, depth)));
}

function ofKind(type: string, schema: Node, depth: number): fc.Arbitrary<unknown> {
  const limits = schema as { minimum?: number; maximum?: number; minItems?: number; maxItems?: number };
  switch (type) {
    case "string":
      return stringOf(schema["pattern"] as string | undefined);
    case "integer":
      return fc.integer({ min: limits.minimum ?? 0, max: Math.min(limits.maximum ?? 1000, 1000) });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value || 0);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueOf(schema["items"] as Node, depth), {
        minLength: limits.minItems ?? 0,
        maxLength: Math.min(limits.maxItems ?? 2, 3),
      });
    default:
      return formOf(schema, depth);
  }
} // prettier-ignore

function stringOf(pattern: string | undefined): fc.Arbitrary<string> {
  if (pattern === undefined) return text;
  return pattern === "\\S" ? filled : fc.stringMatching(new RegExp(pattern));
}

/** A mapping, in one of the forms that it may have. */
function formOf(schema: Node, depth: number): fc.Arbitrary<unknown> {
  const forms = ((schema["oneOf"] ?? []) as Node[]).filter(({ type }) => type !== "string");
  if (forms.length === 0) return objectOf(schema, depth, new Set());
  if (forms.every((form) => "$ref" in form)) return fc.oneof(...forms.map((form) => valueOf(form, depth)));
  const required = forms.map((form) => form["required"] as string[]);
  const needs = Object.entries((schema["dependentRequired"] ?? {}) as Readonly<Record<string, string[]>>);
  return fc.oneof(
    ...required.map((own) => {
      const without = new Set(required.flat().filter((name) => !own.includes(name)));
      for (const [name, others] of needs) if (others.some((other) => without.has(other))) without.add(name);
      return objectOf(schema, depth, without, own);
    }),
  );
}

function objectOf(
  schema: Node,
  depth: number,
  without: ReadonlySet<string>,
  alsoRequired: readonly string[] = [],
): fc.Arbitrary<unknown> {
  if (schema["properties"] === undefined) {
    const others = schema["additionalProperties"];
    if (typeof others !== "object" || others === null) return free;
    return fc.dictionary(key, valueOf(others as Node, depth), { maxKeys: 2, noNullPrototype: true });
  }
  const entries = Object.entries(schema["properties"] as Properties).filter(([name]) => !without.has(name));
  const values = entries.map(([name, node]) => [
    name,
    OWN[name] ?? valueOf(node, name === "steps" ? depth - 1 : depth),
  ]);
  const least = (schema["minProperties"] ?? 0) as number;
  return fc
    .record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: [...((schema["required"] ?? []) as string[]), ...alsoRequired],
      noNullPrototype: true,
    })
    .filter((value) => Object.keys(value).length >= least);
}
