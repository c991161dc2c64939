import { compareVersions, type Version, versionIn } from "./version.js";

export type KibanaFlavour = "traditional" | "serverless";

/**
 * From which version on a Kibana does something, and up to which. What serverless does is said apart where it is not
 * what the newest version does. `source` tells where the fact comes from.
 */
interface Row {
  readonly from?: string;
  readonly until?: string;
  readonly serverless?: boolean;
  readonly source: string;
}

/**
 * The one table of how talking to a Kibana differs by version and flavour. Which fields and rule types a version knows is in
 * `availability.ts`: see {@link stackOf}. First versions of 9.x are known to the minor release.
 */
const TABLE = {
  /** `_export` includes prebuilt rules. Before, they are reported as missing although they are there. */
  exportsPrebuilt: { from: "8.18", source: "customisation of prebuilt rules came with 8.18 and 9.0" },
  /** Prebuilt rules may be changed, where the licence or tier allows. */
  customisesPrebuilt: { from: "8.18", source: "customisation of prebuilt rules came with 8.18 and 9.0" },
  /** `_bulk_create`, `_bulk_update` and `_bulk_delete`; never used here. */
  hasBulkCrud: { until: "9.0", source: "kibana #197422; trap 26" },
  /** `rule_source` says which fields of a prebuilt rule were customised. */
  tellsCustomisedFields: { from: "9.1", source: "OpenAPI documents of 8.18 and 9.x" },
  /** `_bulk_action` fills gaps. */
  fillsGaps: { from: "9.1", source: "OpenAPI documents of 8.18 and 9.x" },
  /** `_bulk_action` edits alert suppression. */
  editsSuppression: { from: "9.1", source: "OpenAPI documents of 8.18 and 9.x" },
  /** Internal routes are blocked without the header that says who calls. */
  blocksInternal: { from: "9.0", source: "server.restrictInternalApis is on by default from 9.0 on" },
  /** Refusals are in the words of zod 4 (before: zod 3), and an import's name no rule. Texts are shown, never read. */
  saysZod4: { from: "9.4", source: "Kibana's API tests" },
  /** The window of `from` and `to` may not be shorter than the interval. */
  checksWindow: { from: "9.4", source: "Kibana's validation of rules" },
  /** Rules are a feature of their own among the privileges, with sub-features; before they belong to Security. */
  hasRulesFeature: { from: "9.4", source: "privileges of Kibana's routes" },
  /** Enabling by PATCH or `_bulk_action` is refused even to superusers; PUT works. */
  refusesToEnable: { from: "9.4", until: "9.5", source: "observed on 9.4.3; kibana #256851" },
  /** An import leaves rules alone that are as it wants them, and counts them as `unchanged_count`. */
  countsUnchanged: { from: "9.6", source: "Kibana's API tests" },
  /** There are users with passwords; serverless takes API keys only. */
  hasBasicAuth: { serverless: false, source: "serverless authenticates users by SAML alone" },
  /** The stack's licence decides what may be used; serverless has tiers of its projects instead. */
  hasLicence: { serverless: false, source: "serverless has tiers" },
} as const satisfies Readonly<Record<string, Row>>;

export type Trait = keyof typeof TABLE;

/** How a version is taken: refused, warned about, or neither. `unknown` where the credentials may not see it. */
export type Support = "supported" | "too-old" | "newer" | "unknown";

/** What a Kibana can do, as far as talking to it differs. */
export type Dialect = Readonly<Record<Trait, boolean>> & {
  /** As `/api/status` gives it; undefined where the credentials may not see it. */
  readonly version: string | undefined;
  readonly flavour: KibanaFlavour;
  readonly support: Support;
};

/** The first and the last version that kdac is tried with. */
export const OLDEST = "8.12";
export const NEWEST = "9.6";

/** The dialect of a version; an unknown version, and serverless, are taken for the newest. */
export function dialectOf(version: string | undefined, flavour: KibanaFlavour = "traditional"): Dialect {
  const known = flavour === "serverless" ? undefined : versionIn(version);
  const traits = Object.fromEntries(
    Object.entries<Row>(TABLE).map(([trait, row]) => [trait, holds(row, known, flavour)]),
  ) as Record<Trait, boolean>;
  return { ...traits, version, flavour, support: supportOf(known, flavour) };
}

/** The version by which fields are available (`unavailable`): serverless has those of the newest. */
export function stackOf({ version, flavour }: Dialect): string {
  return flavour === "serverless" || version === undefined ? "newest" : version;
}

function holds({ from, until, serverless }: Row, version: Version | undefined, flavour: string): boolean {
  if (flavour === "serverless" && serverless !== undefined) return serverless;
  if (version === undefined) return until === undefined;
  return (
    (from === undefined || compareVersions(version, from) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  );
}

function supportOf(version: Version | undefined, flavour: KibanaFlavour): Support {
  if (flavour === "serverless") return "supported";
  if (version === undefined) return "unknown";
  if (compareVersions(version, OLDEST) < 0) return "too-old";
  return compareVersions(version, NEWEST) > 0 ? "newer" : "supported";
}
