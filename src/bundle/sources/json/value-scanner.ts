import { BYTE, isBlank } from "./bytes.js";
import { Capture } from "./capture.js";

/** What a scanner finds in a value. Bytes are good until the call returns. */
export interface ScanSink {
  /** An element of a list of the envelope. */
  element(bytes: Uint8Array, line: number): void;
  /** The value itself, with its lists of elements empty; `streamed` says how many elements those had. */
  whole(bytes: Uint8Array, line: number, streamed: number): void;
  tooLong(line: number): void;
  /** With what there is of it; nothing where it is in one piece on its line. */
  broken(line: number, reason: string, bytes: Uint8Array): void;
}

/** Keys under which answers of the API hold the objects that they are about. */
export const ENVELOPE_KEYS: ReadonlySet<string> = new Set(["data", "rules", "saved_objects"]);
const LONGEST_KEY = Math.max(...[...ENVELOPE_KEYS].map((key) => key.length));

const LIST = 1;
const OBJECT = 2;
/** How deep it is known which brackets are open. Below that only their number is. */
const KNOWN_LEVELS = 512;
const OTHER = 0x61;
const NOTHING = new Uint8Array(0);

/**
 * Finds the end of one JSON value by its brackets and quotes, over any chunks, and gives away the elements of a list one by one: those of
 * a list that the value is, and those under the keys of an answer of the API. So an answer with 10,000 rules on one line takes the
 * memory of one rule. Where an element is broken off, and an object begins on a line where JSON allows none, the next
 * element begins there.
 */
export class ValueScanner {
  readonly #sink: ScanSink;
  readonly singleLine: boolean;
  readonly #rest: Capture;
  readonly #element: Capture;
  readonly #kinds: number[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #last = 0;
  /** Only blanks so far on this line. */
  #lineStart = true;
  /** The depth at which elements stand that are given away; 0 where none are. */
  #elements = 0;
  #streamed = 0;
  #scalar = false;
  #key: number[] | undefined;
  #name = "";
  #rootLine: number;
  #elementLine = 0;
  /** Where the bytes begin, in this chunk, that belong to the rest or to an element; -1 for none. */
  #from = -1;
  #line: number;
  #done = false;

  /** A value that begins on `line`; one that has to stay on its line ends with it. */
  constructor(sink: ScanSink, limit: number, line: number, singleLine: boolean) {
    this.#sink = sink;
    this.singleLine = singleLine;
    this.#rest = new Capture(limit);
    this.#element = new Capture(limit);
    this.#line = line;
    this.#rootLine = line;
  }

