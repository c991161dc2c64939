/** What Kibana keeps has an object id that it made, and a name of its own (`rule_id`, `list_id`) that is unique in a space. */
interface Identified {
  readonly id: string;
}

/** Saved objects of one kind, in the order of their creation, found by id, by name and by the group they are in. */
export class Collection<T extends Identified> {
  private readonly byId = new Map<string, T>();
  private readonly idByName = new Map<string, string>();
  private readonly idsByGroup = new Map<string, Set<string>>();

  constructor(
    private readonly nameOf: (object: T) => string,
    private readonly groupOf?: (object: T) => string,
  ) {}

  get size(): number {
    return this.byId.size;
  }

  get(id: string): T | undefined {
    return this.byId.get(id);
  }

  named(name: string): T | undefined {
    const id = this.idByName.get(name);
    return id === undefined ? undefined : this.byId.get(id);
  }

  values(): IterableIterator<T> {
    return this.byId.values();
  }

  inGroup(group: string): T[] {
    return [...(this.idsByGroup.get(group) ?? [])].map((id) => this.byId.get(id)!);
  }

  /** Adds an object, or replaces the one of the same id in its place. */
  put(object: T): void {
    this.unlink(object.id);
    this.byId.set(object.id, object);
    this.idByName.set(this.nameOf(object), object.id);
    const group = this.groupOf?.(object);
    if (group === undefined) return;
    const ids = this.idsByGroup.get(group) ?? new Set<string>();
    this.idsByGroup.set(group, ids.add(object.id));
  }

  delete(id: string): void {
    this.unlink(id);
    this.byId.delete(id);
  }

  private unlink(id: string): void {
    const object = this.byId.get(id);
    if (object === undefined) return;
    this.idByName.delete(this.nameOf(object));
    const group = this.groupOf?.(object);
    if (group !== undefined) this.idsByGroup.get(group)?.delete(id);
  }
}
