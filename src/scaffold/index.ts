export { CONNECTOR_STARTS } from "./connector-types.js";
export { connectorText } from "./connector.js";
export { exceptionsText } from "./exceptions.js";
export { type PlannedFile, planRepository } from "./plan.js";
export { repositoryFiles } from "./repository/index.js";
export { RULE_STARTS } from "./rule-types.js";
export { ruleText } from "./rule.js";
export { VALUE_LIST_STARTS, valuesText } from "./values.js";
