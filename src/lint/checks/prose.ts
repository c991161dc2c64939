import { type Diagnostic, type Path, report, type Target, toPointer } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Marks that people leave where text is still to be written. Case counts: "todo" is a word of its own in some languages. */
const PLACEHOLDER = /\b(?:TODO|TBD|FIXME|[Ll]orem ipsum)\b/;
/** What one of those marks has in it: a file without is soon done with. */
const HINTS = ["TODO", "TBD", "FIXME", "orem ipsum"];
const PROSE = ["name", "description", "false_positives", "guide", "note", "setup"] as const;

/** Texts that analysts read are finished, in every language. */
export function* placeholders({ source }: RuleView): Iterable<Diagnostic> {
  for (const { file, document, authored } of [source, ...source.translations.values()]) {
    if (!HINTS.some((hint) => document.text.includes(hint))) continue;
    for (const field of PROSE) {
      for (const { match, path } of found(authored[field], [field])) {
        const within = { start: match.index, end: match.index + match[0].length };
        const target: Target = { file, pointer: toPointer(path), within };
        yield report("rule/placeholder-text", { text: match[0] }, target);
      }
    }
  }
}

/** A name is one line without blanks around it: it is what analysts search for and what reports are grouped by. */
export function* untidyName({ source }: RuleView): Iterable<Diagnostic> {
  const named = [source, ...source.translations.values()];
  for (const { file, authored } of named) {
    const { name } = authored as { name?: string };
    // A block's own newline at the end is no part of the name.
    if (name !== undefined && /^\s|[^\S\n]$|\s\n$|\s{2}|\n./.test(name))
      yield report(
        "rule/untidy-name",
        { name: name.trim().replace(/\s+/g, " ") },
        { file, pointer: "/name" },
      );
  }
}

/** Looks at every text in a value, and gives those that hold a placeholder with where they stand. */
function* found(value: unknown, path: Path): Generator<{ match: RegExpExecArray; path: Path }> {
  if (typeof value === "string") {
    const match = PLACEHOLDER.exec(value);
    if (match !== null) yield { match, path };
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* found(inner, [...path, key]);
  }
}
