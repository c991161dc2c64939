/** What a connector of one type is given: settings with an example, and the names of its secrets. */
export interface ConnectorStart {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: readonly string[];
}

/** The connector types that people use most for alerts, with the keys that Kibana's actions API requires of them. */
export const CONNECTOR_STARTS: Readonly<Record<string, ConnectorStart>> = {
  ".slack": { secrets: ["webhookUrl"] },
  ".slack_api": { secrets: ["token"] },
  ".email": {
    config: {
      from: "alerts@example.com",
      service: "other",
      host: "smtp.example.com",
      port: 587,
      secure: false,
      hasAuth: true,
    },
    secrets: ["user", "password"],
  },
  ".webhook": {
    config: {
      url: "https://hooks.example.com/kibana",
      method: "post",
      hasAuth: true,
      authType: "webhook-authentication-basic",
    },
    secrets: ["user", "password"],
  },
  ".pagerduty": { secrets: ["routingKey"] },
  ".teams": { secrets: ["webhookUrl"] },
  ".opsgenie": { config: { apiUrl: "https://api.opsgenie.com" }, secrets: ["apiKey"] },
  ".jira": {
    config: { apiUrl: "https://example.atlassian.net", projectKey: "SOC" },
    secrets: ["email", "apiToken"],
  },
  ".servicenow-sir": {
    config: { apiUrl: "https://example.service-now.com", usesTableApi: false },
    secrets: ["username", "password"],
  },
  ".tines": { config: { url: "https://example.tines.com" }, secrets: ["email", "token"] },
  ".torq": {
    config: { webhookIntegrationUrl: "https://hooks.torq.io/v1/webhooks/example" },
    secrets: ["token"],
  },
  ".index": { config: { index: "kdac-alerts", refresh: false, executionTimeField: "executed_at" } },
  ".server-log": {},
};
