import { isJson, type Json } from "../../json/index.js";
import { esql, type Event } from "../../query/index.js";
import { hashOf } from "../id.js";
import type { RunContext } from "../run-context.js";
import type { Doc } from "../store/document.js";

/** A row of an answer, as an event. */
export interface Row {
  readonly uuid: string;
  /** What the query gives, by column, without nulls. */
  readonly columns: Json;
  /** The row with what it lacks from its document, where it names it. */
  readonly doc: Doc;
}

/** Rows with their documents. */
export function rowsOf(
  context: RunContext<"esql">,
  query: string,
  { columns, values }: esql.RunAnswer,
): Row[] {
  const { ast } = esql.parse(query);
  const isAggregating = esql.isAggregating(ast);
  const names = columns.map(({ name }) => name);
  const expanded = expandedFields(ast).filter((name) => names.includes(name));
  const isExpanded = ast.commands.some(({ kind }) => kind === "mv_expand");
  return values.map((cells, number) => {
    const all = Object.fromEntries(names.map((name, at) => [name, cells[at]]));
    const { _id, _index, _version, ...rest } = all;
    const row = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
    const found = typeof _id === "string" && !isAggregating ? documentOf(context, _id, _index) : undefined;
    const doc = found === undefined ? rowAsDoc(context, row, _id, _index) : merged(found, row);
    const parts = !isExpanded ? [] : expanded.length > 0 ? expanded.map((name) => row[name]) : [row];
    return { uuid: uuidOf(context, query, found, number, parts), columns: row, doc };
  });
}

/** A document alerts once; of a row that stands for none, the same row of the same window does. */
function uuidOf(
  { rule, window }: RunContext,
  query: string,
  doc: Doc | undefined,
  number: number,
  parts: readonly unknown[],
): string {
  const owner = `default:${rule.uuid}`;
  if (doc === undefined) return hashOf([window.from, window.to, query, owner, number]);
  return hashOf([doc.id, doc.version, doc.index, owner, parts]);
}

/** The document that a row names; of an index that it does not name, the first one that has it. */
function documentOf({ indices }: RunContext, id: string, index: unknown): Doc | undefined {
  const all = indices.flatMap((each) => each.find(id) ?? []);
  return all.find((doc) => doc.index === index) ?? all[0];
}

function rowAsDoc({ indices }: RunContext, row: Json, id: unknown, index: unknown): Doc {
  const [first] = indices;
  const mapping = first?.mapping;
  return {
    id: typeof id === "string" ? id : "",
    index: typeof index === "string" ? index : "",
    version: 1,
    mapping: { ...(mapping ?? NO_MAPPING), constants: [], derived: [] },
    source: row,
    event: row,
  };
}

const NO_MAPPING: Doc["mapping"] = {
  fields: { closed: false, find: () => undefined, names: () => [] },
  isOwn: false,
  isListed: false,
  constants: [],
  inSeconds: [],
  derived: [],
};

/** A document with the row's values in the place of its own. */
function merged(doc: Doc, row: Json): Doc {
  const names = new Set(Object.keys(row));
  return {
    ...doc,
    source: { ...without(doc.source, names), ...row },
    event: { ...without(doc.event, names), ...row },
  };
}

function without(event: Event, names: ReadonlySet<string>, prefix = ""): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(event)) {
    const name = prefix + key;
    if (names.has(name)) continue;
    if (!isJson(value)) kept[key] = value;
    else {
      const below = without(value, names, `${name}.`);
      if (Object.keys(below).length > 0) kept[key] = below;
    }
  }
  return kept;
}

/** The fields that `MV_EXPAND` makes rows of. */
function expandedFields({ commands }: esql.Query): string[] {
  return commands.flatMap((command) =>
    command.kind === "mv_expand" && "name" in command.column ? [command.column.name] : [],
  );
}
