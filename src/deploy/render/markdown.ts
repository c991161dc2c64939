import type { Action, Change, Plan } from "../plan/types.js";
import { linesOf, printable } from "./lines.js";
import { hasChanges, KIND_NAMES, planPlace, planSentence, remarkOf, shown } from "./summary.js";

const WORDS: Readonly<Record<Action, string>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  orphan: "orphan",
  conflict: "conflict",
  unchanged: "unchanged",
};
/** A comment on GitHub holds 65,536 characters; the rest is for who posts it. */
const LONGEST = 60_000;

/** A plan for a pull request or a CI job's summary: a table for each space, and each change's differences folded away. */
export function renderPlanMarkdown(plan: Plan): string {
  const head = `## Plan for ${inline(planPlace(plan))}\n\n**${inline(planSentence(plan))}**\n`;
  if (!hasChanges(plan)) return head;
  const parts = plan.spaces.flatMap(({ space, changes }) => {
    const some = shown(changes);
    if (some.length === 0) return [];
    return [
      `### Space ${code(space)}\n\n${table(some)}\n`,
      ...some.map(details).filter((text) => text !== ""),
    ];
  });
  return fitted([head, ...parts]);
}

function table(changes: readonly Change[]): string {
  const rows = changes.map((change) => {
    const remark = remarkOf(change) ?? change.conflict?.message ?? change.notes?.join("; ") ?? "";
    return `| ${WORDS[change.action]} | ${KIND_NAMES[change.kind]} | ${inline(change.name)} | ${code(change.id)} | ${inline(remark)} |`;
  });
  return ["| | | Name | Id | |", "|---|---|---|---|---|", ...rows].join("\n");
}

function details(change: Change): string {
  if (change.diff.length === 0 && change.conflict === undefined) return "";
  const lines = change.diff.flatMap(linesOf).map(({ sign, depth, text }) => {
    // A `diff` block colours lines by their first character and knows no "changed".
    const first = sign === "~" ? "!" : sign;
    return `${first} ${"  ".repeat(depth)}${printable(text)}`.trimEnd();
  });
  const body = lines.length === 0 ? "" : `\n${fenced(lines.join("\n"))}\n`;
  const help = change.conflict === undefined ? "" : `\n${inline(change.conflict.help)}\n`;
  return `<details><summary>${KIND_NAMES[change.kind]} ${html(change.name)}</summary>\n${help}${body}\n</details>\n`;
}

/** Joins the parts that fit and says how many did not. */
function fitted(parts: readonly string[]): string {
  let text = "";
  for (const [i, part] of parts.entries()) {
    if (text.length + part.length > LONGEST)
      return `${text}\n…and ${parts.length - i} more; see the plan's text or JSON form.\n`;
    text += `${text === "" ? "" : "\n"}${part}`;
  }
  return text;
}

/** A block whose fence no line inside can close. */
function fenced(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}

/** Text between Markdown, without a meaning of its own. A mention is broken by a space of no width: it would notify. */
function inline(text: string): string {
  return flat(text).replace(/[\\`*_[\]<>|#~&]/g, "\\$&");
}

/** Text between tags, where Markdown's escapes do not hold. */
function html(text: string): string {
  return flat(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function flat(text: string): string {
  return printable(text).replace(/\s+/g, " ").replace(/@/g, "@\u200b");
}

function code(text: string): string {
  return `\`${printable(text).replace(/[`|\s]/g, " ")}\``;
}
