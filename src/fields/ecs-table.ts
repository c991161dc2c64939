/** The fields of the Elastic Common Schema as `scripts/generate/ecs.ts` writes them. Each is read when it is first asked for. */
import table from "./ecs.generated.json" with { type: "json" };
import type { FieldInfo, Fields } from "./catalog.js";
import { metadataField } from "./metadata.js";

/** A name's leaf, or what is below it; its own leaf then has the empty key. */
type Tree = { readonly [segment: string]: string | Tree };

/** What a leaf says: `keyword list <=64 8.11` is the type and what there is to say beyond it. */
interface Leaf {
  readonly type: string;
  readonly array: boolean;
  readonly ignoreAbove: number | undefined;
  readonly since: string | undefined;
  /** Whether Kibana counts it among the fields of ECS: multi-fields and those of other versions are none. */
  readonly own: boolean;
  /** Of an object whose keys are free: the type of what it holds. */
  readonly holds: string | undefined;
}

/** The longest value of a keyword that is indexed, where its leaf says nothing else. */
const USUAL_LIMIT = 1024;

function readLeaf(text: string): Leaf {
  const [type = "", ...marks] = text.split(" ");
  const limit = marks.find((mark) => mark.startsWith("<="))?.slice(2);
  const usual = type === "keyword" ? USUAL_LIMIT : undefined;
  return {
    type,
    array: marks.includes("list"),
    ignoreAbove: limit === undefined ? usual : limit === "" ? undefined : Number(limit),
    since: marks.find((mark) => /^\d/.test(mark)),
    own: !marks.includes("multi") && !marks.includes("other"),
    holds: marks.find((mark) => mark.startsWith("of:"))?.slice(3),
  };
}

/** Lists of values by the field that they are for. */
function byField(
  lists: readonly { readonly fields: readonly string[]; readonly values: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(lists.flatMap(({ fields, values }) => fields.map((name) => [name, values] as const)));
}

/** Where a name leads in the tree. */
interface Place {
  readonly leaf: Leaf;
  readonly nestedIn: string | undefined;
  /** The name stands below a field whose keys are free: `labels.team`. */
  readonly isKey: boolean;
}

/** The fields of ECS, and of each document. Indices have others beside them, so that the table is open. */
export class EcsFields implements Fields {
  readonly closed = false;
  readonly #tree = table.fields as Tree;
  readonly #allowed = byField(table.allowed);
  readonly #usual = byField(table.usual);
  readonly #leaves = new Map<string, Leaf>();
  /** The fields that were asked for; keys such as `labels.team` are not kept, since there is no end of them. */
  readonly #found = new Map<string, FieldInfo>();
  #names: readonly string[] | undefined;

  find(name: string): FieldInfo | undefined {
    const found = this.#found.get(name);
    if (found !== undefined) return found;
    const place = this.#locate(name);
    if (place === undefined) return metadataField(name);
    if (place.isKey) return { name, type: place.leaf.holds ?? "keyword", source: "ecs" };
    const field = this.#field(name, place);
    this.#found.set(name, field);
    return field;
  }

  /** Whether Kibana counts a field of this name and type among those of ECS. */
  has(name: string, type: string): boolean {
    const place = this.#locate(name);
    return place !== undefined && !place.isKey && place.leaf.own && place.leaf.type === type;
  }

  names(): Iterable<string> {
    return (this.#names ??= namesBelow(this.#tree, "", []));
  }

  /** The names as a tree, as `name-tree.ts` wants it. */
  get root(): EcsNode {
    return new EcsNode(this.#tree);
  }

  #locate(name: string): Place | undefined {
    const segments = name.split(".");
    let node = this.#tree;
    let nestedIn: string | undefined;
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i]!;
      const child = segment !== "" && Object.hasOwn(node, segment) ? node[segment] : undefined;
      if (child === undefined) return undefined;
      const text = typeof child === "string" ? child : child[""];
      const leaf = typeof text === "string" ? this.#leaf(text) : undefined;
      if (i === segments.length - 1) return leaf && { leaf, nestedIn, isKey: false };
      if (leaf !== undefined && (leaf.type === "flattened" || leaf.holds !== undefined))
        return { leaf, nestedIn, isKey: true };
      if (typeof child === "string") return undefined;
      if (leaf?.type === "nested") nestedIn = segments.slice(0, i + 1).join(".");
      node = child;
    }
    return undefined;
  }

  #leaf(text: string): Leaf {
    let leaf = this.#leaves.get(text);
    if (leaf === undefined) this.#leaves.set(text, (leaf = readLeaf(text)));
    return leaf;
  }

  #field(name: string, { leaf, nestedIn }: Place): FieldInfo {
    const { type, array, ignoreAbove, since } = leaf;
    const allowed = this.#allowed.get(name);
    const usual = this.#usual.get(name);
    return {
      name,
      type,
      source: "ecs",
      ...(allowed === undefined ? {} : { allowed }),
      ...(usual === undefined ? {} : { usual }),
      ...(name === "event.type" ? { expected: new Map(Object.entries(table.eventTypes)) } : {}),
      ...(array ? { array } : {}),
      ...(nestedIn === undefined ? {} : { nestedIn }),
      ...(since === undefined ? {} : { since }),
      ...(ignoreAbove === undefined ? {} : { ignoreAbove }),
    };
  }
}

/** A place in the names of ECS. */
class EcsNode {
  readonly #tree: string | Tree;

  constructor(tree: string | Tree) {
    this.#tree = tree;
  }

  get isField(): boolean {
    return typeof this.#tree === "string" || Object.hasOwn(this.#tree, "");
  }

  child(segment: string): EcsNode | undefined {
    if (typeof this.#tree === "string" || segment === "" || !Object.hasOwn(this.#tree, segment))
      return undefined;
    return new EcsNode(this.#tree[segment]!);
  }

  segments(): readonly string[] {
    return typeof this.#tree === "string" ? [] : Object.keys(this.#tree).filter((segment) => segment !== "");
  }
}

function namesBelow(tree: Tree, prefix: string, into: string[]): readonly string[] {
  for (const [segment, child] of Object.entries(tree)) {
    if (segment === "") continue;
    const name = prefix + segment;
    if (typeof child === "string" || Object.hasOwn(child, "")) into.push(name);
    if (typeof child !== "string") namesBelow(child, `${name}.`, into);
  }
  return into;
}
