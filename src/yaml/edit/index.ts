export { merge, type MergeOptions } from "./merge.js";
export { reorder, type ReorderOptions } from "./reorder.js";
