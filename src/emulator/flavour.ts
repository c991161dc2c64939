/**
 * What differs between the Kibanas that the embedded one can be. The client has a table of its own
 * (`src/kibana/dialect.ts`). The two are apart on purpose: were there one, client and server would agree by
 * construction, and a wrong row would go unseen.
 */
import { atLeast } from "./version.js";

/** Three releases that are far apart, and Elastic's serverless projects. */
export const FLAVOURS = ["8.18", "9.2", "9.5", "serverless"] as const;
export type Flavour = (typeof FLAVOURS)[number];

const VERSIONS: Readonly<Record<Flavour, string>> = {
  "8.18": "8.18.8",
  "9.2": "9.2.4",
  "9.5": "9.5.1",
  // Serverless tells the version that it is built from, which is ahead of the releases.
  serverless: "9.6.0",
};

/** From which version on, and up to which, a Kibana does so; serverless does what the newest does. */
interface Row {
  readonly from?: string;
  readonly until?: string;
}

/** One row a difference, oldest first. First versions of 9.x are known to the minor release, some of them nearly. */
const TABLE = {
  /** `/api/status` tells the build's flavour. */
  buildFlavor: { from: "8.10" },
  /** Prebuilt rules can be changed, exported and imported where the licence allows. */
  prebuiltCustomization: { from: "8.18" },
  /** `_bulk_create`, `_bulk_update` and `_bulk_delete`. */
  legacyBulk: { until: "9.0" },
  /** Internal routes want a header; before, they only write a warning to the log. */
  internalRestricted: { from: "9.0" },
  /** `rule_source` says which fields were customised. */
  sourceDetails: { from: "9.1" },
  /** Timelines are answered as they are; before, each answer was wrapped in `data` and the name of the operation. */
  plainTimelines: { from: "9.0" },
  /** The bulk actions that fill gaps and change alert suppression. */
  fillGaps: { from: "9.1" },
  suppressionEdits: { from: "9.1" },
  /** Five fields of a threshold; three before. */
  fiveThresholdFields: { from: "9.2" },
  /** `negate` in threat mappings. */
  negatedMappings: { from: "9.2" },
  /** Exception lists of the type `endpoint_trusted_devices`. */
  trustedDevices: { from: "9.2" },
  /** Security has a data view of its alerts alone, and marks its data views as managed. First versions approximate. */
  managedDataViews: { from: "9.2" },
  /** Refusals in the words of zod 4. */
  zod4: { from: "9.4" },
  /** Errors of import lines that could not be read name no rule. */
  namelessLineErrors: { from: "9.4" },
  /** The data streams of value lists may be asked for again; before, that was a conflict. */
  repeatableListStreams: { from: "9.4" },
  /** Connectors may be given any id; before, only a UUID. First version approximate. */
  anyConnectorId: { from: "9.4" },
  /** The window of `from` and `to` may not be shorter than the interval. */
  windowCheck: { from: "9.4" },
  /** Rules are a feature of their own, with a privilege for enabling them. */
  rulesFeature: { from: "9.4" },
  /** No more than 2,000 rules in one bulk edit by query. */
  smallBulkEdits: { from: "9.4" },
  /** Response actions that run scripts. */
  runscript: { from: "9.4" },
  /** `/internal/security/me` tells the scheme of the credentials. */
  authenticationScheme: { from: "9.4" },
  /** 9.4.3 was seen to refuse to enable rules but by PUT, even to superusers (see kibana #256851). */
  enableRefused: { from: "9.4", until: "9.5" },
  /** An import leaves rules alone that are as it wants them, and counts them; serverless does not say the count. */
  unchangedImports: { from: "9.6" },
} as const satisfies Readonly<Record<string, Row>>;

export type Trait = keyof typeof TABLE;
/** What a Kibana does and what it does not. */
export type Traits = Readonly<Record<Trait, boolean>>;

export function traitsOf(version: string): Traits {
  const has = ({ from, until }: Row): boolean =>
    (from === undefined || atLeast(version, from)) && (until === undefined || !atLeast(version, until));
  return Object.fromEntries(Object.entries(TABLE).map(([trait, row]) => [trait, has(row)])) as Traits;
}

/** The version that a flavour answers as. */
export function versionOf(flavour: Flavour): string {
  return VERSIONS[flavour];
}
