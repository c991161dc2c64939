import { type Diagnostic, type Path, report, type Target, toPointer } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Marks that people leave where text is still to be written. Case counts: "todo" is a word of its own in some languages. */
const PLACEHOLDER = /\b(?:TODO|TBD|FIXME|[Ll]orem ipsum)\b/;
const PROSE = ["name", "description", "false_positives", "guide", "note", "setup"] as const;

/** Texts that analysts read are finished, in every language. */
export function* placeholders({ source }: RuleView): Iterable<Diagnostic> {
  for (const { file, authored } of [source, ...source.translations.values()]) {
    for (const field of PROSE) {
      for (const { text, pointer } of texts(authored[field], [field])) {
        const match = PLACEHOLDER.exec(text);
        if (match === null) continue;
        const within = { start: match.index, end: match.index + match[0].length };
        const target: Target = { file, pointer, within };
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

/** Every text in a value, with where it stands. */
function* texts(value: unknown, path: Path): Generator<{ text: string; pointer: string }> {
  if (typeof value === "string") yield { text: value, pointer: toPointer(path) };
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* texts(inner, [...path, key]);
}
