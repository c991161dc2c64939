import { asBuffer, BYTE, isBlank, isOpening, trimmed } from "./bytes.js";
import { Capture } from "./capture.js";
import { decode } from "./decode.js";
import { type ScanSink, ValueScanner } from "./value-scanner.js";

/** What a JSON reader comes upon, with the line on which it begins. */
export type JsonPiece =
  | {
      readonly kind: "value";
      readonly line: number;
      readonly value: unknown;
      /** How it stood: on a line of its own, as a document over several lines, or as an element of a list. */
      readonly form: "line" | "document" | "element";
      /** How many elements of the value were given away before it. */
      readonly streamed: number;
    }
  | {
      readonly kind: "broken";
      readonly line: number;
      readonly reason: string;
      /** Whether it names something that stands in rules, lists or connectors. */
      readonly ours: boolean;
    }
  | { readonly kind: "too-long"; readonly line: number }
  | { readonly kind: "invalid-utf8"; readonly line: number; readonly count: number };

/** Keys that tell what is broken from any other text in braces. The first ones of Kibana's exports are among them. */
const OUR_KEYS: readonly Buffer[] = [
  "rule_id",
  "list_id",
  "item_id",
  "risk_score",
  "created_by",
  "actionTypeId",
].map((key) => Buffer.from(`"${key}"`));
const NOTHING = new Uint8Array(0);

/**
 * Reads JSON texts from bytes as they come: one a line, as in exports; over many lines, as a person or `jq` writes them; lists and
 * answers of the API, element by element. What is broken hides nothing that follows it. It holds no more than one object.
 */
export class JsonReader {
  readonly #limit: number;
  readonly #found: (piece: JsonPiece) => void;
  readonly #line: Capture;
  readonly #lineSink = this.#sink("line");
  readonly #documentSink = this.#sink("document");
  #number = 1;
  /** Reads a value over several lines, or one that is too long to be held. */
  #scanner: ValueScanner | undefined;
  /** Skips the rest of a line. */
  #skipping = false;
  #first = true;
  /** A first line that is an object without an end: the next line tells whether it goes on. */
  #pending: { readonly bytes: Uint8Array; readonly line: number } | undefined;

  constructor(limit: number, found: (piece: JsonPiece) => void) {
    this.#limit = limit;
    this.#found = found;
    this.#line = new Capture(limit);
  }

  push(chunk: Uint8Array): void {
    const bytes = asBuffer(chunk);
    for (let at = 0; at < bytes.length;)
      at = this.#scanner === undefined ? this.#lines(bytes, at) : this.#scan(bytes, at);
  }

  end(): void {
    if (this.#scanner === undefined && !this.#skipping) this.#lineEnd(this.#line.take(NOTHING));
    this.#flushPending();
    this.#scanner?.end();
    this.#scanner = undefined;
  }

  /** Reads up to the end of a line, or of the chunk. */
  #lines(bytes: Buffer, start: number): number {
    let at = start;
    // Blanks before a value are not held, however many there are.
    if (this.#line.length === 0)
      while (at < bytes.length && isBlank(bytes[at]!) && bytes[at] !== BYTE.newline) at++;
    const end = bytes.indexOf(BYTE.newline, at);
    const piece = bytes.subarray(at, end < 0 ? bytes.length : end);
    if (!this.#skipping && this.#line.length + piece.length > this.#limit) this.#longLine(piece);
    else if (end < 0) {
      if (!this.#skipping) this.#line.add(piece);
    } else if (!this.#skipping) this.#lineEnd(this.#line.take(piece));
    if (end < 0) return bytes.length;
    // A scanner has to see the newline itself.
    if (this.#scanner !== undefined) return end;
    this.#skipping = false;
    this.#number++;
    return end + 1;
  }

  #scan(bytes: Buffer, at: number): number {
    const scanner = this.#scanner!;
    const next = scanner.feed(bytes, at);
    if (scanner.done) {
      this.#number = scanner.line;
      this.#scanner = undefined;
      // What follows on a line that is too long cannot be a value.
      this.#skipping = scanner.singleLine;
    }
    return next;
  }

  /** A line that cannot be held is scanned: it may be an answer of the API with many rules. */
  #longLine(piece: Uint8Array): void {
    const line = this.#line.take(NOTHING);
    this.#flushPending();
    this.#first = false;
    const [first] = trimmed((line.length > 0 ? line : piece).subarray(0, 8));
    if (!isOpening(first)) {
      this.#found({ kind: "too-long", line: this.#number });
      this.#skipping = true;
      return;
    }
    this.#scanner = new ValueScanner(this.#lineSink, this.#limit, this.#number, true);
    this.#scanner.feed(line, 0);
    if (!this.#scanner.done) this.#scanner.feed(piece, 0);
    if (!this.#scanner.done) return;
    this.#scanner = undefined;
    this.#skipping = true;
  }

  #lineEnd(bytes: Uint8Array): void {
    const text = trimmed(bytes);
    if (text.length === 0) return;
    if (this.#pending !== undefined && this.#goesOn(text)) {
      this.#beginScan(this.#pending.bytes, this.#pending.line);
      this.#pending = undefined;
      const scanner = this.#scanner;
      if (scanner !== undefined) {
        for (let line = scanner.line; line < this.#number; line++)
          scanner.feed(Uint8Array.of(BYTE.newline), 0);
        this.#feedLine(bytes);
      }
      return;
    }
    this.#flushPending();
    const first = this.#first;
    this.#first = false;
    if (!isOpening(text[0])) return this.#broken(this.#number, "it does not begin with {", text);
    if (text.length === 1) return this.#beginScan(text, this.#number);
    const problem = this.#parse(text, this.#number, "line", 0);
    if (problem === undefined) return;
    if (problem === ENDS_EARLY && beginsList(text, first)) this.#beginScan(text, this.#number);
    else if (problem === ENDS_EARLY && first && text[0] === BYTE.openObject)
      this.#pending = { bytes: Buffer.from(text), line: this.#number };
    else this.#broken(this.#number, problem, text);
  }

  /** Whether a line can belong to an object that began before it. An object can only follow a key. */
  #goesOn(text: Uint8Array): boolean {
    const { bytes } = this.#pending!;
    return text[0] !== BYTE.openObject || bytes.at(-1) === BYTE.colon || bytes.at(-1) === BYTE.openList;
  }

  #feedLine(bytes: Uint8Array): void {
    const scanner = this.#scanner!;
    const next = scanner.feed(bytes, 0);
    if (!scanner.done) return;
    this.#number = scanner.line;
    this.#scanner = undefined;
    if (trimmed(bytes.subarray(next)).length > 0) this.#lineEnd(bytes.subarray(next));
  }

  #beginScan(bytes: Uint8Array, line: number): void {
    this.#scanner = new ValueScanner(this.#documentSink, this.#limit, line, false);
    this.#scanner.feed(bytes, 0);
  }

  #flushPending(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined) this.#broken(pending.line, ENDS_EARLY, pending.bytes);
  }

  #broken(line: number, reason: string, bytes: Uint8Array): void {
    const text = asBuffer(bytes);
    this.#found({ kind: "broken", line, reason, ours: OUR_KEYS.some((key) => text.includes(key)) });
  }

