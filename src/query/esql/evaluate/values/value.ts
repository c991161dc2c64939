/**
 * What cells hold. Each ES|QL type has one kind of value:
 *
 * - `boolean`: true, false
 * - `integer`, `double`: a number
 * - `long`, `unsigned_long`, `date_nanos` (since 1970): a whole number; see `whole.ts`
 * - `date`: milliseconds since 1970, a number
 * - `keyword`, `text`, `version`: a text
 * - `ip`: the address as a text of 8 units; see `address.ts`
 * - `date_period`, `time_duration`: a `Timespan`; they are in no column
 * - `geo_point`, `cartesian_point`: a `Point`
 */
export type Value = bigint | boolean | number | string | Point | Range | Timespan | Variant;

/** A place of a column: null, one value, or two and more. An array must not be changed. */
export type Cell = Value | null | readonly Value[];

/** The places of a column of one page, in order. Whoever makes them may fill them; after that they stay. */
export type Cells = Cell[];

/** Cells that are all the same. */
export function cellsOf(size: number, cell: Cell): Cells {
  return emptyCells(size).fill(cell);
}

/** Room for cells, all of which have to be filled. */
export function emptyCells(size: number): Cells {
  const cells: Cells = [];
  cells.length = size;
  return cells;
}

/** A span of time: whole months and days by the calendar, and milliseconds. */
export interface Timespan {
  readonly months: number;
  readonly days: number;
  readonly millis: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A `date_range` or `double_range`: from `min` to `max`, both included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The values of a field that indices map differently, with the type that this document's index has. */
export interface Variant {
  readonly type: string;
  readonly cell: Cell;
}

export function isMany(cell: Cell): cell is readonly Value[] {
  return Array.isArray(cell);
}

/** The values of a cell, as many as there are. */
export function valuesOf(cell: Cell): readonly Value[] {
  if (cell === null) return NONE;
  return isMany(cell) ? cell : [cell];
}

const NONE: readonly Value[] = [];

/** The cell that holds these values. */
export function cellOf(values: readonly Value[]): Cell {
  if (values.length > 1) return values;
  return values.length === 1 ? values[0]! : null;
}
