import type { Dissect, Expression, Extraction, Grok, TextLiteral } from "../ast.js";
import type { Context } from "./context.js";
import { dissectColumns, type ExtractedColumn, type PatternProblem } from "./dissect.js";
import { placeIn } from "./embedded.js";
import { typeOf } from "./expressions.js";
import { grokColumns } from "./grok.js";
import { isTextLiteral } from "./literals.js";
import { computed } from "./scope.js";
import { describeTypes, isOpen, isText } from "./types.js";

export function checkDissect(context: Context, { input, pattern }: Dissect): void {
  checkTextInput(context, input);
  if (!isTextLiteral(pattern)) {
    // What the pattern makes is not known.
    context.scope.openTo("joined");
    return;
  }
  const { columns, problems } = dissectColumns(pattern.value);
  report(context, "DISSECT", pattern, problems);
  for (const { name, type } of columns) context.scope.add(computed(name, type));
}

export function checkGrok(context: Context, { input, patterns }: Grok): void {
  checkTextInput(context, input);
  const made = new Map<string, ExtractedColumn>();
  for (const pattern of patterns) {
    if (!isTextLiteral(pattern)) {
      context.scope.openTo("joined");
      continue;
    }
    const { columns, problems, unknown } = grokColumns(pattern.value, made);
    report(context, "GROK", pattern, problems);
    for (const { end, name, near, start } of unknown) {
      const options = near === "" ? {} : { help: `did you mean ${near}?` };
      const place = placeIn(pattern, start, end);
      context.findings.add("esql/unknown-grok-pattern", { pattern: name }, place, options);
    }
    for (const { name, type } of columns) context.scope.add(computed(name, type));
  }
}

/** `URI_PARTS parts = url` and its like: the columns below the prefix depend on the release. */
export function checkExtraction(context: Context, { input, kind, target }: Extraction): void {
  const { type } = typeOf(context, input);
  const takesIp = kind === "ip_location" && type === "ip";
  if (!isText(type) && !isOpen(type) && !takesIp)
    context.findings.add("esql/input-type", { command: context.command, type: describeTypes([type]) }, input);
  if (target.kind === "column") context.scope.openTo("joined", `${target.name}.`);
}

function checkTextInput(context: Context, input: Expression): void {
  const { type } = typeOf(context, input);
  if (isText(type) || isOpen(type)) return;
  context.findings.add("esql/input-type", { command: context.command, type: describeTypes([type]) }, input);
}

function report(
  context: Context,
  command: string,
  literal: TextLiteral,
  problems: readonly PatternProblem[],
): void {
  for (const { end, message, start } of problems)
    context.findings.add("esql/bad-pattern", { command, problem: message }, placeIn(literal, start, end));
}
