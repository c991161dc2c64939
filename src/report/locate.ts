import type { Diagnostic, OffsetRange, Target } from "../diagnostics/index.js";
import { LineIndex, type Position } from "../yaml/index.js";
import type { SourceText } from "./input.js";

/** Where a finding is printed. A finding about a file as a whole, or about one that could not be read, has no position. */
export interface Place {
  readonly file: string;
  readonly position?: {
    readonly start: Position;
    /** Just after the last character. */
    readonly end: Position;
    readonly range: OffsetRange;
  };
}

/** Works out lines and columns; each document's lines are counted once, when the first finding in it is printed. */
export class Locator {
  private readonly indexes = new Map<string, LineIndex>();

  constructor(
    private readonly documents: ReadonlyMap<string, SourceText>,
    private readonly diagnostics: readonly Diagnostic[] = [],
  ) {}

  place(target: Target): Place {
    const document = this.documents.get(target.file);
    const lines = this.linesOf(target.file);
    if (document === undefined || lines === undefined) return { file: target.file };
    if (target.pointer === undefined && target.range === undefined) return { file: target.file };
    const range = document.rangeOf(target);
    const position = { start: lines.positionOf(range.start), end: lines.positionOf(range.end), range };
    return { file: target.file, position };
  }

  /** The lines of a file, where it was read. */
  linesOf(file: string): LineIndex | undefined {
    const known = this.indexes.get(file);
    const document = this.documents.get(file);
    if (known !== undefined || document === undefined) return known;
    const index = new LineIndex(this.withoutSecrets(document));
    this.indexes.set(file, index);
    return index;
  }

  /** A document's text with dots for the values that findings call secret; as long as the original, with the same lines. */
  private withoutSecrets(document: SourceText): string {
    const secrets = this.diagnostics.filter(
      ({ target }) => target.file === document.file && target.secret === true,
    );
    return secrets.reduce((masked, { target }) => {
      const { start, end } = document.rangeOf(target);
      return masked.slice(0, start) + masked.slice(start, end).replace(/[^\r\n]/g, "•") + masked.slice(end);
    }, document.text);
  }
}

/** `file:line:column`, or the file alone. */
export function placeText({ file, position }: Place): string {
  return position === undefined ? file : `${file}:${position.start.line}:${position.start.column}`;
}
