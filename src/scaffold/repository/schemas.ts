import { PACKAGE } from "../../format/index.js";

/** Where the installed package keeps the schemas, from the root of a new project. */
export const SCHEMAS = `node_modules/${PACKAGE}/schemas`;
