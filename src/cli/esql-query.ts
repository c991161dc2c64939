import type { FieldsInput } from "../fields/index.js";
import { esql, QueryError } from "../query/index.js";
import { visible } from "../report/index.js";
import { type EsqlFormat, printed, printedSteps } from "./esql-output.js";
import { type EventLine, readEvents } from "./events.js";
import { Exit, type Io, UsageError } from "./io.js";

export interface EsqlQueryOptions {
  /** The fields of the events; without them what the events hold, with ECS' types. */
  readonly fields?: FieldsInput | undefined;
  /** Further indices, `name=file`. */
  readonly index?: readonly string[] | undefined;
  readonly count?: boolean | undefined;
  readonly explain?: boolean | undefined;
  readonly format: EsqlFormat;
  /** The names and patterns after `FROM`: they stand for the events. */
  readonly patterns: readonly string[];
  /** Prints what is wrong with the query. */
  readonly refuse: (error: QueryError) => void;
  /** Takes a line that holds no event. */
  readonly passOver: (line: EventLine) => void;
}

/** The name of the index of events that name none themselves. */
const EVENTS = "events";

/** Runs an ES|QL query on the events of NDJSON files, and prints its table. They are held in memory. */
export async function runEsql(
  io: Io,
  text: string,
  files: readonly string[],
  options: EsqlQueryOptions,
): Promise<Exit> {
  const documents = await documentsIn(io, files, options);
  const further = await furtherIndices(io, options);
  const own = byIndex(documents);
  const names = [...own.keys()];
  const mappings =
    options.fields === undefined ? {} : Object.fromEntries(names.map((name) => [name, options.fields!]));
  const aliases = Object.fromEntries(
    options.patterns.filter((name) => !further.has(name)).map((name) => [name, names]),
  );
  let result: esql.RunResult;
  try {
    const indices = Object.fromEntries([...own, ...further]);
    result = esql.run(text, { indices, mappings, aliases, explain: options.explain === true });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    options.refuse(error);
    return Exit.Findings;
  }
  if ("notRun" in result) {
    const { message, line, column } = result.notRun;
    io.err(`query:${line}:${column}  not run  ${visible(message)}\n`);
    return Exit.Findings;
  }
  for (const warning of result.warnings) io.err(`warning: ${visible(warning)}\n`);
  io.out(shown(io, result, documents.length, options));
  return Exit.Clean;
}

function shown(
  io: Io,
  result: esql.RunAnswer,
  events: number,
  { count, explain, format }: EsqlQueryOptions,
): string {
  if (format === "json") return printed(result, format, events, io.palette);
  if (explain === true) return printedSteps(result.steps!, io.palette);
  return count === true ? `${result.values.length}\n` : printed(result, format, events, io.palette);
}

/** The events of the files; hits as they are, so that `METADATA` knows them. */
async function documentsIn(
  io: Io,
  files: readonly string[],
  { passOver }: Pick<EsqlQueryOptions, "passOver">,
): Promise<esql.Document[]> {
  const documents: esql.Document[] = [];
  for await (const line of readEvents(io, files)) {
    if (line.event === undefined) passOver(line);
    else documents.push(line.hit ?? line.event);
  }
  return documents;
}

async function furtherIndices(io: Io, options: EsqlQueryOptions): Promise<Map<string, esql.Document[]>> {
  const indices = new Map<string, esql.Document[]>();
  for (const given of options.index ?? []) {
    const [, name, file] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    if (name === undefined) throw new UsageError(`--index takes name=file, not "${given}"`);
    indices.set(name, await documentsIn(io, [file!], options));
  }
  return indices;
}

function byIndex(documents: readonly esql.Document[]): Map<string, esql.Document[]> {
  const indices = new Map<string, esql.Document[]>();
  for (const document of documents) {
    const { _index: index } = document;
    const name = typeof index === "string" ? index : EVENTS;
    const own = indices.get(name);
    if (own === undefined) indices.set(name, [document]);
    else own.push(document);
  }
  return indices.size === 0 ? new Map([[EVENTS, []]]) : indices;
}
