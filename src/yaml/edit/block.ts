import { entryText, itemText } from "../emit/writer.js";
import { align } from "./align.js";
import { arrange } from "./arrange.js";
import { placed } from "./order.js";
import type { Session, Slot } from "./session.js";
import { columnOf, Unsafe } from "./text.js";
import type { EditNode } from "./tree.js";

/** Changes a block mapping: values in place, keys that are gone with their comments, new keys where the order puts them. */
export function changeBlockMapping(
  session: Session,
  node: EditNode,
  old: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
  slot: Slot,
): void {
  const column = columnOfEntries(session.text, node);
  const names: string[] = [];
  const indices = new Map<string, number>();
  for (const [i, { name, after, node: value }] of node.entries.entries()) {
    if (!Object.hasOwn(next, name)) continue;
    indices.set(name, i);
    names.push(name);
    const inner = { indent: column, after, key: name, depth: slot.depth + 1, flow: false };
    session.change(value, old[name], next[name], inner);
  }
  const isRoot = slot.depth === 0;
  const order = isRoot ? session.options.order : [];
  const plan = placed(names, Object.keys(next), order).map((name) => {
    const index = indices.get(name);
    if (index !== undefined) return index;
    const text = entryText(name, next[name], column, slot.depth, session.style);
    return isRoot && session.options.spaced.has(name) ? `\n${text}` : text;
  });
  arrange(session, node, plan, isRoot);
}

/** Changes a block list: items that are the same stay, those that are similar are changed in place. */
export function changeBlockList(
  session: Session,
  node: EditNode,
  old: readonly unknown[],
  next: readonly unknown[],
  slot: Slot,
): void {
  const column = columnOfEntries(session.text, node);
  const plan = align(old, next).map((index, i) => {
    const around = { indent: column, column, key: slot.key, depth: slot.depth };
    if (index === undefined) return itemText(next[i], column, around, session.style);
    const { after, node: value } = node.entries[index]!;
    session.change(value, old[index], next[i], {
      indent: column,
      after,
      key: slot.key,
      depth: slot.depth + 1,
      flow: false,
    });
    return index;
  });
  arrange(session, node, plan, false);
}

function columnOfEntries(text: string, node: EditNode): number {
  const column = columnOf(text, node.entries[0]!.start);
  if (
    node.entries.some(
      ({ start, after }) => columnOf(text, start) !== column || !/[:-]/.test(text[after - 1]!),
    )
  )
    throw new Unsafe("entries that do not begin with their key and colon");
  return column;
}
