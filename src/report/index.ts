export { type Explanation, explanations, findingsPage } from "./explain.js";
export type { ReportInput, SourceText } from "./input.js";
export { Locator, placeText } from "./locate.js";
export { type Palette, plain } from "./palette.js";
export { prettyFindings } from "./pretty.js";
export { render, type ReportFormat, reportFormats } from "./render.js";
export { plural, type Summary, summarize, summaryText } from "./summary.js";
export { jsonText, safeJson, visible } from "./visible.js";
