/** KQL as Kibana's `filter` parameters take it: over the attributes of saved objects. */
import { compile, parse, under, visitConditions } from "../../query/kql/index.js";
import type { Fields } from "../../fields/index.js";

/** How the attributes of a kind of saved objects are found by the name that a filter has for them. */
export interface Attributes<T> {
  /** Throws where no filter may name the field; undefined stands for a value without one. */
  check(field: string | undefined): void;
  /** The mapping type of a field that `check` lets pass. */
  typeOf(field: string): string;
  /** Every value of the field; empty where it is absent. */
  valuesOf(thing: T, field: string): readonly unknown[];
}

/** The filter is not KQL. */
export class KqlError extends Error {}

/** Whether a thing passes a filter; a blank one lets all pass. Throws `KqlError`, and what `check` throws. */
export function compileFilter<T>(text: string, attributes: Attributes<T>): (thing: T) => boolean {
  const { ast, diagnostics } = parse(text);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new KqlError(inKibanasWords(text, error.message, error.start));
  if (ast.body === undefined) return () => true;
  /** The fields that are named, with the nested object that they are named in. */
  const named = new Map<string, string | undefined>();
  visitConditions(ast.body, {
    leaf({ field }, path) {
      const name = field === undefined ? undefined : under(path, field);
      attributes.check(name);
      if (name !== undefined) named.set(name, path);
    },
  });
  const names = [...named.keys()];
  const matches = compile(ast, { fields: fieldsOf(named, attributes) });
  return (thing) =>
    matches(Object.fromEntries(names.map((name) => [name, attributes.valuesOf(thing, name)])));
}

function fieldsOf(named: ReadonlyMap<string, string | undefined>, attributes: Attributes<never>): Fields {
  return {
    closed: true,
    names: () => named.keys(),
    find(name) {
      if (!named.has(name)) return undefined;
      const nestedIn = named.get(name);
      const nested = nestedIn === undefined ? {} : { nestedIn };
      return { name, type: attributes.typeOf(name), source: "given", ...nested };
    },
  };
}

function inKibanasWords(text: string, message: string, offset: number): string {
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return `KQLSyntaxError: ${sentence}.\n${text}\n${"-".repeat(offset)}^`;
}
