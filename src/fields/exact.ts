import type { FieldInfo } from "./catalog.js";
import { isKeyword, isText } from "./types.js";

/** Text fields learn of the multi-field that holds their exact value: `message.keyword`. A normalizer changes values. */
export function withExact(found: Map<string, FieldInfo>): Map<string, FieldInfo> {
  for (const [name, { type, normalizer }] of found) {
    if (!isKeyword(type) || normalizer !== undefined) continue;
    const parent = found.get(name.slice(0, Math.max(name.lastIndexOf("."), 0)));
    if (parent === undefined || !isText(parent.type) || parent.exact !== undefined) continue;
    found.set(parent.name, { ...parent, exact: name });
  }
  return found;
}
