import { SCHEMAS } from "./schemas.js";

/** Attaches each schema by file name, so that the YAML language server completes, explains and checks. */
export function editorSettings(): string {
  const yaml = {
    rule: ["*.rule.yml"],
    translation: ["*.rule.*.yml"],
    exceptions: ["*.exceptions.yml"],
    connector: ["*.connector.yml"],
    values: ["*.values.yml"],
    config: ["kdac.config.yml"],
    fields: ["schemas/custom-fields.yml"],
  };
  const settings = {
    "yaml.schemas": Object.fromEntries(
      Object.entries(yaml).map(([schema, files]) => [`./${SCHEMAS}/${schema}.schema.json`, files]),
    ),
    "json.schemas": [{ fileMatch: ["/schemas/fields.lock.json"], url: `./${SCHEMAS}/lock.schema.json` }],
    "files.insertFinalNewline": true,
    "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2 },
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

export const editorExtensions = `${JSON.stringify({ recommendations: ["redhat.vscode-yaml"] }, null, 2)}\n`;
