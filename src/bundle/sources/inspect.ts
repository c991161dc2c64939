/** What is wrong with a JSON value beside its meaning. */
export interface Hazards {
  readonly tooDeep: boolean;
  /** Numbers that were rounded, with the dotted names of their fields. */
  readonly inexact: readonly { readonly field: string; readonly number: number }[];
  /** Keys that were taken out. */
  readonly forbidden: readonly string[];
}

const NONE: Hazards = { tooDeep: false, inexact: [], forbidden: [] };

/**
 * Walks a value that JSON.parse gave, without recursion. A `__proto__` key is taken out of it: the first copy that is made by
 * assignment would otherwise change what the object is.
 */
export function inspect(value: unknown, depth: number): Hazards {
  const inexact: { field: string; number: number }[] = [];
  const forbidden: string[] = [];
  const stack: [object, number, string][] =
    typeof value === "object" && value !== null ? [[value, 1, ""]] : [];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const [object, level, name] = at;
    if (level > depth) return { tooDeep: true, inexact: [], forbidden: [] };
    const array = Array.isArray(object);
    if (!array && Object.hasOwn(object, "__proto__")) {
      Reflect.deleteProperty(object, "__proto__");
      forbidden.push("__proto__");
    }
    for (const [key, inner] of Object.entries(object) as [string, unknown][]) {
      if (typeof inner === "object" && inner !== null)
        stack.push([inner, level + 1, array ? name : dotted(name, key)]);
      else if (typeof inner === "number" && Math.abs(inner) > Number.MAX_SAFE_INTEGER)
        inexact.push({ field: array ? name : dotted(name, key), number: inner });
    }
  }
  return inexact.length === 0 && forbidden.length === 0 ? NONE : { tooDeep: false, inexact, forbidden };
}

const dotted = (name: string, key: string): string => (name === "" ? key : `${name}.${key}`);
