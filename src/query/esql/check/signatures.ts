import type { FunctionFacts, Parameter, Signature } from "../functions/index.js";
import { describeTypes, type EsqlType, isOpen, plain } from "./types.js";

/** Why arguments fit no signature. */
type Misfit =
  | { readonly kind: "count"; readonly least: number; readonly most: number }
  | { readonly kind: "type"; readonly index: number; readonly expected: string };

type Resolution = { readonly type: EsqlType } | { readonly misfit: Misfit };

/** Finds the signatures that take arguments of these types, from left to right, and the type of the result. */
export function resolve(signatures: readonly Signature[], types: readonly EsqlType[]): Resolution {
  let left = signatures.filter(({ parameters }) => {
    const [least, most] = bounds(parameters);
    return types.length >= least && types.length <= most;
  });
  if (left.length === 0) return { misfit: { kind: "count", ...countOf(signatures) } };
  for (const [index, type] of types.entries()) {
    const taking = left.filter((signature) => takes(parameterAt(signature, index), type));
    if (taking.length === 0) {
      const expected = describeTypes(left.flatMap((signature) => [...parameterAt(signature, index)!.types]));
      return { misfit: { kind: "type", index, expected } };
    }
    left = taking;
  }
  return { type: resultOf(left, types) };
}

/** The parameter that an argument stands for; the last may be repeated. */
export function parameterAt({ parameters }: Signature, index: number): Parameter | undefined {
  const last = parameters[parameters.length - 1];
  return parameters[index] ?? (last?.repeated === true ? last : undefined);
}

/** The types that any signature takes in this place. */
export function typesAt(signatures: readonly Signature[], index: number): ReadonlySet<EsqlType> {
  return new Set(signatures.flatMap((signature) => [...(parameterAt(signature, index)?.types ?? [])]));
}

/** A parameter that takes more types takes nearly all. */
const MOST_SHOWN = 8;

/** `substring(keyword, integer, [integer])`, for a help line. */
export function signatureText({ name, signatures }: FunctionFacts): string {
  const { least } = countOf(signatures);
  const most = Math.max(...signatures.map(({ parameters }) => parameters.length));
  const parameters = Array.from({ length: most }, (_, index) => {
    const types = typesAt(signatures, index);
    const shown = types.size > MOST_SHOWN ? "any" : describeTypes(types);
    return index < least ? shown : `[${shown}]`;
  });
  const repeated = signatures.some(({ parameters: all }) => all[all.length - 1]?.repeated === true);
  return `${name.toUpperCase()}(${parameters.join(", ")}${repeated ? ", …" : ""})`;
}

function takes(parameter: Parameter | undefined, type: EsqlType): boolean {
  if (parameter === undefined) return false;
  if (type === "map") return parameter.types.has("function_named_parameters");
  return isOpen(type) || parameter.types.has(plain(type));
}

/** How many arguments a signature takes: at least, at most. An optional one may stand before others. */
function bounds(parameters: readonly Parameter[]): readonly [least: number, most: number] {
  const least = parameters.filter((parameter) => !parameter.optional).length;
  const repeated = parameters[parameters.length - 1]?.repeated === true;
  return [least, repeated ? Number.POSITIVE_INFINITY : parameters.length];
}

function countOf(signatures: readonly Signature[]): { least: number; most: number } {
  const all = signatures.map(({ parameters }) => bounds(parameters));
  return { least: Math.min(...all.map(([least]) => least)), most: Math.max(...all.map(([, most]) => most)) };
}

function resultOf(signatures: readonly Signature[], types: readonly EsqlType[]): EsqlType {
  const results = new Set(
    signatures.map(({ parameters, returns }) => {
      if (!returns.startsWith("$")) return returns;
      const index = Number(returns.slice(1));
      const type = types[index] ?? "unknown";
      const only = parameters[index]?.types;
      return type === "unknown" && only?.size === 1 ? [...only][0]! : type;
    }),
  );
  if (results.size === 1) return [...results][0]!;
  // Nothing comes of nothing, whatever the type.
  return types[0] === "null" ? "null" : "unknown";
}
