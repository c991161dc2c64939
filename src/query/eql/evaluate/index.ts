export { compileEvent, compileExplanation, type EventOptions, explainEvent } from "./event.js";
export { type RequiredLiteral, requiredLiterals } from "./required.js";
