import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { report } from "../../diagnostics/index.js";
import { ecsFields, type Fields, type FieldsInput, fieldsOf } from "../../fields/index.js";
import {
  checkQuery,
  compileQuery,
  eql,
  esql,
  type Event,
  type EventMatcher,
  guessLanguage,
  type Language,
  parseQuery,
  type QueryDiagnostic,
} from "../../query/index.js";
import { prettyFindings, visible } from "../../report/index.js";
import { parseDocument } from "../../yaml/index.js";
import type { EsqlFormat } from "../esql-output.js";
import { runEsql } from "../esql-query.js";
import { type EventLine, readEvents } from "../events.js";
import { Exit, type Io, UsageError } from "../io.js";
import { QueryOutput } from "../query-output.js";

export interface QueryOptions {
  readonly language?: Language;
  readonly fields?: string;
  readonly count?: boolean;
  readonly explain?: boolean;
  /** Default: a table for ES|QL, else the events as they are. */
  readonly format?: EsqlFormat;
  /** ES|QL: further indices, `name=file`. */
  readonly index?: readonly string[];
  readonly categoryField?: string;
  readonly timestampField?: string;
  readonly tiebreakerField?: string;
  readonly quiet?: boolean;
}

/** `kdac query`: the events of NDJSON files, or of standard input, that a query matches. */
export async function query(
  io: Io,
  text: string,
  files: readonly string[],
  options: QueryOptions,
): Promise<Exit> {
  const parsed = parseQuery(options.language ?? guessLanguage(text), text);
  const settings = settingsOf(io, options);
  const findings = [...parsed.diagnostics, ...checkQuery(parsed, settings)];
  const broken = findings.some(({ severity }) => severity === "error");
  if (broken) io.out(shown(io, text, findings));
  else if (options.quiet !== true && findings.length > 0) io.err(shown(io, text, findings));
  if (broken) return Exit.Findings;

  if (parsed.language === "esql")
    return esqlQuery(io, text, files, esql.indicesOf(parsed.ast) ?? [], options);
  const { format = "ndjson" } = options;
  if (format !== "json" && format !== "ndjson")
    throw new UsageError(`--format ${format} is for ES|QL; other languages print ndjson or json`);
  const output = new QueryOutput(io, text, { ...options, format });
  const lines = new Lines(io, files, output);
  const matcher = compileQuery(parsed, settings);
  if (matcher !== undefined) await eachAlone(matcher, lines, output, options.explain === true);
  else if (options.explain === true)
    throw new UsageError(
      "--explain is for queries about single events: take one condition of the sequence, or leave out the pipes",
    );
  else await together(text, lines, output, settings);
  output.end(parsed.language);
  return lines.broken ? Exit.Findings : Exit.Clean;
}

/** Runs ES|QL; what its own check of the events' fields finds is printed as other findings are. */
async function esqlQuery(
  io: Io,
  text: string,
  files: readonly string[],
  patterns: readonly string[],
  options: QueryOptions,
): Promise<Exit> {
  let broken = false;
  const exit = await runEsql(io, text, files, {
    ...options,
    fields: options.fields === undefined ? undefined : fieldsFrom(io, options.fields),
    format: options.format ?? "table",
    patterns,
    refuse: ({ diagnostics }) => io.out(shown(io, text, diagnostics)),
    passOver: (line) => {
      broken = true;
      passedOver(io, line);
    },
  });
  return broken ? Exit.Findings : exit;
}

/** Reports a line that holds no event. */
function passedOver(io: Io, { file, line, problem = "" }: EventLine): void {
  const { severity, code, message } = report("query/bad-event", { problem }, { file });
  io.err(`${visible(file)}:${line}:1  ${severity}  ${code}  ${visible(message)}\n`);
}

type Settings = Pick<QueryOptions, "categoryField" | "timestampField" | "tiebreakerField"> & {
  readonly fields: Fields;
};

function settingsOf(io: Io, options: QueryOptions): Settings {
  const { categoryField, timestampField, tiebreakerField } = options;
  return {
    fields: options.fields === undefined ? ecsFields() : fieldsFrom(io, options.fields),
    ...(categoryField === undefined ? {} : { categoryField }),
    ...(timestampField === undefined ? {} : { timestampField }),
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
  };
}

/** The fields that a file describes: an Elasticsearch mapping, as the API returns it or by itself, or types by name. JSON or YAML. */
function fieldsFrom(io: Io, file: string): Fields {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
  const { data, diagnostics } = parseDocument(text, file);
  const problem = diagnostics.find(({ severity }) => severity === "error");
  if (typeof data !== "object" || data === null || problem !== undefined)
    throw new UsageError(`${file} does not describe fields: ${problem?.message ?? "it holds no mapping"}`);
  return fieldsOf(unwrapped(data as Readonly<Record<string, unknown>>));
}

/** What is inside of `GET index/_mapping` and of `{"mappings": …}`. */
function unwrapped(data: Readonly<Record<string, unknown>>): FieldsInput {
  const bodies = Object.values(data);
  const isMappings = (body: unknown): body is { mappings: FieldsInput } =>
    typeof body === "object" && body !== null && "mappings" in body;
  if (isMappings(data)) return data.mappings;
  return bodies.length === 1 && isMappings(bodies[0]) ? bodies[0].mappings : (data as FieldsInput);
}

/** The findings with the query as the text that they are in. */
function shown(io: Io, text: string, findings: readonly QueryDiagnostic[]): string {
  const file = "query";
  const rangeOf = ({ within = { start: 0, end: 0 } }: { within?: { start: number; end: number } }) => within;
  const diagnostics = findings.map(({ start, end, ...finding }) => ({
    ...finding,
    target: { file, pointer: "", within: { start, end } },
  }));
  return prettyFindings({ diagnostics, documents: new Map([[file, { file, text, rangeOf }]]) }, io.palette);
}

/** The lines that hold events; those that do not are reported as they come. */
class Lines {
  readonly #io: Io;
  readonly #lines: AsyncIterable<EventLine>;
  readonly #output: QueryOutput;
  broken = false;

  constructor(io: Io, files: readonly string[], output: QueryOutput) {
    this.#io = io;
    this.#lines = readEvents(io, files);
    this.#output = output;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EventLine & { readonly event: Event }> {
    for await (const line of this.#lines) {
      this.#output.saw();
      const { event } = line;
      if (event !== undefined) yield { ...line, event };
      else {
        this.broken = true;
        passedOver(this.#io, line);
      }
    }
  }
}

async function eachAlone(
  matcher: EventMatcher,
  lines: Lines,
  output: QueryOutput,
  explain: boolean,
): Promise<void> {
  for await (const line of lines) {
    if (explain) output.explanation(line, matcher.explain(line.event));
    else if (matcher.matches(line.event)) output.event(line);
  }
}

/** Sequences, samples and pipes are about all events: they are held in memory. */
async function together(text: string, lines: Lines, output: QueryOutput, settings: Settings): Promise<void> {
  const all: (EventLine & { readonly event: Event })[] = [];
  for await (const line of lines) all.push(line);
  const { events = [], sequences = [] } = eql.run(
    text,
    all.map(({ event }) => event),
    settings,
  );
  for (const index of events) output.event(all[index]!);
  for (const { joinKeys, events: places } of sequences)
    output.sequence({ joinKeys, events: places.map((index) => (index === null ? null : all[index]!)) });
}
