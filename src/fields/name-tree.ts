import type { Fields } from "./catalog.js";
import { ecsFields } from "./ecs.js";

/** A segment of the names of fields, and what comes after it. */
export interface NameNode {
  readonly below: ReadonlyMap<string, NameNode>;
  /** Whether a field has the name that ends here. */
  readonly isField: boolean;
  /** Whether ECS has the name that ends here, or one that goes on. */
  readonly inEcs: boolean;
}

interface Growing {
  readonly below: Map<string, Growing>;
  isField: boolean;
  inEcs: boolean;
}

/** The names of one table of fields, arranged for looking up what a name that is not there may have meant. */
export interface Names {
  readonly root: NameNode;
  /** The names that read the same without regard to case and separators, by how they read: `processname`. */
  readonly plain: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<Fields, Names>();

export function namesOf(fields: Fields): Names {
  let names = known.get(fields);
  if (names === undefined) known.set(fields, (names = arrange(fields)));
  return names;
}

function arrange(fields: Fields): Names {
  const root: Growing = { below: new Map(), isField: false, inEcs: false };
  const plain = new Map<string, string[]>();
  for (const name of fields.names()) {
    const inEcs = ecsFields().find(name) !== undefined;
    let at = root;
    for (const segment of name.split(".")) {
      let next = at.below.get(segment);
      if (next === undefined)
        at.below.set(segment, (next = { below: new Map(), isField: false, inEcs: false }));
      next.inEcs ||= inEcs;
      at = next;
    }
    at.isField = true;
    const key = plainName(name);
    const same = plain.get(key);
    if (same === undefined) plain.set(key, [name]);
    else same.push(name);
  }
  return { root, plain };
}

/** A name without case and separators: `ProcessName`, `process_name` and `process.name` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[._@-]/g, "");
}

/** What is at a name, or undefined where no name begins with it. */
export function nodeAt({ root }: Names, name: string): NameNode | undefined {
  let at: NameNode | undefined = root;
  for (const segment of name.split(".")) {
    at = at.below.get(segment);
    if (at === undefined) return undefined;
  }
  return at;
}
