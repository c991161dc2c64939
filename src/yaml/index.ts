export type { LocatedDocument } from "./document.js";
export { LineIndex, type Position } from "./line-index.js";
export { parseDocument } from "./parse.js";
