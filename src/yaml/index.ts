export type { LocatedDocument, LocatedEntry } from "./document.js";
export { LineIndex, type Position } from "./line-index.js";
export { parseDocument } from "./parse.js";
export { applySuppressions } from "./suppress.js";
