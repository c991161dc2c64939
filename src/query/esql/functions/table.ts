import { ALIASES } from "./aliases.js";
import table from "./functions.generated.json" with { type: "json" };

/** What one parameter of a signature takes. */
export interface Parameter {
  readonly types: ReadonlySet<string>;
  readonly optional: boolean;
  /** The last parameter may be given any number of times. */
  readonly repeated: boolean;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** The type of the result; `$0` and `$1` are the types of the first and the second argument. */
  readonly returns: string;
}

type FunctionKind = "aggregate" | "grouping" | "scalar" | "timeSeries";

export interface FunctionFacts {
  /** The main name, in lower case. */
  readonly name: string;
  readonly kind: FunctionKind;
  /** Only in snapshots of Elasticsearch, in no release. */
  readonly snapshot: boolean;
  readonly signatures: readonly Signature[];
}

interface Entry {
  readonly kind: string;
  readonly snapshot?: boolean;
  readonly signatures: readonly string[];
}

const entries: Readonly<Record<string, Entry>> = table.functions;
const operators: Readonly<Record<string, readonly string[]>> = table.operators;
const read = new Map<string, FunctionFacts>();
const readOperators = new Map<string, readonly Signature[]>();

/** The function of that name or alias, in any case of letters. Signatures are read when they are first asked for. */
export function findFunction(name: string): FunctionFacts | undefined {
  const lower = name.toLowerCase();
  const main = ALIASES.get(lower) ?? lower;
  const known = read.get(main);
  if (known !== undefined) return known;
  if (!Object.hasOwn(entries, main)) return undefined;
  const { kind, snapshot, signatures } = entries[main]!;
  const facts: FunctionFacts = {
    name: main,
    kind: kind as FunctionKind,
    snapshot: snapshot === true,
    signatures: signatures.map(readSignature),
  };
  read.set(main, facts);
  return facts;
}

/** Every name of every function, in lower case. */
export function functionNames(): string[] {
  return [...Object.keys(entries), ...ALIASES.keys()];
}

/** What an operator takes, by the name that Elasticsearch has for it: `add`, `equals`, `match_operator`… */
export function operatorSignatures(name: string): readonly Signature[] {
  let signatures = readOperators.get(name);
  if (signatures === undefined) {
    signatures = operators[name]!.map(readSignature);
    readOperators.set(name, signatures);
  }
  return signatures;
}

/** `boolean date|date_nanos?* > date` */
function readSignature(text: string): Signature {
  const words = text.split(" ");
  const parameters = words.slice(0, -2).map((word): Parameter => {
    const repeated = word.endsWith("*");
    const optional = (repeated ? word.slice(0, -1) : word).endsWith("?");
    return { types: new Set(word.replace(/[?*]+$/, "").split("|")), optional, repeated };
  });
  return { parameters, returns: words[words.length - 1]! };
}
