import type { FieldInfo, Fields } from "../../../../fields/index.js";
import { isObject } from "../../../../fields/index.js";
import type { From } from "../../ast.js";
import { METADATA } from "../../check/metadata.js";
import { isDate, typeOfField } from "../../check/types.js";
import { NotRun } from "../not-run.js";
import {
  type Attribute, Column, constantColumn, type Documents, type Index, mergedFields, type Page, type Table,
} from "../table/index.js"; // prettier-ignore
import { type Cell, type Cells, cellsOf, millisToNanos, type Value } from "../values/index.js";
import type { Context } from "./context.js";
import { concatenated } from "./union.js";

/** `FROM a, b* METADATA _id`: the fields of the indices by name, then what `METADATA` names. */
export function runFrom(source: From, context: Context, reads: readonly string[]): Table {
  if (source.kind === "ts") throw new NotRun("TS", source);
  const tables: Table[] = source.targets.flatMap((target) =>
    target.kind === "subquery" ? [context.pipeline(target)] : [],
  );
  const indices = indicesOf(source, context);
  if (indices !== undefined) tables.unshift(tableOf(indices, source, context, reads));
  return tables.length === 1 ? tables[0]! : concatenated(tables);
}

function indicesOf(source: From, { indices }: Context): readonly Index[] | undefined {
  const patterns = source.targets.flatMap((target) => (target.kind === "index" ? [target.text] : []));
  if (patterns.length === 0) return undefined;
  const resolved = indices.resolve(patterns.join(","));
  if ("unknown" in resolved) throw new NotRun("FROM", source, `there is no index ${resolved.unknown}`);
  return resolved;
}

/** The fields of the indices that a source reads. */
export function fieldsOfSource(source: From, context: Context): Fields | undefined {
  const indices = indicesOf(source, context);
  return indices === undefined ? undefined : mergedFields(indices.map(({ fields }) => fields));
}

function tableOf(
  indices: readonly Index[],
  source: From,
  { environment }: Context,
  reads: readonly string[],
): Table {
  const fields = mergedFields(indices.map((index) => index.fields));
  environment.fields = fields;
  const names = new Set(fields.closed ? fields.names() : [...fields.names(), ...reads]);
  const columns = [...names].sort().flatMap((name) => columnOf(name, indices));
  const metadata = source.metadata.map(({ name }): Attribute => ({
    name,
    type: METADATA.get(name)!,
  }));
  for (const [at, { name }] of metadata.entries())
    if (!RUN_METADATA.has(name)) throw new NotRun(`METADATA ${name}`, source.metadata[at]!);
  return {
    attributes: [...columns.map(({ attribute }) => attribute), ...metadata],
    pages: pagesOf(indices, columns, metadata),
  };
}

const RUN_METADATA: ReadonlySet<string> = new Set([
  "_id",
  "_index",
  "_version",
  "_source",
  "_ignored",
  "_index_mode",
  "_tier",
]);

/** A field as a column: its attribute, and how each index reads it. */
interface FieldColumn {
  readonly attribute: Attribute;
  readonly read: (documents: Documents) => Cells;
}

function columnOf(name: string, indices: readonly Index[]): FieldColumn[] {
  const infos = indices.map(({ fields }) => fields.find(name));
  const known = infos.filter((info): info is FieldInfo => info !== undefined);
  if (known.some((info) => isObject(info.type) || info.nestedIn !== undefined)) return [];
  if (known.length === 0) return [{ attribute: { name, type: "keyword", field: name }, read: nothing }];
  const types = [...new Set(known.map(shownType))];
  const [type] = types;
  const read = (documents: Documents): Cells => {
    const info = documents.fields.find(name);
    return info === undefined ? nothing(documents) : documents.column(info);
  };
  if (types.length === 1) return [{ attribute: { name, type: type!, field: name }, read }];
  if (types.every(isDate))
    return [
      {
        attribute: { name, type: "date_nanos", field: name },
        read: (documents) => asNanos(documents.fields.find(name), read(documents)),
      },
    ];
  const attribute: Attribute = {
    name,
    type: "unsupported",
    field: name,
    variants: types,
  };
  return [
    {
      attribute,
      read: (documents) => asVariants(documents.fields.find(name), read(documents)),
    },
  ];
}

function shownType(info: FieldInfo): string {
  const type = typeOfField(info);
  return type === "unknown" ? "unsupported" : type;
}

const nothing = ({ size }: Documents): Cells => cellsOf(size, null);

function asNanos(info: FieldInfo | undefined, cells: Cells): Cells {
  if (info === undefined || shownType(info) === "date_nanos") return cells;
  const convert = (value: Value): Value => millisToNanos(value as number);
  return cells.map((cell): Cell =>
    cell === null ? null : Array.isArray(cell) ? cell.map(convert) : convert(cell as Value),
  );
}

function asVariants(info: FieldInfo | undefined, cells: Cells): Cells {
  if (info === undefined) return cells;
  const type = shownType(info);
  return cells.map((cell): Cell => (cell === null ? null : { type, cell }));
}

function* pagesOf(
  indices: readonly Index[],
  columns: readonly FieldColumn[],
  metadata: readonly Attribute[],
): Generator<Page> {
  for (const index of indices) {
    for (const documents of index.chunks()) {
      yield {
        size: documents.size,
        columns: [
          ...columns.map(({ read }) => new Column(() => read(documents))),
          ...metadata.map(({ name }) => metadataColumn(name, documents)),
        ],
        documents: new Column(() => documents.sources as unknown as Cells),
      };
    }
  }
}

function metadataColumn(name: string, documents: Documents): Column {
  switch (name) {
    case "_id":
      return new Column(() => documents.identities.map(({ id }) => id));
    case "_index":
      return new Column(() => documents.identities.map(({ index }) => index));
    case "_version":
      return new Column(() => documents.identities.map(({ version }) => version));
    case "_source":
      return new Column(() => documents.sources.map((source) => JSON.stringify(source)));
    case "_index_mode":
      return constantColumn("standard", documents.size);
    default:
      return constantColumn(null, documents.size);
  }
}
