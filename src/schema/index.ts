export { check, type FileKind } from "./check.js";
export type * from "./types.js";
