import { nearest } from "../../diagnostics/index.js";
import { oneOf, quoted } from "../core/index.js";
import { parseCidr, parseIp, strayBackslash } from "../match/index.js";
import type { Call, Expression } from "./ast.js";
import { encode } from "./escapes.js";
import { printField } from "./print.js";
import { type CheckContext, describe, isOpen } from "./check-context.js";
import {
  adviceOnOtherDialect,
  describeSignature,
  FUNCTION_NAMES,
  parameterAt,
  type Parameter,
  type Signature,
  signatureOf,
  type Type,
} from "./signatures.js";
import { isWhole } from "./whole.js";

const ORDINALS = ["first", "second", "third", "fourth"];

/** Checks a call whose arguments have these types, and gives the type of its value. */
export function checkCall(call: Call, types: readonly Type[], context: CheckContext): Type {
  const { findings } = context;
  const signature = signatureOf(call.name);
  if (signature === undefined) {
    findings.add("eql/unknown-function", { name: call.name }, call.nameSpan, helpFor(call.name));
    return "unknown";
  }
  const { name } = signature;
  if (call.insensitive && signature.insensitive !== true)
    findings.add("eql/no-insensitive-form", { name }, call.nameSpan);
  const { least, most } = countsOf(signature);
  if (call.args.length < least || call.args.length > most) {
    const params = { name, expected: describeCounts(least, most), found: String(call.args.length) };
    findings.add("eql/argument-count", params, call.nameSpan, {
      help: `write ${describeSignature(signature)}`,
    });
  } else {
    call.args.forEach((arg, index) =>
      checkArgument(
        call,
        arg,
        types[index]!,
        parameterAt(signature, index)!,
        ORDINALS[index] ?? `${index + 1}th`,
        context,
      ),
    );
  }
  checkSearchPattern(call, name, context);
  return signature.returns;
}

/**
 * `endsWith` and `stringContains` of a field search for a wildcard pattern, in which a backslash escapes what follows it.
 * Before another sign than a wildcard or a backslash it is lost, and was meant.
 */
function checkSearchPattern({ args, insensitive }: Call, name: string, { findings }: CheckContext): void {
  const [field, constant] = args;
  if (name !== "endsWith" && name !== "stringContains") return;
  if (field?.kind !== "field" || constant?.kind !== "literal" || typeof constant.value !== "string") return;
  const { value } = constant;
  const isAtEnd = name === "endsWith";
  const lost = strayBackslash(value);
  // At the end of a pattern it stands for itself.
  if (lost === undefined || (isAtEnd && lost === value.length - 1)) return;
  const operator = insensitive ? "like~" : "like";
  const help = `write ${printField(field)} ${operator} ${encode(isAtEnd ? `*${value}` : `*${value}*`)}`;
  findings.add("eql/backslash-in-pattern", { name }, constant, { help });
}

/** What a function that does not exist may have meant. */
function helpFor(name: string): { help?: string } {
  const advice = adviceOnOtherDialect(name);
  if (advice !== undefined) return { help: advice };
  const near = nearest(name, FUNCTION_NAMES, 2).map((one) => describeSignature(signatureOf(one)!));
  return near.length === 0 ? {} : { help: `did you mean ${oneOf(near)}?` };
}

function countsOf({ required, optional = [], variadic }: Signature): { least: number; most: number } {
  return { least: required.length, most: variadic === true ? Infinity : required.length + optional.length };
}

function describeCounts(least: number, most: number): string {
  const arguments_ = least === 1 && most === 1 ? "argument" : "arguments";
  if (most === Infinity) return `${least} or more ${arguments_}`;
  return `${least === most ? least : `${least} or ${most}`} ${arguments_}`;
}

const EXPECTED: Readonly<Record<Parameter["type"], string>> = {
  any: "a value",
  boolean: "a boolean",
  integer: "a whole number",
  ip: "an address",
  number: "a number",
  text: "a text",
};

/** Whether a parameter accepts an argument of this type. */
function isOfType(wanted: Parameter["type"], arg: Expression, type: Type, context: CheckContext): boolean {
  if (wanted === "any" || isOpen(type)) return true;
  if (wanted === "integer") return type === "number" && isWhole(arg, context) !== false;
  return type === wanted;
}

function checkArgument(
  { name }: Call,
  arg: Expression,
  type: Type,
  parameter: Parameter,
  ordinal: string,
  context: CheckContext,
): void {
  const { findings } = context;
  if (parameter.constant === true && context.readsField(arg)) {
    findings.add("eql/argument-not-constant", { ordinal, name }, arg);
    return;
  }
  if (!isOfType(parameter.type, arg, type, context)) {
    const expected = EXPECTED[parameter.type];
    findings.add("eql/argument-type", { ordinal, name, expected, type: describe(arg, type) }, arg);
  } else if (parameter.name === "network" && arg.kind === "literal" && typeof arg.value === "string") {
    const { value } = arg;
    if (parseCidr(value) === undefined && parseIp(value) === undefined)
      findings.add("eql/bad-network", { found: quoted(value) }, arg);
  }
}
