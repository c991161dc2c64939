import { visible } from "../../report/index.js";

/** A comment on GitHub holds 65,536 characters; the rest is for who posts it. */
const LONGEST = 60_000;

/** Joins the parts that fit and says how many did not. */
export function fitted(parts: readonly string[]): string {
  let text = "";
  for (const [i, part] of parts.entries()) {
    if (text.length + part.length > LONGEST)
      return `${text}\n…and ${parts.length - i} more; see the text or JSON form.\n`;
    text += `${text === "" ? "" : "\n"}${part}`;
  }
  return text;
}

/** A block whose fence no line inside can close. */
export function fenced(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}

/** Text between Markdown, without a meaning of its own. A mention is broken by an empty comment: it would notify. */
export function inline(text: string): string {
  return unaddressed(visible(text).replace(/[\\`*_[\]<>|#~&$]/g, "\\$&"));
}

/** Text between tags, where Markdown's escapes do not hold. */
export function html(text: string): string {
  return unaddressed(
    visible(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"),
  );
}

function unaddressed(markup: string): string {
  return markup.replace(/@/g, "@<!-- -->");
}

/** Text in a code span. */
export function code(text: string): string {
  return `\`${visible(text).replace(/[`|\s]/g, " ")}\``;
}
