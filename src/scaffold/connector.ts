import { emit } from "../yaml/emit/index.js";
import { CONNECTOR_STARTS } from "./connector-types.js";

/** The file of a new connector. Its secrets name environment variables after the connector; they are never written down. */
export function connectorText(connector: {
  readonly name: string;
  readonly type: string;
  readonly schemaLine: string | undefined;
}): string {
  const { config, secrets } = CONNECTOR_STARTS[connector.type] ?? {};
  const prefix = variable(connector.name) || "CONNECTOR";
  const variables = Object.fromEntries(
    (secrets ?? []).map((key) => [key, `\${${prefix}_${variable(key)}}`] as const),
  );
  const file = {
    name: connector.name,
    connector_type_id: connector.type,
    ...(config === undefined ? {} : { config }),
    ...(secrets === undefined ? {} : { secrets: variables }),
  };
  return `${connector.schemaLine === undefined ? "" : `${connector.schemaLine}\n`}${emit(file)}`;
}

/** `soc-slack` and `webhookUrl` as parts of a variable's name: `SOC_SLACK`, `WEBHOOK_URL`. */
function variable(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").split(/[^A-Za-z0-9]+/);
  return words
    .filter((word) => word !== "")
    .join("_")
    .toUpperCase()
    .replace(/^(?=\d)/, "_");
}
