import { type Code, type Diagnostic, type ParamsOf, report } from "../../diagnostics/index.js";
import type { SourceOrigin, SourceProblem } from "./model.js";

/** The finding that a problem makes, about the file as a whole: with its line and place in the archive in front of the message. */
export function findingOf({ code, params, origin }: SourceProblem): Diagnostic {
  const finding = report(code as Code, params as ParamsOf<Code>, { file: origin.file });
  const place = placeOf(origin);
  return place === "" ? finding : { ...finding, message: `${place}: ${finding.message}` };
}

/** `line 4`, `rules.zip's a/b.ndjson line 4` without the file's own name; empty where the place is the whole file. */
export function placeOf({ path, line }: SourceOrigin): string {
  const within = path === undefined ? [] : [printable(path)];
  return [...within, ...(line === undefined ? [] : [`line ${line}`])].join(", ");
}

/** A name from an archive, so that it cannot steer a terminal. */
function printable(name: string): string {
  // eslint-disable-next-line no-control-regex -- what is looked for are control characters
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, "\uFFFD");
}
