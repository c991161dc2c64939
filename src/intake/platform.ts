import type { Json } from "../json/index.js";

/** What a rule is about when it is about one platform: words of its tags, of its indices. The first that fits wins. */
const PLATFORMS: readonly (readonly [folder: string, tags: RegExp, indices: RegExp])[] = [
  ["aws", /^(?:Data Source: )?(?:AWS|Amazon)\b/, /\baws\b|cloudtrail|guardduty/],
  ["azure", /^(?:Data Source: )?(?:Azure|(?:Microsoft )?Entra)\b/, /azure|entra/],
  ["microsoft-365", /^(?:Data Source: )?(?:Microsoft 365|Office 365|O365|Microsoft Exchange)(?! Defender)/, /o365|exchange_online/],
  ["gcp", /^(?:Data Source: )?(?:GCP|Google Cloud)\b/, /\bgcp\b/],
  ["google-workspace", /^(?:Data Source: )?Google Workspace\b/, /google_workspace/],
  ["okta", /^(?:Data Source: )?Okta\b/, /okta/],
  ["github", /^(?:Data Source: )?GitHub\b/i, /github/],
  ["kubernetes", /^(?:(?:Domain|Data Source): )?Kubernetes\b/, /kubernetes/],
]; // prettier-ignore

const SYSTEMS: readonly (readonly [folder: string, indices: RegExp])[] = [
  ["windows", /winlogbeat|windows|sysmon|powershell/],
  ["macos", /jamf|unifiedlogs/],
  ["linux", /auditd|journald/],
];

/** Where a rule goes that names no platform, by words of its tags and indices. */
const DOMAINS: readonly (readonly [folder: string, tags: RegExp, indices: RegExp])[] = [
  ["network", /^(?:Domain: )?Network\b/, /packetbeat|network_traffic|panw|fortinet|cisco|suricata|zeek/],
  ["cloud", /^(?:Domain: )?Cloud\b/, /cloud/],
  ["identity", /^(?:Domain: )?Identity\b/, /entityanalytics|cyberark/],
  ["endpoint", /^(?:Domain: )?Endpoint\b/, /endpoint/],
];

/** Patterns that tell nothing: Kibana's own list of indices has one of them beside those of each Beat. */
const EVERYTHING: ReadonlySet<string> = new Set(["*", "logs-*"]);

/**
 * The folder of a rule's platform, as `rules/` of a hand-kept project has them: an operating system, a cloud or a service;
 * `cross-platform` where there are several. It follows from tags first, then from the query, then from the indices.
 */
export function platformOf(rule: Json): string {
  const tags = texts(rule["tags"]);
  const systems = ["windows", "linux", "macos"].filter((os) =>
    tags.some((tag) => tag.toLowerCase().replace(/^os: /, "") === os),
  );
  if (systems.length > 0) return only(systems);
  const tagged = PLATFORMS.filter(([, pattern]) => tags.some((tag) => pattern.test(tag)));
  if (tagged.length > 0) return only(tagged.map(([folder]) => folder));
  const query = typeof rule["query"] === "string" ? rule["query"].slice(0, 100_000) : "";
  const named = [...query.matchAll(/\bhost\.os\.(?:type|family)\s*(?:==?|:)\s*"?(windows|linux|macos)\b/gi)];
  if (named.length > 0) return only(named.map(([, os]) => os!.toLowerCase()));
  const read = [...texts(rule["index"]), ...sources(query)].map((index) => index.trim().toLowerCase());
  const indices = read.some((index) => EVERYTHING.has(index)) ? [] : read;
  const indexed = [...PLATFORMS.map(([folder, , pattern]) => [folder, pattern] as const), ...SYSTEMS].filter(
    ([, pattern]) => indices.some((index) => pattern.test(index)),
  );
  if (indexed.length > 0) return only(indexed.map(([folder]) => folder));
  const domain =
    DOMAINS.find(([, pattern]) => tags.some((tag) => pattern.test(tag))) ??
    DOMAINS.find(([, , pattern]) => indices.some((index) => pattern.test(index)));
  if (domain !== undefined) return domain[0];
  return rule["type"] === "machine_learning" ? "machine-learning" : "other";
}

const only = (folders: readonly string[]): string =>
  new Set(folders).size === 1 ? folders[0]! : "cross-platform";

/** The indices that an ES|QL query reads. */
function sources(query: string): string[] {
  const from = /^\s*from\s+([^|]{1,2000})/i.exec(query)?.[1];
  return from === undefined ? [] : from.split(",");
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}
