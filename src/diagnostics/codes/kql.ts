import { define } from "../define.js";

/** Findings about KQL queries. */
export const kql = define({});
