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

/** The names of one table of fields, arranged for looking up what a name that is not there may have meant. */
export interface Names {
  readonly root: NameNode;
  /** The names that read the same without regard to case and separators: `processName` and `process.name`. */
  alike(name: string): readonly string[];
}

const known = new WeakMap<Fields, Names>();

export function namesOf(fields: Fields): Names {
  let names = known.get(fields);
  if (names === undefined) known.set(fields, (names = arrange(fields)));
  return names;
}

/** What is at a name, or undefined where no name begins with it. */
export function nodeAt({ root }: Names, name: string): NameNode | undefined {
  let at: NameNode | undefined = root;
  for (const segment of name.split(".")) {
    at = at.child(segment);
    if (at === undefined) return undefined;
  }
  return at;
}

/** A table over another one shares the names of that: they are many, and arranged once. */
function arrange(fields: Fields): Names {
  if (fields instanceof EcsFields) return { root: fields.root, alike: alikeIn(() => fields.names()) };
  if (!(fields instanceof FieldTable) || fields.base === undefined)
    return { root: grow(fields.names()), alike: alikeIn(() => fields.names()) };
  const base = namesOf(fields.base);
  const alike = alikeIn(() => fields.ownNames());
  return {
    root: new Layers([grow(fields.ownNames()), base.root]),
    alike: (name) => [...new Set([...alike(name), ...base.alike(name)])],
  };
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

function alikeIn(names: () => Iterable<string>): Names["alike"] {
  let plain: Map<string, string[]> | undefined;
  return (wanted) => {
    if (plain === undefined) {
      plain = new Map();
      for (const name of names()) {
        const key = plainName(name);
        const same = plain.get(key);
        if (same === undefined) plain.set(key, [name]);
        else same.push(name);
      }
    }
    return plain.get(plainName(wanted)) ?? [];
  };
}

/** A name without case and separators: `ProcessName`, `process_name` and `process.name` are one. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[._@-]/g, "");
}
