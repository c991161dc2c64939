/** How a value is laid out. All widths are columns of UTF-16 units. */
export interface EmitOptions {
  /** The column that lines of prose and flow collections end before; 120 where it is left out. */
  readonly width?: number;
  /** Lines put before the first key as comments; a line without its `#` gets one. */
  readonly header?: string;
  /** Keys of the outermost mapping that an empty line is put before, unless they are the first. */
  readonly spaced?: ReadonlySet<string>;
  /** Keys of the outermost mapping whose strings are always literal blocks (`|`), be they as short as one word: `query`. */
  readonly literal?: ReadonlySet<string>;
  /**
   * Keys whose mappings are written on one line, `{ a: 1, b: 2 }`, where they fit: the value itself, or the items of a list.
   * All other mappings get a line for each key.
   */
  readonly flow?: ReadonlySet<string>;
}

/** `EmitOptions` with nothing left out, as far as it concerns values. */
export interface Style {
  readonly width: number;
  readonly literal: ReadonlySet<string>;
  readonly flow: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** Fills in what the options leave out. */
export function styleOf({ width = 120, literal = NONE, flow = NONE }: EmitOptions): Style {
  return { width, literal, flow };
}
