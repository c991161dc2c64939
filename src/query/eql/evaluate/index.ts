export { compileEvent, compileExplanation, type EventOptions, explainEvent } from "./event.js";
export { requiredLiterals } from "./required.js";
