/** The connector types that the embedded Kibana knows, with what each must be given. */
import type { License } from "../options.js";
import { type Kind, shapeProblem } from "../validate/strict.js";

export interface ConnectorType {
  readonly id: string;
  readonly name: string;
  readonly license: License;
  /** Required configuration. */
  readonly config?: Readonly<Record<string, Kind>>;
  /** What the server fills in. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Required secrets. */
  readonly secrets?: Readonly<Record<string, Kind>>;
  /** Required parameters of an execution. */
  readonly params?: Readonly<Record<string, Kind>>;
  /** The features of Kibana that use it, where they are not those of alerting. */
  readonly features?: readonly string[];
}

const ALERTING = ["alerting", "uptime", "siem"];
/** Cases push to these as well. */
const CASES = [...ALERTING, "cases"];
const ASSISTANTS = [
  "generativeAIForSecurity",
  "generativeAIForObservability",
  "generativeAIForSearchPlayground",
];

/** The features that use connectors of a type, by which types can be asked for. */
export function featuresOf({ features = ALERTING }: ConnectorType): readonly string[] {
  return features;
}

const EMAIL_DEFAULTS = {
  service: "other",
  host: null,
  port: null,
  secure: null,
  hasAuth: true,
  tenantId: null,
  clientId: null,
  oauthTokenUrl: null,
};

const TYPES: readonly ConnectorType[] = [
  {
    id: ".index",
    name: "Index",
    license: "basic",
    config: { index: "string" },
    defaults: { refresh: false, executionTimeField: null },
    params: { documents: "array" },
  },
  { id: ".server-log", name: "Server log", license: "basic", params: { message: "string" } },
  {
    id: ".webhook",
    name: "Webhook",
    license: "gold",
    config: { url: "string" },
    defaults: { method: "post", headers: null, hasAuth: true },
  },
  { id: ".email", name: "Email", license: "gold", config: { from: "string" }, defaults: EMAIL_DEFAULTS },
  {
    id: ".slack",
    name: "Slack",
    license: "gold",
    secrets: { webhookUrl: "string" },
    params: { message: "string" },
  },
  { id: ".slack_api", name: "Slack API", license: "gold", secrets: { token: "string" } },
  {
    id: ".pagerduty",
    name: "PagerDuty",
    license: "gold",
    defaults: { apiUrl: null },
    secrets: { routingKey: "string" },
  },
  { id: ".teams", name: "Microsoft Teams", license: "gold", secrets: { webhookUrl: "string" } },
  {
    id: ".opsgenie",
    name: "Opsgenie",
    license: "platinum",
    config: { apiUrl: "string" },
    secrets: { apiKey: "string" },
  },
  {
    id: ".jira",
    name: "Jira",
    license: "gold",
    features: CASES,
    config: { apiUrl: "string", projectKey: "string" },
    secrets: { email: "string", apiToken: "string" },
  },
  {
    id: ".servicenow",
    features: CASES,
    name: "ServiceNow ITSM",
    license: "platinum",
    config: { apiUrl: "string" },
  },
  {
    id: ".servicenow-sir",
    features: CASES,
    name: "ServiceNow SecOps",
    license: "platinum",
    config: { apiUrl: "string" },
  },
  { id: ".servicenow-itom", name: "ServiceNow ITOM", license: "platinum", config: { apiUrl: "string" } },
  {
    id: ".resilient",
    name: "IBM Resilient",
    license: "platinum",
    features: CASES,
    config: { apiUrl: "string", orgId: "string" },
    secrets: { apiKeyId: "string", apiKeySecret: "string" },
  },
  {
    id: ".swimlane",
    name: "Swimlane",
    license: "gold",
    features: CASES,
    config: { apiUrl: "string", appId: "string" },
    secrets: { apiToken: "string" },
  },
  { id: ".cases-webhook", features: ["cases"], name: "Webhook - Case Management", license: "gold" },
  { id: ".xmatters", name: "xMatters", license: "gold" },
  {
    id: ".torq",
    name: "Torq",
    license: "gold",
    config: { webhookIntegrationUrl: "string" },
    secrets: { token: "string" },
  },
  {
    id: ".tines",
    name: "Tines",
    license: "gold",
    config: { url: "string" },
    secrets: { email: "string", token: "string" },
  },
  {
    id: ".d3security",
    name: "D3 Security",
    license: "gold",
    config: { url: "string" },
    secrets: { token: "string" },
  },
  {
    id: ".gen-ai",
    features: ASSISTANTS,
    name: "OpenAI",
    license: "enterprise",
    config: { apiProvider: "string" },
  },
  { id: ".bedrock", features: ASSISTANTS, name: "Amazon Bedrock", license: "enterprise" },
  { id: ".gemini", features: ASSISTANTS, name: "Google Gemini", license: "enterprise" },
  {
    id: ".thehive",
    name: "TheHive",
    license: "platinum",
    features: CASES,
    config: { url: "string" },
    secrets: { apiKey: "string" },
  },
  {
    id: ".sentinelone",
    name: "Sentinel One",
    license: "enterprise",
    features: ["siem"],
    config: { url: "string" },
    secrets: { token: "string" },
  },
  {
    id: ".crowdstrike",
    features: ["siem"],
    name: "CrowdStrike",
    license: "enterprise",
    config: { url: "string" },
  },
];

export const CONNECTOR_TYPES: ReadonlyMap<string, ConnectorType> = new Map(
  TYPES.map((type) => [type.id, type]),
);

const LICENSES: readonly License[] = ["basic", "standard", "gold", "platinum", "enterprise", "trial"];

export function isLicensed(type: ConnectorType, license: License): boolean {
  return LICENSES.indexOf(license) >= LICENSES.indexOf(type.license);
}

/** What is wrong with the configuration or the secrets of a connector, in Kibana's words. */
export function connectorProblem(type: ConnectorType, config: unknown, secrets: unknown): string | undefined {
  const wrongConfig = missing(config, type.config);
  if (wrongConfig !== undefined) return `error validating connector type config: ${wrongConfig}`;
  const wrongSecrets = missing(secrets, type.secrets);
  return wrongSecrets === undefined ? undefined : `error validating connector type secrets: ${wrongSecrets}`;
}

/** The first required value that is missing or of another kind. */
export function missing(
  value: unknown,
  required: Readonly<Record<string, Kind>> | undefined,
): string | undefined {
  const shape = Object.fromEntries(
    Object.entries(required ?? {}).map(([key, kind]) => [key, { kind, required: true }]),
  );
  return shapeProblem(value, shape, "", { allowUnknown: true });
}
