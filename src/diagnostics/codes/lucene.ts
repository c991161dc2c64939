import { define } from "../define.js";

/** Findings about Lucene queries. */
export const lucene = define({});
