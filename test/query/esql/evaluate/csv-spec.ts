/** Reads Elasticsearch's `.csv-spec` files (queries with their results) and the `.csv` files of their data. */
import type { Document } from "../../../../src/query/esql/index.js";

export interface SpecCase {
  readonly name: string;
  readonly query: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly warnings: readonly string[];
  readonly ignoreOrder: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  byte: "integer", short: "integer", i: "integer", l: "long", d: "double", s: "keyword", ul: "unsigned_long", bool: "boolean", datetime: "date",
  string: "keyword", float: "double", ip: "ip", text: "text", version: "version",
}; // prettier-ignore

export function readSpec(text: string): SpecCase[] {
  const lines = text.split("\n").filter((line) => !/^\s*(?:\/\/|#)/.test(line));
  const cases: SpecCase[] = [];
  let at = 0;
  const isBlank = (): boolean => at < lines.length && lines[at]!.trim() === "";
  for (;;) {
    while (isBlank()) at++;
    if (at >= lines.length) return cases;
    const name = lines[at++]!.replace(/#.*/, "").trim();
    while (isBlank() || /^(?:required_|skip_|schema|request_stored)/.test(lines[at]!)) at++;
    const query: string[] = [];
    while (!/;\s*(?:\/\/.*)?$/.test(lines[at]!)) query.push(lines[at++]!);
    query.push(lines[at++]!.replace(/;\s*(?:\/\/.*)?$/, ""));
    const warnings: string[] = [];
    const result: string[] = [];
    let ignoreOrder = false;
    for (; lines[at]!.trim() !== ";"; at++) {
      const line = lines[at]!;
      const warning = /^warning(?:Regex)?:\s*(.*)$/.exec(line);
      if (warning !== null)
        warnings.push(
          warning[1]!
            .trim()
            .replaceAll(/\\(["'[\]])/g, "$1")
            .replaceAll("%25", "%"),
        );
      else if (/^ignoreOrder:\s*true/i.test(line)) ignoreOrder = true;
      else if (line.trim() !== "") result.push(line);
    }
    at++;
    const columns = bars(result[0] ?? "").map((head) => {
      const [, column = "", type = "keyword"] = /^(.*?)(?:\s*:\s*([a-z_]+))?$/.exec(head)!;
      return {
        name: column.replace(/^`(.*)`$/, "$1"),
        type: TYPES[type] ?? type,
      };
    });
    const rows = result
      .slice(1)
      .map((line) => bars(line).map((cell, index) => readCell(cell, columns[index]?.type ?? "keyword")));
    cases.push({
      name,
      query: query.join("\n").trim(),
      columns,
      rows,
      warnings,
      ignoreOrder,
    });
  }
}

/** What stands between the bars of a line. */
function bars(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  for (let at = 0; at < line.length; at++) {
    if (line[at] === "\\" && line[at + 1] === "|") cell += line[++at]!;
    else if (line[at] === "|") {
      cells.push(cell.trim());
      cell = "";
    } else cell += line[at]!;
  }
  return [...cells, cell.trim()];
}

/** A cell as the answer has it: dates as milliseconds, so that they can be written in several ways. */
export function readCell(cell: string, type: string): unknown {
  if (cell === "null") return null;
  if (cell.startsWith("[") && cell.endsWith("]")) {
    const items = listItems(cell.slice(1, -1)).map((item) => readValue(item, type));
    return items.length === 1 ? items[0] : items;
  }
  return readValue(cell, type);
}

function listItems(text: string): string[] {
  const items: string[] = [];
  let item = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\" && text[at + 1] === ",") item += text[++at]!;
    else if (text[at] === "," && !quoted) {
      items.push(item.trim());
      item = "";
    } else {
      if (text[at] === '"') quoted = !quoted;
      item += text[at]!;
    }
  }
  return [...items, item.trim()];
}

function readValue(cell: string, type: string): unknown {
  const text = /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell.replaceAll("\\,", ",");
  switch (type) {
    case "integer":
    case "double":
      return Number(text);
    case "long":
    case "unsigned_long":
      return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
    case "boolean":
      return text === "true";
    case "date":
    case "date_nanos":
      return (
        Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text.replace(/(\.\d{3})\d*Z$/, "$1Z")) +
        below(text)
      );
    case "null":
      return text === "" ? null : text;
    default:
      return text;
  }
}

/** What a time has below a millisecond. */
const below = (text: string): number => Number(`0.${/\.\d{3}(\d+)Z$/.exec(text)?.[1] ?? "0"}`);

/** A value of an answer in the form that `readCell` gives. */
export function comparable(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((each) => comparable(each, type));
  return (type === "date" || type === "date_nanos") && typeof value === "string"
    ? readValue(value, type)
    : value;
}

/** Mapping types that a header may name. */
const MAPPED: Readonly<Record<string, string>> = { datetime: "date" };

/** The documents and the mapping of a `.csv` file. */
export function readTable(text: string): {
  documents: Document[];
  mapping: Record<string, string>;
} {
  const [head = "", ...lines] = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("//"));
  const columns = head.split(",").map((column) => column.trim().split(":") as [name: string, type?: string]);
  const isOwn = ([name]: readonly [string, string?]): boolean => name !== "_id" && name !== "_index";
  const mapping = Object.fromEntries(
    columns.filter(isOwn).map(([name, type = "keyword"]) => [name, MAPPED[type] ?? type]),
  );
  const documents = lines.map((line) => {
    const cells = rowCells(line);
    return Object.fromEntries(
      columns.flatMap((column, at): [string, unknown][] => {
        const cell = (cells[at] ?? "").trim();
        if (cell === "" || !isOwn(column)) return [];
        const values = cell.startsWith("[") ? rowCells(cell.slice(1, -1)).map((each) => each.trim()) : [cell];
        return [[column[0], values.filter((value) => value !== "").map(unescaped)]];
      }),
    );
  });
  return { documents, mapping };
}

const unescaped = (cell: string): string => cell.replace(/^"(.*)"$/s, "$1").replaceAll(/\\(.)/g, "$1");

/** What stands between the commas of a line; not within brackets. */
function rowCells(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === "\\") {
      cell += sign + (line[++at] ?? "");
      continue;
    }
    if (sign === "[") depth++;
    if (sign === "]") depth--;
    if (sign === "," && depth === 0) {
      cells.push(cell);
      cell = "";
    } else cell += sign;
  }
  return [...cells, cell];
}
