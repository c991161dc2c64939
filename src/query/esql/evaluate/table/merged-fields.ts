import type { FieldInfo, Fields } from "../../../../fields/index.js";

/** The fields of several indices together; a field that they map differently has the other types beside its own. */
export function mergedFields(all: readonly Fields[]): Fields {
  const [only] = all;
  if (all.length === 1) return only!;
  return {
    closed: all.every(({ closed }) => closed),
    find: (name) => together(all.flatMap((fields) => fields.find(name) ?? [])),
    names: () => new Set(all.flatMap((fields) => [...fields.names()])),
  };
}

function together(infos: readonly FieldInfo[]): FieldInfo | undefined {
  const [first] = infos;
  if (first === undefined) return undefined;
  const types = new Set(infos.flatMap(({ type, otherTypes = [] }) => [type, ...otherTypes]));
  types.delete(first.type);
  return types.size === 0 ? first : { ...first, otherTypes: [...types] };
}
