export * from "./account.js";
export * from "./connectors.js";
export * from "./exceptions.js";
export * from "./list-values.js";
export * from "./preview.js";
export * from "./rules.js";
export * from "./status.js";
export * from "./value-lists.js";
