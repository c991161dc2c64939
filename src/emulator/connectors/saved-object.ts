/** Connectors as rule exports carry them: saved objects without secrets. */
import type { ConnectorSavedObject } from "../../kibana/connector.js";
import type { Kernel } from "../kernel.js";
import type { SpaceData, StoredConnector } from "../store/state.js";

export function connectorLine(kernel: Kernel, connector: StoredConnector): ConnectorSavedObject {
  return {
    id: connector.id,
    type: "action",
    updated_at: connector.updated_at,
    created_at: connector.created_at,
    version: kernel.state.nextVersion(),
    attributes: {
      actionTypeId: connector.type,
      name: connector.name,
      isMissingSecrets: connector.hasSecrets || connector.missingSecrets,
      config: { ...connector.config },
      secrets: {},
    },
    references: [],
    managed: false,
    coreMigrationVersion: "8.8.0",
    typeMigrationVersion: "10.1.0",
  };
}

export interface ConnectorError {
  readonly id: string;
  readonly error: { readonly status_code: number; readonly message: string };
}

export interface ConnectorImport {
  readonly errors: readonly ConnectorError[];
  readonly success: boolean;
  readonly successCount: number;
  readonly warnings: readonly Readonly<Record<string, string>>[];
}

function warningsFor(missing: number): Readonly<Record<string, string>>[] {
  if (missing === 0) return [];
  const have = missing === 1 ? "1 connector has" : `${missing} connectors have`;
  return [
    {
      actionPath: "/app/management/insightsAndAlerting/triggersActionsConnectors",
      buttonLabel: "Go to connectors",
      message: `${have} sensitive information that require updates.`,
      type: "action_required",
    },
  ];
}

/** Imports connector lines; an existing one is replaced only with `overwrite`. */
export function importConnectors(
  kernel: Kernel,
  space: SpaceData,
  lines: readonly Readonly<Record<string, unknown>>[],
  overwrite: boolean,
): ConnectorImport {
  const errors: ConnectorError[] = [];
  let successCount = 0;
  let missing = 0;
  for (const line of lines) {
    const id = String(line["id"]);
    const fail = (status_code: number, message: string): void =>
      void errors.push({ id, error: { status_code, message } });
    const attributes = line["attributes"] as Partial<ConnectorSavedObject["attributes"]> | null;
    if (line["type"] !== "action" || typeof attributes?.actionTypeId !== "string") {
      fail(400, "Unsupported SO action type");
    } else if (kernel.connector(space, id) !== undefined && !overwrite) {
      fail(409, "Saved Object already exists");
    } else {
      const now = kernel.now();
      const missingSecrets = attributes.isMissingSecrets === true;
      space.connectors.set(id, {
        id,
        name: String(attributes.name),
        type: attributes.actionTypeId,
        config: attributes.config ?? {},
        hasSecrets: false,
        missingSecrets,
        preconfigured: false,
        created_at: space.connectors.get(id)?.created_at ?? now,
        updated_at: now,
      });
      successCount++;
      if (missingSecrets) missing++;
    }
  }
  return { errors, success: errors.length === 0, successCount, warnings: warningsFor(missing) };
}
