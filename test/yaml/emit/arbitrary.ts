import { fc } from "@fast-check/vitest";

const PIECES = [
  "a", "process", "b c", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ": ", ":", " #", "#", "- ", "-", "? ", "?", "---", "...",
  '"', "'", "''", "\\", "\\n", "[", "]", "{", "}", ",", "{{x}}", "&a", "*a", "!t", "|", ">", "%", "@", "`", "=", "<<",
  "~", "null", "true", "No", "y", "on", "1", "1.5", "0x1F", "1e3", "-", "+", ".", "_", "12:30", "2024-01-01", ".inf", ".NaN",
  "\0", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u200b", "\u2028", "\u2029", "\ufeff", "\ufffe", "\ud800", "\udc00", "😀", "é",
]; // prettier-ignore

/** Strings made of what YAML could stumble over. */
export const nasty = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 20 }),
  // Prose that is long enough to be folded.
  fc
    .array(
      fc.constantFrom("word", "a", "longer-word-with-hyphens", "and,", "- x", "# y", " gap", "tab\t", "12"),
      {
        minLength: 10,
        maxLength: 60,
      },
    )
    .chain((words) => fc.constantFrom("", "\n", "\n\n").map((end) => words.join(" ") + end)),
);

/** The reader refuses the merge key of YAML 1.1 in any style, so no text can carry it. */
const key = nasty.filter((text) => text !== "<<");

/** Every value that JSON can hold, with strings and keys of the kind above. */
export const json = fc.letrec<{ value: unknown; mapping: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    nasty,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 5 }),
    tie("mapping"),
  ),
  mapping: fc.dictionary(
    fc.oneof(key, fc.constantFrom("query", "entries", "a", "b", "__proto__")),
    tie("value"),
    {
      maxKeys: 5,
      noNullPrototype: true,
    },
  ),
}));
