/** The ids of the timeline templates that Kibana ships and installs in every space where somebody opens Security. */
export const PREBUILT_TIMELINES: ReadonlySet<string> = new Set([
  // Alerts involving a single user, and a single host.
  "3e827bab-838a-469f-bd1e-5e19a2bff2fd",
  "4434b91a-94ca-4a89-83cb-a37cdc0532b7",
  // Comprehensive: file, network, process, registry.
  "4d4c0b59-ea83-483f-b8c1-8c360ee53c5c",
  "300afc76-072d-4261-864d-4149714bf3f1",
  "e70679c2-6cde-4510-9764-4823df18f7db",
  "3e47ef71-ebfc-4520-975c-cb27fc090799",
  // Generic: endpoint, network, process, threat match.
  "db366523-f1c6-4c1f-8731-6ce5ed9e5717",
  "91832785-286d-4ebe-b884-1a208d111a70",
  "76e52245-7519-4251-91ab-262fb1a1728c",
  "495ad7a7-316e-4544-8a0f-9c098daee76e",
]);
