/** `JSON_EXTRACT(text, path)`, with the text of a value as it is written. */
import { Failure } from "../values/index.js";
import { type Functions, scalar } from "./define.js";

export const JSON_FUNCTIONS: Functions = {
  json_extract: scalar((text: string, path: string) => extract(text, path)),
};

/** Deeper values are not read. */
const MAX_DEPTH = 1000;

function extract(text: string, path: string): string | null {
  const steps = readPath(path);
  try {
    JSON.parse(text);
  } catch {
    throw new Failure("invalid JSON input");
  }
  const { start, end } = new Walk(text, path).find(steps);
  const written = text.slice(start, end);
  if (written === "null") return null;
  return written.startsWith('"') ? (JSON.parse(written) as string) : written.startsWith("{") || written.startsWith("[") ? compact(written) : written; // prettier-ignore
}

/** Without the blanks between its parts. */
function compact(written: string): string {
  return written.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
}

/** A key of an object or a place in an array. */
type Step = number | string;

/** `$.a.b[0]['c.d']`; the `$` may be left out. */
function readPath(path: string): Step[] {
  const steps: Step[] = [];
  const part = /\.?([^.[\]'"]+)|\[(\d+)\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/y;
  let at = path.startsWith("$") && (path.length === 1 || ".[".includes(path[1]!)) ? 1 : 0;
  while (at < path.length) {
    part.lastIndex = at;
    const match = part.exec(path);
    if (match === null || (path[at] === "." && at === 0)) throw new Failure(`Invalid JSON path [${path}]`);
    const [whole, key, index, quoted, doubled] = match;
    steps.push(
      index === undefined ? (key ?? (quoted ?? doubled)!.replaceAll(/\\(.)/g, "$1")) : Number(index),
    );
    at += whole.length;
  }
  return steps;
}

/** Walks through a JSON text that is known to be valid. */
class Walk {
  readonly #text: string;
  readonly #path: string;
  #at = 0;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  /** The range of the value at the path; of equal keys the first counts. */
  find(steps: readonly Step[]): {
    readonly start: number;
    readonly end: number;
  } {
    this.#blanks();
    for (const step of steps) this.#enter(step);
    const start = this.#at;
    this.#skip(0);
    return { start, end: this.#at };
  }

  #enter(step: Step): void {
    const open = this.#text[this.#at];
    if (typeof step === "number" ? open !== "[" : open !== "{") this.#missing(step, open);
    this.#at++;
    this.#blanks();
    for (let index = 0; !"]}".includes(this.#text[this.#at]!); index++) {
      const key = typeof step === "number" ? index : this.#key();
      if (key === step) return;
      this.#skip(0);
      this.#blanks();
      if (this.#text[this.#at] === ",") this.#at++;
      this.#blanks();
    }
    this.#missing(step, open);
  }

  #missing(step: Step, open: string | undefined): never {
    if (typeof step === "number" && open === "[") throw new Failure("array index out of bounds");
    throw new Failure(`path [${this.#path}] does not exist`);
  }

  #key(): string {
    const start = this.#at;
    this.#string();
    const key = JSON.parse(this.#text.slice(start, this.#at)) as string;
    this.#blanks();
    this.#at++;
    this.#blanks();
    return key;
  }

  /** Goes behind the value that starts here. */
  #skip(depth: number): void {
    if (depth > MAX_DEPTH) throw new Failure("invalid JSON input");
    const sign = this.#text[this.#at]!;
    if (sign === '"') this.#string();
    else if (sign === "{" || sign === "[") {
      this.#at++;
      this.#blanks();
      while (!"]}".includes(this.#text[this.#at]!)) {
        if (sign === "{") this.#key();
        this.#skip(depth + 1);
        this.#blanks();
        if (this.#text[this.#at] === ",") this.#at++;
        this.#blanks();
      }
      this.#at++;
    } else while (this.#at < this.#text.length && !/[\s,\]}]/.test(this.#text[this.#at]!)) this.#at++;
  }

  #string(): void {
    this.#at++;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === "\\" ? 2 : 1;
    this.#at++;
  }

  #blanks(): void {
    while (this.#at < this.#text.length && " \t\n\r".includes(this.#text[this.#at]!)) this.#at++;
  }
}
