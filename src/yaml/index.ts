export type { LocatedDocument, LocatedEntry } from "./document.js";
export { merge, type MergeOptions, reorder, type ReorderOptions } from "./edit/index.js";
export { emit, type EmitOptions } from "./emit/index.js";
export { LineIndex, type Position } from "./line-index.js";
export { parseDocument } from "./parse.js";
export { applySuppressions } from "./suppress.js";
