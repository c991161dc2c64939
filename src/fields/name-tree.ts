import type { Fields } from "./catalog.js";
import { EcsFields } from "./ecs-table.js";
import { FieldTable } from "./table.js";

/** A place in the names of fields, segment by segment. */
export interface NameNode {
  /** Whether a field has the name that ends here. */
  readonly isField: boolean;
  /** What comes after it, if names go on with this segment. */
  child(segment: string): NameNode | undefined;
  /** The segments that names go on with. */
  segments(): readonly string[];
}

const known = new WeakMap<Fields, NameNode>();

/** The names of a table of fields, arranged for looking up what a name that is not there may have meant. */
export function treeOf(fields: Fields): NameNode {
  let tree = known.get(fields);
  if (tree === undefined) known.set(fields, (tree = arrange(fields)));
  return tree;
}

/** What is at a name, or undefined where no name begins with it. */
export function nodeAt(tree: NameNode, name: string): NameNode | undefined {
  let at: NameNode | undefined = tree;
  for (const segment of name.split(".")) {
    at = at.child(segment);
    if (at === undefined) return undefined;
  }
  return at;
}

/** A table over another one shares the names of that: they are many, and arranged once. */
function arrange(fields: Fields): NameNode {
  if (fields instanceof EcsFields) return fields.root;
  if (!(fields instanceof FieldTable) || fields.base === undefined) return grow(fields.names());
  return new Layers([grow(fields.ownNames()), treeOf(fields.base)]);
}

class Branch implements NameNode {
  isField = false;
  readonly #below = new Map<string, Branch>();

  child(segment: string): Branch | undefined {
    return this.#below.get(segment);
  }

  segments(): readonly string[] {
    return [...this.#below.keys()];
  }

  add(segment: string): Branch {
    let next = this.#below.get(segment);
    if (next === undefined) this.#below.set(segment, (next = new Branch()));
    return next;
  }
}

function grow(names: Iterable<string>): NameNode {
  const root = new Branch();
  for (const name of names) {
    let at = root;
    for (const segment of name.split(".")) at = at.add(segment);
    at.isField = true;
  }
  return root;
}

/** One place in several trees. */
class Layers implements NameNode {
  readonly #nodes: readonly NameNode[];

  constructor(nodes: readonly NameNode[]) {
    this.#nodes = nodes;
  }

  get isField(): boolean {
    return this.#nodes.some((node) => node.isField);
  }

  child(segment: string): NameNode | undefined {
    const children = this.#nodes.flatMap((node) => node.child(segment) ?? []);
    return children.length < 2 ? children[0] : new Layers(children);
  }

  segments(): readonly string[] {
    return [...new Set(this.#nodes.flatMap((node) => node.segments()))];
  }
}
