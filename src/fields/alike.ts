import type { NameNode } from "./name-tree.js";

/** What sets the names of others apart from those of ECS: `process.name`, `process_name`, `process-name`, `@process`. */
const SEPARATORS = new Set([..."._@-"].map((separator) => separator.charCodeAt(0)));

/** Below so many separators alone there is no name. */
const MAX_DEPTH = 200;

/**
 * The names that read the same without regard to case and separators, in the tree's order: for `processName`
 * `process.name`. Only what the name begins with is looked at, so that nothing has to be arranged for it.
 */
export function alikeNames(tree: NameNode, name: string): string[] {
  const found: string[] = [];
  follow(tree, plainName(name), 0, [], found);
  return found;
}

/** `at` is how much of the plain name the segments above have. */
function follow(node: NameNode, plain: string, at: number, above: readonly string[], found: string[]): void {
  if (above.length > MAX_DEPTH) return;
  for (const segment of node.segments()) {
    const end = plainEnd(segment, plain, at);
    if (end < 0) continue;
    const child = node.child(segment)!;
    const path = [...above, segment];
    if (end === plain.length && child.isField) found.push(path.join("."));
    follow(child, plain, end, path, found);
  }
}

/** A name without case and separators: `ProcessName`, `process_name` and `process.name` are one. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[._@-]/g, "");
}

/** Where the segment ends in a plain name that has it at `at`; -1 where it has not. */
function plainEnd(segment: string, plain: string, at: number): number {
  let end = at;
  for (let index = 0; index < segment.length; index++) {
    const unit = segment.charCodeAt(index);
    if (unit > 0x7f) {
      const rest = plainName(segment);
      return plain.startsWith(rest, at) ? at + rest.length : -1;
    }
    if (SEPARATORS.has(unit)) continue;
    const lower = unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
    if (plain.charCodeAt(end) !== lower) return -1;
    end++;
  }
  return end;
}
