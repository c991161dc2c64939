export { compileDissect } from "./dissect.js";
export { compileGrok, type Extraction } from "./grok.js";
export { compilePattern, groupText, type Pattern } from "./pattern.js";
export { PatternError } from "./syntax.js";
