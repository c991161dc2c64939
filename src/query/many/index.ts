export { matchAll, type MatchOptions, type MatchRule } from "./match-all.js";
export type { RuleMatches } from "./run.js";
