export * from "./connectors.js";
export * from "./exceptions.js";
export * from "./rules.js";
export * from "./status.js";
