import { define } from "../define.js";

/** Findings about ES|QL queries. */
export const esql = define({});
