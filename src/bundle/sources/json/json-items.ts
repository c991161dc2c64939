import { append } from "../../../diagnostics/index.js";
import { isJson, type Json } from "../../../json/index.js";
import { inspect } from "../inspect.js";
import {
  problem,
  type SourceFormat,
  type SourceItem,
  type SourceOrigin,
  type SourceProblem,
} from "../model.js";
import type { Reading } from "../reading.js";
import { type Recognised, recognise } from "../recognise.js";
import { Tally } from "../summary.js";
import { openEnvelope } from "./envelope.js";
import type { JsonPiece } from "./json-reader.js";

/**
 * Makes items of what a JSON reader finds in one file. Findings about what is broken or unknown wait until the file has
 * shown that it holds something to be imported: of a text that is no export it is said once that it is none.
 */
export class JsonItems {
  readonly #origin: SourceOrigin;
  readonly #reading: Reading;
  readonly #tally = new Tally();
  #items: SourceItem[] = [];
  #waiting: SourceItem[] | undefined = [];
  /** Whether anything that was broken looked like a part of an export. */
  #ours = false;
  #broken = 0;

  constructor(origin: SourceOrigin, reading: Reading) {
    this.#origin = origin;
    this.#reading = reading;
  }

  /** What has come up since the last call. */
  take(): SourceItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  add(piece: JsonPiece): void {
    const origin = { ...this.#origin, line: piece.line };
    const { limits } = this.#reading;
    switch (piece.kind) {
      case "broken":
        this.#ours ||= piece.ours;
        if (this.#broken++ < limits.broken)
          this.#odd(problem("source/broken-json", { reason: piece.reason }, origin));
        return;
      case "too-long":
        // Archives of a repository hold schemas of any size.
        this.#ours ||= this.#origin.path === undefined;
        return this.#odd(problem("source/too-long", { limit: limits.object }, origin));
      case "invalid-utf8":
        return this.#odd(problem("source/invalid-utf8", { count: piece.count }, origin));
      default:
        this.#value(piece, origin);
    }
  }

  /** Nothing follows: says what the file as a whole comes to. */
  end(): void {
    const more = this.#broken - this.#reading.limits.broken;
    if (this.#waiting !== undefined) {
      if (this.#ours) append(this.#items, this.#waiting.filter(isAboutJson));
      else this.#items.push(problem("source/unrecognised", {}, this.#origin));
    }
    if (more > 0 && (this.#waiting === undefined || this.#ours))
      this.#items.push(problem("source/more-broken-json", { count: more }, this.#origin));
    this.#waiting = undefined;
  }

  #value(piece: JsonPiece & { kind: "value" }, origin: SourceOrigin): void {
    const { value, form } = piece;
    const format = form === "line" ? "kibana-export" : form === "document" ? "rule-json" : "api-response";
    if (Array.isArray(value)) {
      for (const element of value as unknown[]) this.#object(element, "api-response", origin);
    } else if (isJson(value)) {
      const envelope = openEnvelope(value);
      if (envelope === undefined) return this.#object(value, format, origin);
      for (const element of envelope.elements) this.#object(element, "api-response", origin);
      const count = envelope.elements.length + piece.streamed;
      if (envelope.total !== undefined && count > 0 && envelope.total > count)
        this.#good(problem("source/partial-page", { count, total: envelope.total }, origin));
    }
  }

  #object(value: unknown, format: SourceFormat, origin: SourceOrigin): void {
    if (!isJson(value))
      return this.#odd(problem("source/broken-json", { reason: "it is a text or a number" }, origin));
    const { tooDeep, inexact, forbidden } = inspect(value, this.#reading.limits.depth);
    if (tooDeep) {
      this.#ours ||= this.#origin.path === undefined;
      return this.#odd(problem("source/too-deep", { limit: this.#reading.limits.depth }, origin));
    }
    const found = recognise(value);
    if (found.kind === "unknown") return this.#unknown(value, format, origin);
    this.#known(found, format, origin);
    for (const { field, number } of inexact)
      this.#good(problem("source/inexact-number", { field, number }, origin));
    for (const key of forbidden) this.#good(problem("source/forbidden-key", { key }, origin));
  }

  #known(found: Exclude<Recognised, { kind: "unknown" }>, format: SourceFormat, origin: SourceOrigin): void {
    switch (found.kind) {
      case "version-lock":
        return this.#good({ kind: "version-lock", origin, versions: found.versions });
      case "problem":
        return this.#good({
          kind: "problem",
          origin,
          code: found.code,
          params: found.params,
        } as SourceProblem);
      case "summary":
        for (const one of this.#tally.close(found.value, origin)) this.#good(one);
        return this.#settle();
      default: {
        const item = { kind: found.kind, origin, value: found.value, format: found.format ?? format };
        this.#tally.add(found.kind);
        this.#good(item);
        const duplicate = this.#reading.identities.meet(item);
        if (duplicate !== undefined) this.#good(duplicate);
      }
    }
  }

  #unknown(value: Json, format: SourceFormat, origin: SourceOrigin): void {
    const names = Object.keys(value);
    const keys =
      names.length === 0 ? "none" : `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
    this.#odd(problem("source/unknown-object", { keys: keys.slice(0, 200) }, origin));
    this.#odd({ kind: "unknown", origin, value, format });
  }

  /** Something that only counts in a file that holds more. */
  #odd(item: SourceItem): void {
    if (this.#waiting === undefined) this.#items.push(item);
    // An unknown object is not held on to for long: a file may be full of them.
    else if (this.#waiting.length < 2 * this.#reading.limits.broken) this.#waiting.push(item);
  }

  #good(item: SourceItem): void {
    this.#settle();
    this.#items.push(item);
  }

  #settle(): void {
    if (this.#waiting === undefined) return;
    append(this.#items, this.#waiting);
    this.#waiting = undefined;
  }
}

/** Whether it tells what is broken: of objects that are unknown in a file without any other, nothing is said one by one. */
function isAboutJson(item: SourceItem): boolean {
  return item.kind === "problem" && item.code !== "source/unknown-object";
}
