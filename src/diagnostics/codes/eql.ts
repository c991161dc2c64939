import { define } from "../define.js";

/** Findings about EQL queries. */
export const eql = define({});
