/** Fields whose text is deployed to the letter, each with what the file looks like where the author put it between quotes. */
const QUOTED = Object.fromEntries(
  ["query", "threat_query"].map((field) => [
    field,
    new RegExp(`^${field}:[ \\t]*(?:[!&]\\S+[ \\t]+)*["']`, "m"),
  ]),
);

/**
 * A text as it was meant: without the newline that YAML puts at the end of a block (`|`, `>`). A query keeps one that stands
 * between quotes. That is read off the file's text, since a top-level key is the only thing that can stand at the start of a line;
 * asking where the value stands would parse each file a second time.
 *
 * @param file the file's text, where the field is a top-level one of it
 */
export function blockText(text: string, field?: string, file?: string): string {
  if (!text.endsWith("\n")) return text;
  const isQuoted = field !== undefined && file !== undefined && QUOTED[field]?.test(file) === true;
  return isQuoted ? text : text.slice(0, -1);
}
