/** What an ES|QL query gives, as a table, CSV, JSON or a JSON object a row. */
import type { esql } from "../query/index.js";
import { type Palette, safeJson, visible } from "../report/index.js";

export type EsqlFormat = "csv" | "json" | "ndjson" | "table";

/** Longest cell that a table shows. */
const MOST_SHOWN = 60;

export function printed(
  answer: esql.RunAnswer,
  format: EsqlFormat,
  events: number,
  palette: Palette,
): string {
  switch (format) {
    case "json":
      return `${json(documentOf(answer, events), 2)}\n`;
    case "ndjson":
      return answer.values.map((row) => `${json(objectOf(answer, row))}\n`).join("");
    case "csv":
      return [answer.columns.map(({ name }) => name), ...answer.values]
        .map((row) => `${row.map((cell) => csvCell(textOf(cell, ""))).join(",")}\r\n`)
        .join("");
    case "table":
      return table(answer, palette);
  }
}

/** How many rows came out of each part of the query. */
export function printedSteps(steps: readonly esql.Step[], palette: Palette): string {
  const width = Math.max(...steps.map(({ rows }) => String(rows).length));
  return steps
    .map(({ rows, text }, at) => {
      const part = `${at === 0 ? "" : "| "}${visible(text.replaceAll(/\s+/g, " ").trim())}`;
      return `${palette.bold(String(rows).padStart(width))}  ${part}\n`;
    })
    .join("");
}

function documentOf({ columns, values, warnings, steps }: esql.RunAnswer, events: number): unknown {
  return {
    version: 1,
    summary: { language: "esql", events, rows: values.length },
    columns,
    values,
    warnings,
    ...(steps === undefined ? {} : { steps }),
  };
}

/** A row as an object; cells that are null are left out. */
function objectOf({ columns }: esql.RunAnswer, row: readonly esql.Answer[]): unknown {
  return Object.fromEntries(columns.flatMap(({ name }, at) => (row[at] === null ? [] : [[name, row[at]]])));
}

/** JSON in which whole numbers of any size are numbers. */
function json(value: unknown, indent?: number): string {
  const marked = JSON.stringify(
    value,
    (_, each: unknown) => (typeof each === "bigint" ? `${MARK}${each}` : each),
    indent,
  );
  return safeJson(marked.replaceAll(new RegExp(`"${MARK}(-?\\d+)"`, "g"), "$1"));
}

/** No text of an event is likely to have it. */
const MARK = "\u{10ffff}whole:";

function textOf(cell: esql.Answer, none: string): string {
  if (cell === null) return none;
  return typeof cell === "object" ? `[${cell.join(", ")}]` : String(cell);
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function table({ columns, values }: esql.RunAnswer, palette: Palette): string {
  const rows = values.map((row) => row.map((cell) => shortened(textOf(cell, "null"))));
  const names = columns.map(({ name }) => visible(name));
  const widths = names.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        isNumber(columns[at]!.type) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!),
      )
      .join("  ");
  const head = line(names).trimEnd();
  return [palette.bold(head), ...rows.map((row) => line(row).trimEnd())].map((text) => `${text}\n`).join("");
}

function shortened(text: string): string {
  const flat = visible(text.replaceAll(/\s+/g, " "));
  return flat.length > MOST_SHOWN ? `${flat.slice(0, MOST_SHOWN - 1)}…` : flat;
}

const isNumber = (type: string): boolean => ["double", "integer", "long", "unsigned_long"].includes(type);
