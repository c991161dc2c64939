import { flowText } from "../emit/flow.js";
import { scalarText } from "../emit/scalar.js";
import { align } from "./align.js";
import { leadingComments, type Plan } from "./arrange.js";
import { placed } from "./order.js";
import type { Session, Slot } from "./session.js";
import { beginsLine, columnOf, lineEnd, lineStart, Unsafe } from "./text.js";
import type { EditEntry, EditNode } from "./tree.js";

/** Changes a mapping in braces. */
export function changeFlowMapping(
  session: Session,
  node: EditNode,
  old: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
  slot: Slot,
): void {
  const indices = new Map<string, number>();
  const changeInside = () => {
    for (const [i, { name, after, start, node: value }] of node.entries.entries()) {
      if (!Object.hasOwn(next, name)) continue;
      if (!session.text.slice(start, after).endsWith(":")) throw new Unsafe("key without its colon");
      indices.set(name, i);
      session.change(value, old[name], next[name], inside(slot, name, after));
    }
    const order = slot.depth === 0 ? session.options.order : [];
    return placed([...indices.keys()], Object.keys(next), order).map(
      (name) => indices.get(name) ?? `${scalarText(name, true)}: ${flowText(next[name])}`,
    );
  };
  change(session, node, slot, changeInside);
}

/** Changes a list in brackets. */
export function changeFlowList(
  session: Session,
  node: EditNode,
  old: readonly unknown[],
  next: readonly unknown[],
  slot: Slot,
): void {
  change(session, node, slot, () =>
    align(old, next).map((index, i) => {
      if (index === undefined) return flowText(next[i]);
      const { after, node: value } = node.entries[index]!;
      session.change(value, old[index], next[i], inside(slot, slot.key, after));
      return index;
    }),
  );
}

function inside(slot: Slot, key: string, after: number): Slot {
  return { indent: slot.indent, after, key, depth: slot.depth + 1, flow: true };
}

function change(session: Session, node: EditNode, slot: Slot, changeInside: () => Plan): void {
  const { text } = session;
  if (!/[[{]/.test(text[node.start]!)) throw new Unsafe("pair without braces");
  const before = session.edits.length;
  arrange(session, node.entries, changeInside());
  if (slot.flow || slot.depth === 0) return;
  const edits = session.edits.slice(before);
  const grows = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  const oneLine = node.end <= lineEnd(text, node.start);
  const isLong = oneLine && grows > 0 && columnOf(text, node.end) + grows > session.style.width;
  // Text of several lines is better read in a block.
  if (isLong || edits.some((edit) => edit.text.includes("\\n")))
    throw new Unsafe("no longer fit for one line");
}

/** Removes and adds whole entries, with the commas between them. */
function arrange(session: Session, entries: readonly EditEntry[], plan: Plan): void {
  const kept = new Set(plan.filter((step) => typeof step === "number"));
  if (kept.size === 0) {
    session.edit(entries[0]!.start, endOf(entries.at(-1)!), plan.join(", "));
    return;
  }
  const { text } = session;
  let previous: EditEntry | undefined;
  let added: string[] = [];
  for (const step of [...plan, undefined]) {
    if (typeof step === "string") added.push(step);
    else if (added.length > 0) {
      if (previous !== undefined) putAfter(session, previous, added);
      else {
        const { start } = entries[step!]!;
        session.edit(start, start, added.map((written) => `${written},${gap(text, start)}`).join(""));
      }
      added = [];
    }
    if (typeof step === "number") previous = entries[step];
  }
  removeAll(session, entries, kept);
}

/** Removes the entries that are not kept, of which there is at least one, run by run. */
function removeAll(session: Session, entries: readonly EditEntry[], kept: ReadonlySet<number>): void {
  const { text } = session;
  let run: number | undefined;
  for (const [i, { start }] of entries.entries()) {
    if (!kept.has(i)) {
      run ??= i;
      continue;
    }
    if (run !== undefined) removeBefore(session, entries[run]!.start, start);
    run = undefined;
  }
  if (run === undefined) return;
  const end = endOf(entries[run - 1]!);
  // A comment in the last kept entry's line stays, and with it the comma before the comment.
  const from = COMMENT.test(text.slice(end, lineEnd(text, end))) ? lineEnd(text, end) : end;
  session.edit(from, endOf(entries.at(-1)!), "");
}

/** Removes entries up to the one that begins at `next`, with the comments above them where they have lines of their own. */
function removeBefore(session: Session, start: number, next: number): void {
  const { text } = session;
  if (beginsLine(text, start) && beginsLine(text, next))
    session.edit(leadOf(text, start), leadOf(text, next), "");
  else session.edit(start, next, "");
}

function leadOf(text: string, start: number): number {
  return leadingComments(text, lineStart(text, start), columnOf(text, start));
}

const COMMENT = /^([ \t]*,)?[ \t]+#/;

function putAfter(session: Session, entry: EditEntry, added: readonly string[]): void {
  const { text } = session;
  const { start } = entry;
  const end = endOf(entry);
  const between = gap(text, start);
  const line = lineEnd(text, end);
  const rest = COMMENT.exec(text.slice(end, line));
  if (rest === null || !beginsLine(text, start)) {
    session.edit(end, end, added.map((written) => `,${between}${written}`).join(""));
    return;
  }
  // The comment at the line's end speaks of the entry in it.
  const comma = rest[1] !== undefined;
  if (!comma) session.edit(end, end, ",");
  session.edit(line, line, `${between}${added.join(`,${between}`)}${comma ? "," : ""}`);
}

/** What stands between two entries: entries on lines of their own stay so. */
function gap(text: string, start: number): string {
  return beginsLine(text, start) ? `\n${text.slice(lineStart(text, start), start)}` : " ";
}

function endOf({ after, node }: EditEntry): number {
  return Math.max(after, node.end);
}
