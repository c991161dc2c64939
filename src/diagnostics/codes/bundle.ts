import { define, message } from "../define.js";

/** Findings about what is built and exported. */
export const bundle = define({
  "bundle/mistaken-line": {
    severity: "error",
    message: message`a rule with the field "${"key"}" is taken for something else on import`,
    help: "take it out of extra",
    why: "Kibana tells the lines of a bundle apart by their keys: one with `list_id`, `entries` or `attributes` is no rule to it.",
    fix: "Remove the field from `extra`.",
  },
  "bundle/too-many-rules": {
    severity: "warning",
    message: message`the bundle holds ${"rules"} rules; Kibana imports ${"limit"} at most in one request`,
    help: "export a part at a time, by naming folders",
    why: "Kibana refuses the whole file.",
    fix: "Export folder by folder: `kdac export rules/windows --out windows.ndjson`. Deploying with `kdac apply` has no such limit.",
  },
  "bundle/too-large": {
    severity: "warning",
    message: message`the bundle has ${"bytes"} bytes; Kibana imports ${"limit"} at most in one request`,
    help: "export a part at a time, by naming folders",
    why: "Kibana refuses a request of more than 10,485,760 bytes, the form around the file included.",
    fix: "Export folder by folder: `kdac export rules/windows --out windows.ndjson`, or raise `xpack.securitySolution.maxRuleImportPayloadBytes`. Deploying with `kdac apply` has no such limit.",
  },
  "bundle/rule-id-no-file-name": {
    severity: "warning",
    message: message`the rule_id "${"rule_id"}" cannot be a file's name, so its file is named otherwise`,
    help: "use letters, digits, - and _ in a rule_id",
    why: "Built files are named after their rules. An id with slashes, blanks or other signs has to be escaped, and then nobody finds the file.",
    fix: "A UUID is a good id. If the rule is deployed already, keep its id: the manifest tells which file is whose.",
  },
  "bundle/file-name-taken": {
    severity: "warning",
    message: message`where case is ignored, the file name of rule_id "${"rule_id"}" is taken, so its file is named "${"name"}"`,
    help: "give the rule an id that differs by more than case",
    why: "Windows and macOS take two names that differ only by case for the same file: one rule would overwrite the other.",
    fix: "A UUID is a good id. If the rule is deployed already, keep its id: the manifest tells which file is whose.",
  },
  "bundle/missing-list": {
    severity: "warning",
    message: message`the bundle does not carry the exception list "${"list_id"}", which the project does not declare`,
    help: "make sure that the space has it before the import",
    why: "Kibana imports the rule without the reference when the list is not there: the rule would run without its exceptions.",
    fix: "Declare the list in a `*.exceptions.yml`, so that the bundle carries it, or create it in the space first.",
  },
  "bundle/missing-connector": {
    severity: "warning",
    message: message`the bundle does not carry the connector "${"id"}", which the project does not declare`,
    help: "declare it in a *.connector.yml, or deploy with kdac apply, which finds connectors by name",
    why: "Kibana refuses to import a rule whose connector is not there.",
    fix: "Declare the connector in a `*.connector.yml`. A connector that is kept in Kibana has another id in each space; only `kdac apply` finds it by its name.",
  },
});
