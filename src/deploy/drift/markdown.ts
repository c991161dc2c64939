import { visible } from "../../report/index.js";
import { code, fenced, fitted, html, inline } from "../render/markup.js";
import { KIND_NAMES } from "../render/summary.js";
import { driftCount } from "./drift.js";
import type { Drift, DriftEntry, SpaceDrift } from "./types.js";
import { countsOf, driftLines, driftSentence, lastWords, nearSentence, timeOf } from "./words.js";

/**
 * A drift for an issue or a CI job's summary: the first line is its title, then a table for each space, and each object's
 * differences folded away. It stays below the 65,536 characters that an issue holds.
 */
export function renderDriftMarkdown(drift: Drift): string {
  const { environment, url, kibana, spaces } = drift;
  const title = `# Drift in ${inline(environment)}: ${inline(countsOf(drift))}\n`;
  const head = `${inline(driftSentence(drift))} Read from ${code(url)}${kibana === null ? "" : `, Kibana ${inline(kibana)}`}.\n`;
  const key =
    driftCount(drift) === 0 ? [] : ["In the differences, `-` is what Kibana has and `+` what git has.\n"];
  return fitted([title, head, ...key, ...spaces.flatMap(spaceParts)]);
}

function spaceParts({ space, entries, near }: SpaceDrift): string[] {
  const around = nearSentence(near);
  const note = around === undefined ? [] : [`${inline(around[0]!.toUpperCase() + around.slice(1))}.\n`];
  if (entries.length === 0) return note.length === 0 ? [] : [`## Space ${code(space)}\n`, ...note];
  return [`## Space ${code(space)}\n\n${table(entries)}\n`, ...note, ...entries.map(details)];
}

function table(entries: readonly DriftEntry[]): string {
  const rows = entries.map(({ message, kind, name, id, last, drift }) => {
    const by = drift === "missing" ? "" : (last?.by ?? "");
    const at = drift === "missing" || last?.at === undefined ? "" : timeOf(last.at);
    return `| ${KIND_NAMES[kind]} | ${inline(name)} | ${code(id)} | ${inline(message)} | ${inline(by)} | ${inline(at)} |`;
  });
  return ["| | Name | Id | What | By | When |", "|---|---|---|---|---|---|", ...rows].join("\n");
}

function details(entry: DriftEntry): string {
  const lines = entry.diff.flatMap(driftLines).map(({ sign, depth, text }) => {
    // A `diff` block colours lines by their first character and knows no "changed".
    const first = sign === "~" ? "!" : sign;
    return `${first} ${"  ".repeat(depth)}${visible(text)}`.trimEnd();
  });
  const body = lines.length === 0 ? "" : `\n${fenced(lines.join("\n"))}\n`;
  const what = `${inline(`${entry.message}${lastWords(entry)}`)}. ${inline(entry.help)}.`;
  return `<details><summary>${KIND_NAMES[entry.kind]} ${html(entry.name)}</summary>\n\n${what}\n${body}\n</details>\n`;
}
