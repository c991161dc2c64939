import { nearest } from "../diagnostics/index.js";
import type { Fields } from "./catalog.js";
import { alikeNames } from "./alike.js";
import { type NameNode, treeOf } from "./name-tree.js";
import { ecsNameFor } from "./other-names.js";

/** How many names a message offers. */
const MOST = 3;

/** Longer names are no slips of the keyboard. The longest of ECS has 90 characters. */
const MAX_LENGTH = 200;

/** Segments looked at for one name; names made to have many near ones would take a long time else. */
const MAX_STEPS = 100;

/**
 * The fields that a name which is not there may have meant, best first: names that differ in case or separators only,
 * names that others use for a field of ECS, and names each of whose segments is near. Empty where nothing is.
 */
export function nearFields(fields: Fields, name: string): string[] {
  if (name.length > MAX_LENGTH) return [];
  const tree = treeOf(fields);
  const alike = alikeNames(tree, name);
  if (alike.length > 0) return alike.slice(0, MOST);
  const ecs = ecsNameFor(name);
  if (ecs !== undefined && fields.find(ecs) !== undefined) return [ecs];
  return new Search(name.split(".")).from(tree).slice(0, MOST);
}

class Search {
  readonly #segments: readonly string[];
  readonly #found: string[] = [];
  #steps = 0;

  constructor(segments: readonly string[]) {
    this.#segments = segments;
  }

  from(root: NameNode): readonly string[] {
    this.#follow(root, 0, "");
    return this.#found;
  }

  /** Follows a segment that is there; one that is not, or that leads nowhere, gives way to those near it. */
  #follow(node: NameNode, at: number, prefix: string): void {
    const segment = this.#segments[at];
    if (segment === undefined) {
      if (node.isField) this.#found.push(prefix.slice(1));
      return;
    }
    if (++this.#steps > MAX_STEPS) return;
    const there = node.child(segment);
    const before = this.#found.length;
    if (there !== undefined) this.#follow(there, at + 1, `${prefix}.${segment}`);
    if (this.#found.length > before) return;
    for (const other of candidates(segment, node, at))
      if (other !== segment) this.#follow(node.child(other)!, at + 1, `${prefix}.${other}`);
  }
}

/** The names near a segment, or below the first also those that it begins: `addr` of `address`. */
function candidates(segment: string, node: NameNode, at: number): string[] {
  const segments = node.segments();
  const near = nearest(segment, segments, MOST);
  if (near.length > 0 || at === 0 || segment.length < 3) return near;
  return segments.filter((other) => other.startsWith(segment)).slice(0, MOST);
}
