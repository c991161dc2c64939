import { linesBeforeContent } from "./leading-lines.js";
import { schemaNamed } from "./schema-line.js";

/**
 * The text with the given schema line as its first one. A line that is there already is moved up; it keeps what it names where that is
 * a web address or a schema of the team's own.
 */
export function withSchemaLine(text: string, line: string | undefined): string {
  const leading = linesBeforeContent(text);
  const at = leading.findIndex((comment) => schemaNamed(comment) !== undefined);
  if (at < 0) return line === undefined ? text : `${line}\n${text}`;
  const written = leading[at]!;
  const first = line !== undefined && isOurs(schemaNamed(written)!) ? line : written.trimEnd();
  const others = leading.toSpliced(at, 1);
  const rest = text.slice(leading.reduce((length, comment) => length + comment.length + 1, 0));
  return [first, ...others, rest].join("\n");
}

/** Whether the path ends as those of kdac's schemas do, wherever they stand. */
function isOurs(named: string): boolean {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(named);
  return (
    !isAddress &&
    /(?:^|\/)(?:config|connector|exceptions|fields|rule|translation|values)\.schema\.json$/.test(named)
  );
}
