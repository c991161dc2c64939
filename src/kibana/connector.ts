/** Connectors, as the actions API takes and returns them, and as rule exports carry them. */

/** What `POST /api/actions/connector[/{id}]` accepts. Kibana refuses unknown keys, and before 9.4 ids that are no UUID. */
export interface ConnectorCreate {
  name: string;
  /** Such as `.slack`, `.email`, `.webhook`. */
  connector_type_id: string;
  config?: Record<string, unknown>;
  /** Write-only: no answer and no export ever has them. */
  secrets?: Record<string, unknown>;
}

/** What PUT takes: the type cannot change, and secrets must be sent again. */
export interface ConnectorUpdate {
  name: string;
  config?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
}

export interface ConnectorResponse {
  id: string;
  name: string;
  connector_type_id: string;
  config?: Record<string, unknown>;
  /** Set in the server's configuration file; cannot be edited or exported. */
  is_preconfigured: boolean;
  is_deprecated: boolean;
  /** Whether the type as a whole is deprecated; older versions do not say. */
  is_connector_type_deprecated?: boolean;
  is_system_action?: boolean;
  /** True after an import: the secrets must be entered again. */
  is_missing_secrets?: boolean;
  /** Only in the answer that lists all connectors. */
  referenced_by_count?: number;
}

/** The connector's saved object, which is how a rule export and import carry it. */
export interface ConnectorSavedObject {
  id: string;
  type: "action";
  attributes: {
    actionTypeId: string;
    name: string;
    /** True when the connector had secrets, which an export leaves out. */
    isMissingSecrets: boolean;
    config: Record<string, unknown>;
    secrets: Record<string, unknown>;
  };
  references: Record<string, unknown>[];
  updated_at?: string;
  created_at?: string;
  version?: string;
  migrationVersion?: Record<string, string>;
  coreMigrationVersion?: string;
  typeMigrationVersion?: string;
  managed?: boolean;
  /** Id in the space that the connector was first exported from. */
  originId?: string;
}
