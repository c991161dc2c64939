import type { Limit, Sample } from "../../ast.js";
import { Groups } from "../aggregates/index.js";
import { NotRun } from "../not-run.js";
import { firstRows, type Page, selectRows, type Table } from "../table/index.js";
import { type Context, expressionOf } from "./context.js";

/** `LIMIT 10`, `LIMIT 10 BY host` */
export function runLimit({ by, count }: Limit, table: Table, context: Context): Table {
  const most = countOf(count);
  if (by.length > 0) return limitedBy(by, most, table, context);
  return { attributes: table.attributes, pages: limited(table.pages, most) };
}

/** The number after `LIMIT`. */
export function countOf(count: Limit["count"]): number {
  if (count.kind === "literal" && typeof count.value === "number") return count.value;
  throw new NotRun("LIMIT", count, "its number is not written");
}

/** The first rows. Pages after them are not asked for. */
export function* limited(pages: Iterable<Page>, most: number): Generator<Page> {
  let left = most;
  if (left === 0) return;
  for (const page of pages) {
    yield page.size <= left ? page : firstRows(page, left);
    left -= page.size;
    if (left <= 0) return;
  }
}

function limitedBy(by: Limit["by"], most: number, table: Table, context: Context): Table {
  const keys = by.map((node) => expressionOf(node, table, context));
  const pages = function* (): Generator<Page> {
    const groups = new Groups(keys.length);
    const counts: number[] = [];
    for (const page of table.pages) {
      const membership = groups.assign(
        keys.map(({ run }) => run(page)),
        page.size,
      );
      const kept = new Set<number>();
      membership.groups.forEach((group, at) => {
        counts[group] = (counts[group] ?? 0) + 1;
        if (counts[group] <= most) kept.add(membership.rows[at]!);
      });
      yield selectRows(page, Int32Array.from(kept));
    }
  };
  return { attributes: table.attributes, pages: pages() };
}

/** `SAMPLE 0.1`: each row with this probability. */
export function runSample({ probability }: Sample, table: Table, context: Context): Table {
  const share = Number(expressionOf(probability, table, context).constant!());
  const { random } = context.environment;
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) {
      const rows = Array.from({ length: page.size }, (_, row) => row).filter(() => random() < share);
      yield selectRows(page, Int32Array.from(rows));
    }
  };
  return { attributes: table.attributes, pages: pages() };
}
