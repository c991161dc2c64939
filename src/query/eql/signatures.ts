/** What EQL's functions take and give, from Elasticsearch's reference of EQL functions. */

/** The kinds of values that matter to a query. `unknown` is a field whose type is not known: nothing is said of it. */
export type Type = "boolean" | "number" | "text" | "ip" | "date" | "version" | "null" | "unknown";

export interface Parameter {
  readonly name: string;
  readonly type: "any" | "boolean" | "integer" | "ip" | "number" | "text";
  /** A value that is written in the query. */
  readonly constant?: true;
}

export interface Signature {
  readonly name: string;
  readonly required: readonly Parameter[];
  readonly optional?: readonly Parameter[];
  /** The last parameter may be given any number of times. */
  readonly variadic?: true;
  readonly returns: Type;
  /** Whether there is a form with `~`, which leaves case aside. */
  readonly insensitive?: true;
}

const text = (name: string): Parameter => ({ name, type: "text" });
const number = (name: string): Parameter => ({ name, type: "number" });
const integer = (name: string): Parameter => ({ name, type: "integer" });

const arithmetic = (name: string): Signature => ({
  name,
  required: [number("left"), number("right")],
  returns: "number",
});

const TABLE: readonly Signature[] = [
  arithmetic("add"),
  {
    name: "between",
    required: [text("source"), text("left"), text("right")],
    optional: [{ name: "greedy", type: "boolean" }],
    returns: "text",
    insensitive: true,
  },
  {
    name: "cidrMatch",
    required: [
      { name: "address", type: "ip" },
      { name: "network", type: "text", constant: true },
    ],
    variadic: true,
    returns: "boolean",
  },
  { name: "concat", required: [{ name: "value", type: "any" }], variadic: true, returns: "text" },
  arithmetic("divide"),
  { name: "endsWith", required: [text("source"), text("ending")], returns: "boolean", insensitive: true },
  {
    name: "indexOf",
    required: [text("source"), text("part")],
    optional: [integer("start")],
    returns: "number",
    insensitive: true,
  },
  { name: "length", required: [text("source")], returns: "number" },
  arithmetic("modulo"),
  arithmetic("multiply"),
  { name: "number", required: [text("source")], optional: [integer("base")], returns: "number" },
  { name: "startsWith", required: [text("source"), text("beginning")], returns: "boolean", insensitive: true },
  { name: "string", required: [{ name: "value", type: "any" }], returns: "text" },
  { name: "stringContains", required: [text("source"), text("part")], returns: "boolean", insensitive: true },
  { name: "substring", required: [text("source"), integer("start")], optional: [integer("end")], returns: "text" },
  arithmetic("subtract"),
]; // prettier-ignore

const BY_NAME: ReadonlyMap<string, Signature> = new Map(TABLE.map((one) => [one.name.toLowerCase(), one]));

export const FUNCTION_NAMES: readonly string[] = TABLE.map(({ name }) => name);

/** Functions of python-eql, Endgame and other languages, and what takes their place. */
const OTHER_DIALECTS: ReadonlyMap<string, string> = new Map([
  ["wildcard", 'write field : ("a*", "b*"), or like with regard to case'],
  ["match", 'write field regex~ ("a.*", "b.*")'],
  ["matchlite", 'write field regex~ ("a.*", "b.*")'],
  ["arraycontains", "write field : value: it holds if any of the field's values is this one"],
  ["arraysearch", "write the condition on the field itself: it holds if any of the field's values meets it"],
  ["arraycount", "fields with several values cannot be counted in EQL"],
  ["exists", "write field != null"],
  ["isnull", "write field == null"],
  ["contains", 'write field : "*…*", or stringContains(source, part)'],
  ["lower", "leave case aside with :, like~, in~ or a function with ~"],
  ["tolower", "leave case aside with :, like~, in~ or a function with ~"],
  ["upper", "leave case aside with :, like~, in~ or a function with ~"],
  ["safe", "take it out: a condition on a field that is missing does not hold"],
]);

/** Finds a function, whatever the case it is written in: Elasticsearch does not mind. */
export function signatureOf(name: string): Signature | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** What to write for a function of an older dialect. */
export function adviceOnOtherDialect(name: string): string | undefined {
  return OTHER_DIALECTS.get(name.toLowerCase());
}

/** `substring(source, start[, end])` */
export function describeSignature({ name, required, optional = [], variadic }: Signature): string {
  const given = required.map((parameter) => parameter.name).join(", ");
  const more = optional.map((parameter) => `[, ${parameter.name}]`).join("");
  return `${name}(${given}${more}${variadic === true ? ", …" : ""})`;
}

/** The parameter that the argument at an index goes to. */
export function parameterAt(
  { required, optional = [], variadic }: Signature,
  index: number,
): Parameter | undefined {
  return (
    required[index] ?? optional[index - required.length] ?? (variadic === true ? required.at(-1) : undefined)
  );
}