  /** The line that the next byte stands on. */
  get line(): number {
    return this.#line;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Whether the value could go on: brackets are open, quotes are not. */
  get open(): boolean {
    return !this.#done && this.#depth > 0 && !this.#inString;
  }

  /** Whether the value stopped between quotes. */
  get inText(): boolean {
    return !this.#done && this.#inString;
  }

  /** Reads on from an index; returns the index after the value, or the chunk's length where the value goes on. */
  feed(chunk: Uint8Array, start: number): number {
    const inElement = this.#elements > 0 && this.#depth > this.#elements;
    if (inElement || (this.#elements === 0 && this.#depth > 0)) this.#from = start;
    let i = start;
    while (i < chunk.length && !this.#done)
      i = this.#inString ? this.#string(chunk, i) : this.#step(chunk, i);
    if (!this.#done) this.#keep(chunk, i);
    return i;
  }

  /** There is nothing more. */
  end(): void {
    if (this.#done) return;
    this.#done = true;
    this.#abandon();
  }

  #abandon(): void {
    const element = this.#elements > 0 && this.#depth > this.#elements;
    const line = element ? this.#elementLine : this.#rootLine;
    const capture = element ? this.#element : this.#rest;
    if (capture.tooLong) this.#sink.tooLong(line);
    else if (element || this.#elements === 0)
      this.#sink.broken(line, "it ends in the middle", capture.take(NOTHING));
    else this.#sink.broken(line, "its list has no end", NOTHING);
    capture.clear();
  }

  /** Puts away what belongs to the value, up to an index. */
  #keep(chunk: Uint8Array, end: number): void {
    if (this.#from >= 0) this.#capture.add(chunk.subarray(this.#from, end));
    this.#from = -1;
  }

  get #capture(): Capture {
    return this.#elements > 0 ? this.#element : this.#rest;
  }

  #string(chunk: Uint8Array, start: number): number {
    const key = this.#key;
    const { length } = chunk;
    const { quote, backslash, newline } = BYTE;
    let escaped = this.#escaped;
    let i = start;
    for (; i < length; i++) {
      const byte = chunk[i]!;
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      // JSON has no strings over lines: the quote at the end is missing, and those on the next line are whole again.
      else if (byte === quote || byte === newline) break;
      if (key !== undefined && key.length <= LONGEST_KEY) key.push(byte);
    }
    this.#escaped = escaped;
    if (i === length) return i;
    return this.#stringEnd(chunk[i] === newline ? i : i + 1);
  }

  #stringEnd(next: number): number {
    this.#inString = false;
    this.#escaped = false;
    this.#last = BYTE.quote;
    if (this.#key !== undefined) this.#name = String.fromCharCode(...this.#key);
    this.#key = undefined;
    return next;
  }

  #step(chunk: Uint8Array, i: number): number {
    const byte = chunk[i]!;
    if (isBlank(byte)) return byte === BYTE.newline ? this.#newline(i) : i + 1;
    const lineStart = this.#lineStart;
    this.#lineStart = false;
    switch (byte) {
      case BYTE.quote:
        this.#stringStart();
        return i + 1;
      case BYTE.openObject:
        if (lineStart && this.#misplaced()) return this.#resume(chunk, i);
        return this.#open(chunk, i, OBJECT);
      case BYTE.openList:
        return this.#open(chunk, i, LIST);
      case BYTE.closeObject:
      case BYTE.closeList:
        return this.#close(chunk, i);
      case BYTE.comma:
      case BYTE.colon:
        if (byte === BYTE.comma) this.#scalarEnd();
        this.#last = byte;
        return i + 1;
      default:
        this.#noteScalar();
        this.#last = OTHER;
        return i + 1;
    }
  }

  #newline(i: number): number {
    if (this.singleLine) {
      this.end();
      return i;
    }
    this.#line++;
    this.#lineStart = true;
    return i + 1;
  }

  #stringStart(): void {
    this.#inString = true;
    this.#noteScalar();
    const isKey = this.#depth === 1 && this.#kinds[1] === OBJECT && this.#last !== BYTE.colon;
    if (isKey) this.#key = [];
  }

  #open(chunk: Uint8Array, i: number, kind: number): number {
    const after = this.#last;
    this.#last = chunk[i]!;
    this.#depth++;
    if (this.#depth < KNOWN_LEVELS) this.#kinds[this.#depth] = kind;
    if (this.#depth === 1 && kind === LIST) this.#elements = 1;
    else if (this.#depth === 1) this.#from = i;
    else if (this.#elements > 0 && this.#depth === this.#elements + 1) {
      this.#elementLine = this.#line;
      this.#from = i;
    } else if (kind === LIST && this.#depth === 2 && this.#elements === 0 && after === BYTE.colon) {
      if (this.#kinds[1] === OBJECT && ENVELOPE_KEYS.has(this.#name)) {
        this.#keep(chunk, i + 1);
        this.#elements = 2;
      }
    }
    return i + 1;
  }

  #close(chunk: Uint8Array, i: number): number {
    this.#last = chunk[i]!;
    if (this.#depth === this.#elements) this.#scalarEnd();
    this.#depth--;
    if (this.#elements > 0 && this.#depth === this.#elements) this.#elementEnd(chunk, i + 1);
    else if (this.#elements === 2 && this.#depth === 1) {
      this.#elements = 0;
      this.#from = i;
    }
    if (this.#depth === 0) this.#wholeEnd(chunk, i + 1);
    return i + 1;
  }

  #elementEnd(chunk: Uint8Array, end: number): void {
    this.#streamed++;
    const last = chunk.subarray(this.#from, end);
    this.#from = -1;
    if (this.#element.length + last.length > this.#element.limit) this.#sink.tooLong(this.#elementLine);
    else this.#sink.element(this.#element.take(last), this.#elementLine);
    this.#element.clear();
  }

  #wholeEnd(chunk: Uint8Array, end: number): void {
    this.#done = true;
    if (this.#elements === 1) return;
    const last = chunk.subarray(this.#from, end);
    if (this.#rest.length + last.length > this.#rest.limit) this.#sink.tooLong(this.#rootLine);
    else this.#sink.whole(this.#rest.take(last), this.#rootLine, this.#streamed);
  }

  #noteScalar(): void {
    if (this.#elements > 0 && this.#depth === this.#elements) this.#scalar = true;
  }

  #scalarEnd(): void {
    if (this.#scalar && this.#depth === this.#elements)
      this.#sink.broken(this.#line, "it is a text or a number", NOTHING);
    this.#scalar = false;
  }

  /** Whether an object cannot begin here: within an object it has to follow a key. */
  #misplaced(): boolean {
    const depth = this.#depth;
    return depth > 0 && depth < KNOWN_LEVELS && this.#kinds[depth] === OBJECT && this.#last !== BYTE.colon;
  }

  /** What was being read is broken off. The next element begins here; where there are none, what begins here is another value. */
  #resume(chunk: Uint8Array, i: number): number {
    this.#keep(chunk, i);
    this.#abandon();
    if (this.#elements === 0) {
      this.#done = true;
      return i;
    }
    this.#depth = this.#elements;
    return this.#open(chunk, i, OBJECT);
  }
}
