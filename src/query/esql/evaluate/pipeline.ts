import type { Command, Pipeline } from "../ast.js";
import { type Context, type EnrichPolicy, runCommand, runSource } from "./commands/index.js";
import type { Environment } from "./expressions/index.js";
import { type Indices, type Page, type Table } from "./table/index.js";

/** How many rows came out of a part of the pipeline. */
export interface Step {
  /** The part as it is written. */
  readonly text: string;
  readonly rows: number;
}

export interface PipelineInput {
  readonly environment: Environment;
  readonly indices: Indices;
  readonly policies: ReadonlyMap<string, EnrichPolicy>;
  /** Names of fields that the query reads: they are columns also where no document has them. */
  readonly reads: readonly string[];
  /** Takes the parts of the pipeline with their rows, where they are to be counted. */
  readonly steps?: Step[] | undefined;
}

/** Puts the commands of a query together. Nothing is read before the rows of the table are asked for. */
export function pipelineOf(query: Pipeline, input: PipelineInput): Table {
  const { environment, indices, policies, reads, steps } = input;
  const context: Context = {
    environment,
    indices,
    policies,
    pipeline: (inner) => follow(inner, context, reads),
    commands: (commands, table) => followCommands(commands, table, context),
  };
  environment.subquery = context.pipeline;
  const source = counted(runSource(query.source, context, reads), query.source, environment.text, steps);
  return followCommands(query.commands, source, context, steps);
}

function follow({ source, commands }: Pipeline, context: Context, reads: readonly string[]): Table {
  return followCommands(commands, runSource(source, context, reads), context);
}

function followCommands(commands: readonly Command[], first: Table, context: Context, steps?: Step[]): Table {
  return commands.reduce((table, command, at) => {
    const result = runCommand(command, table, context, commands[at + 1]);
    return counted(result, command, context.environment.text, steps);
  }, first);
}

/** The table, with its rows counted as they pass. */
function counted(
  table: Table,
  span: { start: number; end: number },
  text: string,
  steps: Step[] | undefined,
): Table {
  if (steps === undefined) return table;
  const step = { text: text.slice(span.start, span.end), rows: 0 };
  steps.push(step);
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) {
      step.rows += page.size;
      yield page;
    }
  };
  return { attributes: table.attributes, pages: pages() };
}