  #sink(form: "line" | "document"): ScanSink {
    return {
      element: (bytes, line) => this.#parseOrReport(bytes, line, "element", 0),
      whole: (bytes, line, streamed) => this.#parseOrReport(bytes, line, form, streamed),
      tooLong: (line) => this.#found({ kind: "too-long", line }),
      broken: (line, reason, bytes) => {
        this.#broken(line, reason, bytes);
        this.#salvage(bytes, line);
      },
    };
  }

  #parseOrReport(
    bytes: Uint8Array,
    line: number,
    form: "line" | "document" | "element",
    streamed: number,
  ): void {
    const problem = this.#parse(bytes, line, form, streamed);
    if (problem === undefined) return;
    this.#broken(line, problem, bytes);
    this.#salvage(bytes, line);
  }

  /** Whole objects on lines of their own within something that is broken: it was no document over several lines, but broken lines. */
  #salvage(bytes: Uint8Array, line: number): void {
    const text = asBuffer(bytes);
    let number = line;
    for (let at = text.indexOf(BYTE.newline); at >= 0; at = text.indexOf(BYTE.newline, at + 1)) {
      number++;
      if (text[at + 1] !== BYTE.openObject) continue;
      const end = text.indexOf(BYTE.newline, at + 1);
      const own = trimmed(text.subarray(at + 1, end < 0 ? text.length : end));
      this.#parse(own.at(-1) === BYTE.comma ? own.subarray(0, -1) : own, number, "line", 0);
    }
  }

  /** Gives a value away; returns what is wrong with the text if it is none. */
  #parse(
    bytes: Uint8Array,
    line: number,
    form: "line" | "document" | "element",
    streamed: number,
  ): string | undefined {
    const { text, invalid } = decode(bytes);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return reasonOf(bytes, (error as Error).message);
    }
    if (invalid > 0) this.#found({ kind: "invalid-utf8", line, count: invalid });
    this.#found({ kind: "value", line, value, form, streamed });
    return undefined;
  }
}

/** Whether a line that ends early begins a list over several lines: at the start of a file, or with nothing but brackets. */
function beginsList(text: Uint8Array, first: boolean): boolean {
  const inner = trimmed(text.subarray(1));
  return text[0] === BYTE.openList && inner[0] === BYTE.openObject && (first || inner.length === 1);
}

const ENDS_EARLY = "it ends in the middle";

/** Why a text is no JSON, without showing what stands in it. */
function reasonOf(bytes: Uint8Array, message: string): string {
  const silent: ScanSink = { element: ignore, whole: ignore, tooLong: ignore, broken: ignore };
  const scanner = new ValueScanner(silent, 0, 1, false);
  scanner.feed(bytes, 0);
  if (scanner.open) return ENDS_EARLY;
  if (scanner.inText) return "a text in it has no end";
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined
    ? "it is not written as JSON"
    : `there is a mistake at character ${Number(position) + 1}`;
}

function ignore(): void {}
