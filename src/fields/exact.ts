import type { FieldInfo } from "./catalog.js";
import { isKeyword, isText } from "./types.js";

/** Text fields learn of the multi-field that holds their exact value: `message.keyword`. */
export function withExact(found: Map<string, FieldInfo>): Map<string, FieldInfo> {
  for (const [name, { type }] of found) {
    if (!isKeyword(type)) continue;
    const parent = found.get(name.slice(0, Math.max(name.lastIndexOf("."), 0)));
    if (parent === undefined || !isText(parent.type) || parent.exact !== undefined) continue;
    found.set(parent.name, { ...parent, exact: name });
  }
  return found;
}
