import { define } from "../define.js";

/** Findings about the fields that a query or a rule names. */
export const field = define({});
