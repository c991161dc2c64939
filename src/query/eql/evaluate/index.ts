export { compileEvent, compileExplanation, type EventOptions, explainEvent } from "./event.js";
export { type RequiredLiteral, requiredLiterals } from "./required.js";
export { type FoundSequence, type SequenceShape, SequenceMatcher, UNTIL } from "./sequence-matcher.js";
