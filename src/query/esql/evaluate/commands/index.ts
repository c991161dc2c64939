import type { Command, Source } from "../../ast.js";
import { NotRun } from "../not-run.js";
import type { Table } from "../table/index.js";
import { runCompletion } from "./completion.js";
import type { Context } from "./context.js";
import { runEnrich } from "./enrich.js";
import { runEval } from "./eval.js";
import { runDissect, runGrok } from "./extract.js";
import { runFork } from "./fork.js";
import { runFrom } from "./from.js";
import { runJoin } from "./join.js";
import { countOf, limited, runLimit, runSample } from "./limit.js";
import { runMvExpand } from "./mv-expand.js";
import { runRow } from "./row.js";
import { runDrop, runKeep, runRename } from "./selection.js";
import { runSort } from "./sort.js";
import { runStats } from "./stats.js";
import { runWhere } from "./where.js";

export type { Context, EnrichPolicy } from "./context.js";
export { fieldsOfSource } from "./from.js";
export { limited };

/** The table that a source gives. `reads` are fields that the query names. */
export function runSource(source: Source, context: Context, reads: readonly string[]): Table {
  switch (source.kind) {
    case "from":
    case "ts":
      return runFrom(source, context, reads);
    case "row":
      return runRow(source, context);
    default:
      throw new NotRun(source.kind.toUpperCase(), source);
  }
}

/** The table that a command makes of another. `next` is the command after it. */
export function runCommand(command: Command, table: Table, context: Context, next?: Command): Table {
  switch (command.kind) {
    case "where":
      return runWhere(command, table, context);
    case "eval":
      return runEval(command, table, context);
    case "keep":
      return runKeep(command, table);
    case "drop":
      return runDrop(command, table);
    case "rename":
      return runRename(command, table);
    case "limit":
      return runLimit(command, table, context);
    case "sample":
      return runSample(command, table, context);
    case "sort":
      return runSort(
        command,
        table,
        context,
        next?.kind === "limit" && next.by.length === 0 ? countOf(next.count) : undefined,
      );
    case "stats":
      return runStats(command, table, context);
    case "mv_expand":
      return runMvExpand(command, table);
    case "dissect":
      return runDissect(command, table, context);
    case "grok":
      return runGrok(command, table, context);
    case "join":
      return runJoin(command, table, context);
    case "enrich":
      return runEnrich(command, table, context);
    case "fork":
      return runFork(command, table, context);
    case "completion":
      return runCompletion(command, table, context);
    default:
      throw new NotRun(command.kind.toUpperCase(), command);
  }
}
