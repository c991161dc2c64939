/** A place as people and editors name it: both 1-based, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = 0xfeff;

/** Turns offsets into lines and columns. Lines end at LF, CRLF or CR; a byte order mark takes no column. */
export class LineIndex {
  private readonly starts: number[];

  constructor(private readonly text: string) {
    const starts = [text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === LF || (unit === CR && text.charCodeAt(i + 1) !== LF)) starts.push(i + 1);
    }
    this.starts = starts;
  }

  /** How many lines the text has; the empty text has one. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  positionOf(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle + 1) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(at - this.startOf(low + 1), 0) + 1 };
  }

  /** The offset where a line (1-based) begins; the text's end for lines past the last. */
  startOf(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** The text of a line (1-based) without its line break. */
  lineText(line: number): string {
    const raw = this.text.slice(this.startOf(line), this.startOf(line + 1));
    return raw.replace(/[\r\n]+$/, "");
  }
}
