import type { FieldInfo, Fields } from "./catalog.js";
import { ecsFields } from "./ecs.js";
import { covers, overlap, patternsOf } from "./index-pattern.js";
import { ecsFacts, lockedFields, together } from "./locked.js";
import type { CustomField, CustomFieldMap, FieldSources } from "./sources.js";
import { FieldTable } from "./table.js";
import { withExact } from "./exact.js";

/** The fields of a project: those of ECS, those that its stack maps, and those that it declares itself. */
export class FieldCatalog {
  readonly #locked: ReadonlyMap<string, () => ReadonlyMap<string, FieldInfo>>;
  readonly #groups: readonly {
    readonly index: readonly string[] | undefined;
    readonly fields: CustomFieldMap;
  }[];
  /** By the indices of a rule, and by what they come down to: rules with other indices may share one table. */
  readonly #asked = new Map<string, Fields>();
  readonly #made = new Map<string, Fields>();

  constructor({ lock, custom }: FieldSources) {
    this.#locked = new Map(
      Object.entries(lock?.patterns ?? {}).map(([pattern, fields]) => [
        pattern,
        once(() => lockedFields(fields)),
      ]),
    );
    const groups = custom ?? [];
    this.#groups = isList(groups) ? groups : [{ index: undefined, fields: groups }];
  }

  /**
   * The fields of the indices that a rule names; without `index` (the rule has none, or a data view) those of any index. They are
   * closed only where the lock covers each pattern of the rule: then a name that is not there is certainly wrong. What
   * the project declares itself goes over what its stack maps, and both over ECS.
   */
  for(index: readonly string[] | undefined): Fields {
    const asked = JSON.stringify(index ?? []);
    let fields = this.#asked.get(asked);
    if (fields === undefined) this.#asked.set(asked, (fields = this.#find(patternsOf(index ?? []))));
    return fields;
  }

  #find(wanted: readonly string[]): Fields {
    const isAny = wanted.length === 0;
    const locked = [...this.#locked.keys()].filter(
      (pattern) => isAny || wanted.some((other) => overlap(pattern, other)),
    );
    const groups = this.#groups.filter(
      (group) =>
        isAny ||
        group.index === undefined ||
        patternsOf(group.index).some((pattern) => wanted.some((other) => overlap(pattern, other))),
    );
    const closed = !isAny && wanted.every((other) => locked.some((pattern) => covers(pattern, other)));
    const key = JSON.stringify([closed, isAny, locked, groups.map((group) => this.#groups.indexOf(group))]);
    let fields = this.#made.get(key);
    if (fields === undefined) {
      fields = this.#make(locked, groups, closed, isAny);
      this.#made.set(key, fields);
    }
    return fields;
  }

  #make(
    locked: readonly string[],
    groups: readonly { readonly fields: CustomFieldMap }[],
    closed: boolean,
    isAny: boolean,
  ): Fields {
    if (locked.length === 0 && groups.length === 0) return ecsFields();
    const found = new Map<string, FieldInfo>();
    for (const pattern of locked)
      for (const [name, field] of this.#locked.get(pattern)!()) {
        const known = found.get(name);
        // Which of the patterns a rule without indices reads is not known, and so neither whether they conflict in it.
        found.set(name, known === undefined ? field : isAny ? known : together(known, field));
      }
    for (const { fields } of groups)
      for (const [name, field] of Object.entries(fields)) found.set(name, declared(name, field));
    return new FieldTable(withExact(found), closed, ecsFields());
  }
}

function declared(name: string, field: CustomField): FieldInfo {
  if (typeof field === "string") return { ...ecsFacts(name), name, type: field, source: "custom" };
  const { type, ignore_above, allowed_values, array } = field;
  return {
    ...ecsFacts(name),
    name,
    type,
    source: "custom",
    ...(ignore_above === undefined ? {} : { ignoreAbove: ignore_above }),
    ...(allowed_values === undefined ? {} : { allowed: allowed_values }),
    ...(array === undefined ? {} : { array }),
  };
}

const isList = <T>(groups: T): groups is Extract<T, readonly unknown[]> => Array.isArray(groups);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
