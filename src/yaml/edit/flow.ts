import { flowText } from "../emit/flow.js";
import { scalarText } from "../emit/scalar.js";
import { lineAt, lineFrom } from "../lines.js";
import { align } from "./align.js";
import type { Plan } from "./arrange.js";
import { placed } from "./order.js";
import type { Session, Slot } from "./session.js";
import { beginsLine, lineEnd, Unsafe } from "./text.js";
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
  const line = lineAt(text, node.start);
  const isLong = grows > 0 && node.end <= line.end && line.end - line.start + grows > session.style.width;
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
  for (const [i, step] of plan.entries()) {
    if (typeof step === "number") previous = entries[step]!;
    else if (previous !== undefined) putAfter(session, previous, step);
    else {
      const first = plan.slice(i).find((other) => typeof other === "number")!;
      const { start } = entries[first]!;
      session.edit(start, start, `${step},${gap(text, start)}`);
    }
  }
  for (const [i, { start }] of entries.entries()) {
    if (kept.has(i)) continue;
    const { next } = lineFrom(text, endOf(entries[i]!));
    if (
      beginsLine(text, start) &&
      /^[ \t]*,[ \t]*(?:#.*)?$/.test(text.slice(endOf(entries[i]!), lineEnd(text, endOf(entries[i]!))))
    )
      session.edit(lineAt(text, start).start, next, "");
    else if ([...kept].some((index) => index < i))
      session.edit(endOf(entries[i - 1]!), endOf(entries[i]!), "");
    else session.edit(start, entries[i + 1]!.start, "");
  }
}

function putAfter(session: Session, { start, ...entry }: EditEntry, written: string): void {
  const { text } = session;
  const end = endOf({ start, ...entry });
  const line = lineEnd(text, end);
  const rest = /^([ \t]*,)?[ \t]+#/.exec(text.slice(end, line));
  if (rest === null || !beginsLine(text, start)) {
    session.edit(end, end, `,${gap(text, start)}${written}`);
    return;
  }
  // The comment at the line's end speaks of the entry in it.
  const comma = rest[1] !== undefined;
  if (!comma) session.edit(end, end, ",");
  session.edit(line, line, `${gap(text, start)}${written}${comma ? "," : ""}`);
}

/** What stands between two entries: entries on lines of their own stay so. */
function gap(text: string, start: number): string {
  return beginsLine(text, start) ? `\n${text.slice(lineAt(text, start).start, start)}` : " ";
}

function endOf({ after, node }: EditEntry): number {
  return Math.max(after, node.end);
}
