import { nearest } from "../../diagnostics/index.js";
import { oneOf, quoted } from "../core/index.js";
import { parseCidr, parseIp } from "../match/index.js";
import type { Call, Expression } from "./ast.js";
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
  return signature.returns;
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
  if (parameter.type !== "any" && type !== parameter.type && !isOpen(type)) {
    const expected = { boolean: "a boolean", ip: "an address", number: "a number", text: "a text" }[
      parameter.type
    ];
    findings.add("eql/argument-type", { ordinal, name, expected, type: describe(arg, type) }, arg);
  } else if (parameter.name === "network" && arg.kind === "literal" && typeof arg.value === "string") {
    const { value } = arg;
    if (parseCidr(value) === undefined && parseIp(value) === undefined)
      findings.add("eql/bad-network", { found: quoted(value) }, arg);
  }
}
