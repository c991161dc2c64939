import { nearest } from "../../../diagnostics/index.js";
import { oneOf } from "../../core/index.js";
import type { Call, Expression } from "../ast.js";
import { findFunction, type FunctionFacts, functionNames } from "../functions/index.js";
import { checkFunctionAge } from "./availability.js";
import type { Context } from "./context.js";
import { argumentTarget, literalTexts, reportUnconvertible } from "./literals.js";
import type { Typed } from "./operators.js";
import { resolve, signatureText, typesAt } from "./signatures.js";
import { commonType, describeTypes, type EsqlType, isOpen } from "./types.js";
import { checkLiteralArguments } from "./words.js";

/** Checks what is given to a function, and says what type comes out. `facts` are undefined where there is none. */
export function callType(
  context: Context,
  call: Call,
  facts: FunctionFacts | undefined,
  args: readonly Typed[],
): Typed {
  const constant = args.length > 0 && args.every((arg) => arg.constant);
  if (facts === undefined) {
    if (!call.name.startsWith("?") && !REMOVED.has(call.name.toLowerCase())) reportUnknown(context, call);
    return { type: "unknown", constant };
  }
  checkFunctionAge(context, call, facts);
  if (call.star) {
    if (facts.name !== "count") context.findings.add("esql/star-argument", { function: call.name }, call);
    return {
      type: facts.name === "count" ? "long" : "unknown",
      constant: false,
    };
  }
  const scalar = facts.kind === "scalar";
  if (facts.name === "case") return { type: caseType(context, call, args), constant };
  if (ALIKE.has(facts.name) && args.length > 0)
    return { type: alikeType(context, call, facts, args), constant };
  const types = args.map((arg, index) => argumentType(context, facts, call.args[index]!, arg, index));
  // Options came later than the functions themselves, and the table does not have all of them.
  if (types[types.length - 1] === "map" && !takesOptions(facts)) types.pop();
  const result = resolve(facts.signatures, types);
  if ("misfit" in result) {
    const { misfit } = result;
    if (misfit.kind === "count") reportCount(context, call, facts, misfit.least, misfit.most);
    else reportArgument(context, call, misfit.index, types[misfit.index]!, misfit.expected, facts);
    return { type: onlyResult(facts), constant: false };
  }
  checkConstants(context, call, facts, args);
  checkLiteralArguments(context, call, facts.name);
  if (facts.name === "weighted_avg") checkWeight(context, call, args);
  return {
    type: result.type,
    constant: scalar && constant && facts.name !== "now",
  };
}

/** Whether the function may stand where the check is. */
export function checkPlace(context: Context, call: Call, facts: FunctionFacts): void {
  const { findings, place } = context;
  const name = call.name.toUpperCase();
  if (facts.kind === "grouping") {
    if (place === "group") findings.add("esql/nested-grouping", { function: name }, call);
    else if (place !== "groups" && place !== "aggregates")
      findings.add("esql/grouping-place", { function: name }, call);
    return;
  }
  if (facts.kind === "timeSeries" && !context.timeSeries) {
    findings.add("esql/time-series-place", { function: name }, call);
    return;
  }
  if (facts.kind !== "aggregate" || place === "aggregates") return;
  if (place === "aggregate") findings.add("esql/nested-aggregate", { function: name }, call);
  else if (place === "groups" || place === "group")
    findings.add("esql/aggregate-in-by", { function: name }, call);
  else if (place === "condition") findings.add("esql/aggregate-in-condition", { function: name }, call);
  else findings.add("esql/aggregate-place", { function: name, command: context.command }, call);
}

/** Functions that the parser knows to be gone. */
const REMOVED: ReadonlySet<string> = new Set(["is_not_null", "is_null"]);

/** Functions all of whose arguments have one type, which is the result's. Numbers are widened. */
const ALIKE: ReadonlySet<string> = new Set(["coalesce", "greatest", "least"]);

/** Arguments that Elasticsearch needs before it reads a row, by position. */
const CONSTANTS: ReadonlyMap<string, readonly number[]> = new Map([
  ["bucket", [1, 2, 3]],
  ["count_distinct", [1]],
  ["kql", [0]],
  ["match", [1]],
  ["match_phrase", [1]],
  ["percentile", [1]],
  ["qstr", [0]],
  ["sample", [1]],
  ["top", [1, 2]],
]);

const NUMBERS: ReadonlySet<EsqlType> = new Set(["integer", "long", "double"]);

