import type { AttackVocabulary } from "../attack/index.js";
import { type OffsetRange, type Target, toPointer } from "../diagnostics/index.js";
import { attackLabel } from "../rule/index.js";
import type { LocatedDocument } from "../yaml/index.js";

/** A tactic of `attack` and its techniques, as written and as they should be. */
interface Labelled {
  readonly written: string;
  readonly label: string;
  readonly techniques: readonly { readonly written: unknown; readonly label: unknown }[];
}

/** A piece of the text, and what takes its place. */
interface Edit extends OffsetRange {
  readonly text: string;
}

/** What needs no quotes, not even in a list in brackets. */
const PLAIN = /^[\p{L}][\p{L}\p{N} ._()/&-]*$/u;

/**
 * The text with the names behind the ids in `attack` filled in or corrected: `T1059.001` becomes `T1059.001 PowerShell`. A tactic
 * that is written by its name alone gets the vocabulary's spelling. The id decides, so what is compiled stays the same. Ids that the
 * vocabulary does not have are left alone, and so is `threat`, whose names are deployed as they stand.
 */
export function nameTechniques(document: LocatedDocument, vocabulary: AttackVocabulary): string {
  const edits = labelled(document.data, vocabulary).flatMap(({ written, label, techniques }) => [
    ...rewrite(document, { pointer: toPointer(["attack", written]), on: "key" }, written, label),
    ...techniques.flatMap((entry, i) =>
      rewrite(document, { pointer: toPointer(["attack", written, i]) }, entry.written, entry.label),
    ),
  ]);
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), document.text);
}

/** What a rule says about ATT&CK, with all names as they should be; in the author's order, which is that of `threat`. */
export function namedAttack(data: unknown, vocabulary: AttackVocabulary): unknown[] {
  return labelled(data, vocabulary).map(({ label, techniques }) => [label, techniques.map((t) => t.label)]);
}

function labelled(data: unknown, vocabulary: AttackVocabulary): Labelled[] {
  const { attack } = data as { attack?: unknown };
  if (typeof attack !== "object" || attack === null || Array.isArray(attack)) return [];
  const taken = new Set(Object.keys(attack));
  return Object.entries(attack).map(([written, techniques]) => {
    const wanted = tacticLabel(written, vocabulary);
    // Two keys for one tactic are compiled into one entry, but two equal keys are an error.
    const label = taken.has(wanted) ? written : wanted;
    taken.add(label);
    const entries = Array.isArray(techniques) ? (techniques as unknown[]) : [];
    return {
      written,
      label,
      techniques: entries.map((entry) => ({
        written: entry,
        label: typeof entry === "string" ? techniqueLabel(entry, vocabulary) : entry,
      })),
    };
  });
}

function tacticLabel(written: string, vocabulary: AttackVocabulary): string {
  const { id, name } = attackLabel(written);
  const known = vocabulary.tactic(id ?? name ?? "");
  if (known === undefined) return written;
  return id === undefined ? known.name : `${known.id} ${known.name}`;
}

function techniqueLabel(written: string, vocabulary: AttackVocabulary): string {
  const { id, name } = attackLabel(written);
  const known = id === undefined ? undefined : vocabulary.technique(id);
  if (known === undefined) return written;
  const isRight = name !== undefined && vocabulary.namesOf(known).includes(name);
  return `${known.id} ${isRight ? name : known.name}`;
}

/** The edit that turns a scalar into another, in its own quotes; none where it is written in a way that only a person should change. */
function rewrite(
  document: LocatedDocument,
  target: Pick<Target, "pointer" | "on">,
  written: unknown,
  label: unknown,
): Edit[] {
  if (written === label || typeof label !== "string") return [];
  const { start, end } = document.rangeOf(target);
  const raw = document.text.slice(start, end);
  const quote = /^(["']).*\1$/s.exec(raw)?.[1] ?? "";
  if (raw !== quote + String(written) + quote) return [];
  const text =
    quote === "" && PLAIN.test(label) ? label : quote === "'" ? `'${label}'` : JSON.stringify(label);
  return [{ start, end, text }];
}
