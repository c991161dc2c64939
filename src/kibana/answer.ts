import { parseJson } from "../json/index.js";
import type { Destination } from "./errors-network.js";

/** An answer as it came. Header names are in lower case. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text as it came, where it came over HTTP: decoded only when `text` is read, since it may be megabytes. */
  readonly bytes?: Uint8Array;
  /** When it came, in milliseconds of the client's clock. */
  readonly at: number;
}

/** Where and for what a request was made. */
export interface Purpose extends Destination {
  readonly request: string;
  readonly space?: string;
  /** The Kibana privilege that the call needs, for the line about a 403. */
  readonly privilege?: string;
  /** Takes secrets out of a text, before it is cut or folded: a part of a secret is not recognised any more. */
  readonly redact: (text: string) => string;
}

/** Characters of a greeting or a page's start; a long answer is not parsed just to look for one. */
const LONGEST_GREETING = 20_000;
/** Characters of a refusal. */
const LONGEST_ERROR = 1_000_000;
/** Bytes that a character may have. */
const MOST_BYTES = 4;

/** As much of an answer as tells what it is: all of it but where it is too long, and its JSON where it has one. */
export function parsedStart(answer: RawAnswer): { readonly start: string; readonly body: unknown } {
  const { bytes, status } = answer;
  const longest = status >= 400 ? LONGEST_ERROR : LONGEST_GREETING;
  const most = longest * MOST_BYTES;
  const start =
    bytes === undefined || bytes.length <= most
      ? answer.text
      : new TextDecoder().decode(bytes.subarray(0, most));
  return { start, body: start.length > longest ? undefined : parseJson(start) };
}
