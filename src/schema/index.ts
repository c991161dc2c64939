export { check, conforms, type FileKind } from "./check.js";
export type * from "./types.js";
