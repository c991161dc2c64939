import { familyOf } from "../../fields/index.js";
import type { Type } from "./signatures.js";

/** The kind of value that a mapping type holds. */
export function typeOfMapping(type: string): Type {
  const family = familyOf(type);
  switch (family) {
    case "keyword":
    case "string":
    case "text":
      return "text";
    case "boolean":
    case "date":
    case "ip":
    case "number":
    case "version":
      return family;
    default:
      return "unknown";
  }
}
