export { diffLines } from "./diff.js";
export { formatFile, type FormatContext, type Formatted } from "./format.js";
export { type FormattedFile, type FormattedProject, formatProject } from "./project.js";
export { PACKAGE, schemaFolder, schemaLine } from "./schema-line.js";
