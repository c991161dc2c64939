import type { Command, Pipeline } from "../ast.js";
import { checkCommandAge } from "./availability.js";
import { checkLimit, checkSample } from "./bounds.js";
import { findReference } from "./columns.js";
import {
  checkChangePoint,
  checkEnrich,
  checkFork,
  checkFuse,
  checkJoin,
  checkLookup,
  checkPrompt,
} from "./combine.js";
import type { Context } from "./context.js";
import { checkCondition, typeOf } from "./expressions.js";
import { checkDissect, checkExtraction, checkGrok } from "./extract.js";
import { computed, Scope } from "./scope.js";
import { checkDrop, checkKeep, checkRename } from "./selection.js";
import { checkSource } from "./sources.js";
import { checkStats } from "./stats.js";
import { checkEval, checkSort } from "./values.js";

/** Elasticsearch reads as many commands in a row. */
const MAX_COMMANDS = 500;

/** Checks a pipeline from its source on and gives the table that comes out. */
export function checkPipeline(context: Context, { commands, source }: Pipeline): Scope {
  const { command, passed, place, scope, timeSeries } = context;
  const table = new Scope();
  context.scope = table;
  context.passed = [];
  context.place = "value";
  checkSource(context, source);
  checkCommands(context, commands);
  const result = context.scope;
  context.command = command;
  context.passed = passed;
  context.place = place;
  context.scope = scope;
  context.timeSeries = timeSeries;
  return result;
}

function checkCommands(context: Context, commands: readonly Command[]): void {
  const last = commands[MAX_COMMANDS];
  if (last !== undefined) context.findings.add("esql/too-many-commands", { limit: MAX_COMMANDS }, last);
  for (const command of commands.slice(0, MAX_COMMANDS)) {
    const name = nameOf(command);
    context.command = name.toUpperCase();
    checkCommandAge(context, command, name);
    checkCommand(context, command);
    context.passed.push(context.command);
  }
}

/** The command's name as it is written, in lower case. */
function nameOf(command: Command): string {
  if (command.kind === "stats") return command.inline ? "inline stats" : "stats";
  return command.kind === "join" ? `${command.type} join` : command.kind;
}

function checkCommand(context: Context, command: Command): void {
  const { scope } = context;
  switch (command.kind) {
    case "where":
      checkCondition(context, command.condition, "the condition of WHERE");
      return;
    case "eval":
      checkEval(context, command);
      return;
    case "keep":
      checkKeep(context, command);
      return;
    case "drop":
      checkDrop(context, command);
      return;
    case "rename":
      checkRename(context, command);
      return;
    case "limit":
      checkLimit(context, command);
      return;
    case "sample":
      checkSample(context, command);
      return;
    case "sort":
      checkSort(context, command);
      return;
    case "stats":
      checkStats(context, command);
      return;
    case "dissect":
      checkDissect(context, command);
      return;
    case "grok":
      checkGrok(context, command);
      return;
    case "ip_location":
    case "registered_domain":
    case "uri_parts":
    case "user_agent":
      checkExtraction(context, command);
      return;
    case "mv_expand":
      findReference(context, command.column, "value");
      return;
    case "enrich":
      checkEnrich(context, command);
      return;
    case "join":
      checkJoin(context, command);
      return;
    case "lookup":
      checkLookup(context, command);
      return;
    case "change_point":
      checkChangePoint(context, command);
      return;
    case "fork":
      checkFork(context, command, (commands) => checkCommands(context, commands));
      context.command = "FORK";
      return;
    case "fuse":
      checkFuse(context, command);
      return;
    case "completion":
      checkPrompt(context, command.prompt);
      scope.add(computed(targetName(command.target, "completion"), "keyword"));
      return;
    case "rerank":
      checkPrompt(context, command.query);
      for (const { value } of command.on) typeOf(context, value);
      scope.add(computed(targetName(command.target, "_score"), "double"));
      return;
    case "mmr":
      findReference(context, command.on, "value");
      return;
    case "dedup":
      return;
    default:
      // Commands whose columns depend on the data, and what could not be read.
      scope.openTo("joined");
  }
}

function targetName(
  target: { readonly kind: string; readonly name?: string } | undefined,
  otherwise: string,
): string {
  return target?.kind === "column" && target.name !== undefined ? target.name : otherwise;
}