/** The type of an argument; a text in the query is read as what the parameter takes. */
function argumentType(
  context: Context,
  facts: FunctionFacts,
  node: Expression,
  { column, type }: Typed,
  index: number,
): EsqlType {
  // A number may be a counter, which mappings say elsewhere than in the type.
  if (facts.kind === "timeSeries" && NUMBERS.has(type) && column?.field !== undefined) return "unknown";
  if (node.kind === "list" && NUMBERS.has(type) && typesAt(facts.signatures, index).has("dense_vector"))
    return "dense_vector";
  const texts = facts.kind === "scalar" || facts.kind === "grouping" ? literalTexts(node) : undefined;
  const target = texts === undefined ? undefined : argumentTarget(typesAt(facts.signatures, index));
  if (texts === undefined || target === undefined) return type;
  return reportUnconvertible(context, texts, target) ? "unknown" : target;
}

/** `CASE(condition, value, …, else)`: conditions are booleans, values have one type. */
function caseType(context: Context, call: Call, args: readonly Typed[]): EsqlType {
  const facts = findFunction("case")!;
  if (args.length < 2) {
    reportCount(context, call, facts, 2, Number.POSITIVE_INFINITY);
    return "unknown";
  }
  let common: EsqlType = "null";
  for (const [index, { type }] of args.entries()) {
    if (index % 2 === 0 && index < args.length - 1) {
      if (type !== "boolean" && !isOpen(type)) reportArgument(context, call, index, type, "boolean", facts);
      continue;
    }
    const next = commonType(common, type);
    if (next === undefined) reportArgument(context, call, index, type, describeTypes([common]), facts);
    else common = next;
  }
  return common;
}

function alikeType(context: Context, call: Call, facts: FunctionFacts, args: readonly Typed[]): EsqlType {
  let common: EsqlType = "null";
  for (const [index, { type }] of args.entries()) {
    const next = commonType(common, type);
    if (next === undefined) {
      reportArgument(context, call, index, type, describeTypes([common]), facts);
      return "unknown";
    }
    common = next;
  }
  // The table does not list all numbers, which are widened to one another.
  if (NUMBERS.has(common) && [...typesAt(facts.signatures, 0)].some((type) => NUMBERS.has(type)))
    return common;
  const result = resolve(facts.signatures, [common]);
  if ("misfit" in result && result.misfit.kind === "type")
    reportArgument(context, call, 0, common, result.misfit.expected, facts);
  return common;
}

function checkConstants(context: Context, call: Call, facts: FunctionFacts, args: readonly Typed[]): void {
  for (const index of CONSTANTS.get(facts.name) ?? []) {
    const arg = args[index];
    if (arg === undefined || arg.constant || arg.type === "null") continue;
    if (arg.column?.origin !== "field") continue;
    context.findings.add("esql/not-constant", { number: index + 1, function: call.name }, call);
  }
}

/** Weights of nothing have no average. */
function checkWeight(context: Context, call: Call, args: readonly Typed[]): void {
  const weight = call.args[1];
  const isZero = weight?.kind === "literal" && (weight.value === 0 || weight.value === 0n);
  if (args[1]?.type === "null" || isZero) context.findings.add("esql/zero-weight", {}, call);
}

function takesOptions({ signatures }: FunctionFacts): boolean {
  return signatures.some(({ parameters }) =>
    parameters.some(({ types }) => types.has("function_named_parameters")),
  );
}

/** The type of a function's result where its arguments do not say. */
function onlyResult({ signatures }: FunctionFacts): EsqlType {
  const results = new Set(signatures.map(({ returns }) => returns));
  const [only] = results;
  return results.size === 1 && only !== undefined && !only.startsWith("$") ? only : "unknown";
}

function reportUnknown(context: Context, call: Call): void {
  const near = context.mayGuess() ? nearest(call.name, functionNames(), 3) : [];
  const first = near[0] === undefined ? undefined : findFunction(near[0]);
  const names = oneOf(near.map((name) => name.toUpperCase()));
  const options = first === undefined ? {} : { help: `did you mean ${names}? It is ${signatureText(first)}` };
  context.findings.add("esql/unknown-function", { function: call.name }, call, options);
}

function reportCount(context: Context, call: Call, facts: FunctionFacts, least: number, most: number): void {
  const atMost = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  const number = least === most ? `${least}` : atMost;
  const isOne = least === 1 && (most === 1 || most === Number.POSITIVE_INFINITY);
  const expected = `${number} ${isOne ? "argument" : "arguments"}`;
  const params = { function: call.name, expected, count: call.args.length };
  context.findings.add("esql/argument-count", params, call, {
    help: `write ${signatureText(facts)}`,
  });
}

function reportArgument(
  context: Context,
  call: Call,
  index: number,
  type: EsqlType,
  expected: string,
  facts: FunctionFacts,
): void {
  const params = {
    number: index + 1,
    function: call.name,
    type: describeTypes([type]),
    expected,
  };
  const help = `write ${signatureText(facts)}`;
  context.findings.add("esql/argument-type", params, call, { help });
}
