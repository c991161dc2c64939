import { type Cell, type Cells, cellsOf, emptyCells } from "../values/index.js";

/** The rows of a table as columns. Commands hand on pages, so that a table need never be there as a whole. */
export interface Page {
  readonly size: number;
  /** One for each column of the table, in its order. */
  readonly columns: readonly Column[];
  /** The documents of the index that the rows come from, for full-text functions. */
  readonly documents?: Column | undefined;
}

/** Most rows of a page that a command makes. */
export const PAGE_SIZE = 4096;

/** A column of a page. Its cells are read or calculated when they are first asked for. */
export class Column {
  #cells: Cells | undefined;
  #load: (() => Cells) | undefined;

  constructor(load: Cells | (() => Cells)) {
    if (typeof load === "function") this.#load = load;
    else this.#cells = load;
  }

  get isKnown(): boolean {
    return this.#cells !== undefined;
  }

  get cells(): Cells {
    if (this.#cells === undefined) {
      this.#cells = this.#load!();
      this.#load = undefined;
    }
    return this.#cells;
  }

  /** The cells at these rows. */
  select(rows: Int32Array): Column {
    return new Column(() => {
      const { cells } = this;
      const selected = emptyCells(rows.length);
      for (let at = 0; at < rows.length; at++) selected[at] = cells[rows[at]!]!;
      return selected;
    });
  }
}

/**
 * A column that is calculated from a page. Where rows are taken away before it is asked for, only the others are
 * calculated.
 */
export class ComputedColumn extends Column {
  readonly #page: Page;
  readonly #run: (page: Page) => Cells;

  constructor(page: Page, run: (page: Page) => Cells) {
    super(() => run(page));
    this.#page = page;
    this.#run = run;
  }

  override select(rows: Int32Array): Column {
    if (this.isKnown || rows.length >= this.#page.size) return super.select(rows);
    return new ComputedColumn(selectRows(this.#page, rows), this.#run);
  }
}

/** The latest choice of rows of each page, which its computed columns ask for one after the other. */
const selections = new WeakMap<Page, { readonly rows: Int32Array; readonly page: Page }>();

/** The rows of a page, in the order that is given; one may come several times. */
export function selectRows(page: Page, rows: Int32Array): Page {
  const known = selections.get(page);
  if (known?.rows === rows) return known.page;
  const selected: Page = {
    size: rows.length,
    columns: page.columns.map((column) => column.select(rows)),
    documents: page.documents?.select(rows),
  };
  selections.set(page, { rows, page: selected });
  return selected;
}

/** The first rows of a page. */
export function firstRows(page: Page, count: number): Page {
  return selectRows(
    page,
    Int32Array.from({ length: count }, (_, at) => at),
  );
}

/** The page with other columns. */
export function withColumns(page: Page, columns: readonly Column[]): Page {
  return { size: page.size, columns, documents: page.documents };
}

/** A column of the same cell in every row. */
export function constantColumn(cell: Cell, size: number): Column {
  return new Column(() => cellsOf(size, cell));
}

/** All rows of the pages as one page. */
export function joinPages(pages: readonly Page[], width: number): Page {
  const [only] = pages;
  if (pages.length === 1) return only!;
  const join = (columnOf: (page: Page) => Column | undefined): Column =>
    new Column(() => pages.flatMap((page) => columnOf(page)?.cells ?? cellsOf(page.size, null)));
  return {
    size: pages.reduce((sum, page) => sum + page.size, 0),
    columns: Array.from({ length: width }, (_, at) => join((page) => page.columns[at])),
    documents: pages.some((page) => page.documents !== undefined)
      ? join((page) => page.documents)
      : undefined,
  };
}
