import { describe, expect, it } from "vitest";
import { traitsOf } from "../../src/emulator/flavour.js";
import { type Dialect, dialectOf, NEWEST, OLDEST, stackOf, type Trait } from "../../src/kibana/dialect.js";
import { getStatus } from "../../src/kibana/endpoints/index.js";
import { isOlder } from "../../src/kibana/availability.js";
import { clientOf, scripted } from "./client/support.js";
import { connect } from "./client/connect.js";

/** Every minor release from 8.12 on. */
const VERSIONS = [
  ...[12, 13, 14, 15, 16, 17, 18, 19].map((minor) => `8.${minor}`),
  ...[0, 1, 2, 3, 4, 5, 6].map((minor) => `9.${minor}`),
];

/** From which of them on a Kibana does so, and before which it stops. */
const SPANS: readonly (readonly [trait: Trait, from: string, until: string | undefined])[] = [
  ["exportsPrebuilt", "8.18", undefined],
  ["customisesPrebuilt", "8.18", undefined],
  ["hasBulkCrud", "8.12", "9.0"],
  ["tellsCustomisedFields", "9.1", undefined],
  ["fillsGaps", "9.1", undefined],
  ["editsSuppression", "9.1", undefined],
  ["blocksInternal", "9.0", undefined],
  ["saysZod4", "9.4", undefined],
  ["checksWindow", "9.4", undefined],
  ["hasRulesFeature", "9.4", undefined],
  ["refusesToEnable", "9.4", "9.5"],
  ["countsUnchanged", "9.6", undefined],
  ["hasBasicAuth", "8.12", undefined],
  ["hasLicence", "8.12", undefined],
];

describe("the table of dialects", () => {
  it.each(SPANS)("%s from %s on, until %s", (trait, from, until) => {
    const start = VERSIONS.indexOf(from);
    const end = until === undefined ? VERSIONS.length : VERSIONS.indexOf(until);
    expect(VERSIONS.filter((version) => dialectOf(`${version}.3`)[trait])).toEqual(
      VERSIONS.slice(start, end),
    );
  });

  it("has no row that is not looked at here", () => {
    const rows = Object.entries(dialectOf("9.5.1")).filter(([, value]) => typeof value === "boolean");
    expect(rows.map(([trait]) => trait).sort()).toEqual(SPANS.map(([trait]) => trait as string).sort());
  });

  it("agrees with the embedded Kibana, which has a table of its own", () => {
    const pairs: readonly [Trait, keyof ReturnType<typeof traitsOf>][] = [
      ["exportsPrebuilt", "prebuiltCustomization"],
      ["hasBulkCrud", "legacyBulk"],
      ["tellsCustomisedFields", "sourceDetails"],
      ["fillsGaps", "fillGaps"],
      ["editsSuppression", "suppressionEdits"],
      ["blocksInternal", "internalRestricted"],
      ["saysZod4", "zod4"],
      ["checksWindow", "windowCheck"],
      ["hasRulesFeature", "rulesFeature"],
      ["refusesToEnable", "enableRefused"],
      ["countsUnchanged", "unchangedImports"],
    ];
    for (const version of VERSIONS)
      for (const [ours, theirs] of pairs)
        expect([version, ours, dialectOf(`${version}.0`)[ours]]).toEqual([
          version,
          ours,
          traitsOf(`${version}.0`)[theirs],
        ]);
  });

  it("takes serverless for the newest, without its users and its licence", () => {
    const { version: _, flavour, support, ...traits } = dialectOf("8.13.0", "serverless");
    expect({ flavour, support }).toEqual({ flavour: "serverless", support: "supported" });
    expect(traits).toEqual({ ...traitsOnly(dialectOf("9.6.0")), hasBasicAuth: false, hasLicence: false });
  });

  it("takes a version that it may not see for the newest", () => {
    expect(traitsOnly(dialectOf(undefined))).toEqual(traitsOnly(dialectOf("9.6.0")));
  });
});

describe("support", () => {
  it.each([
    ["7.17.28", "too-old"],
    ["8.0.0", "too-old"],
    ["8.11.4", "too-old"],
    [`${OLDEST}.0`, "supported"],
    ["9.0.0-SNAPSHOT", "supported"],
    [`${NEWEST}.9`, "supported"],
    ["9.7.0", "newer"],
    ["10.0.0-SNAPSHOT", "newer"],
    [undefined, "unknown"],
    ["main", "unknown"],
  ])("of %s: %s", (version, support) => {
    expect(dialectOf(version).support).toBe(support);
  });
});

describe("the status", () => {
  it.each([
    [{ number: "9.5.1", build_flavor: "traditional" }, "9.5.1", "traditional"],
    [{ number: "8.9.2" }, "8.9.2", "traditional"],
    [{ number: "9.6.0", build_flavor: "serverless" }, "9.6.0", "serverless"],
    [undefined, undefined, "traditional"],
  ])("%j is version %s, %s", async (build, version, flavour) => {
    const { transport } = scripted({
      status: 200,
      body: {
        ...(build === undefined ? {} : { version: build }),
        status: { overall: { level: "degraded" } },
      },
    });
    const { dialect, level } = await getStatus(clientOf(transport).client);
    expect(dialect).toEqual(dialectOf(version, flavour as Dialect["flavour"]));
    expect(level).toBe("degraded");
  });

  it("of an embedded Kibana is its version", async () => {
    expect((await getStatus(connect({ version: "8.18.8" }).client)).dialect).toEqual(dialectOf("8.18.8"));
  });
});

describe("the version for fields", () => {
  it("is Kibana's, and the newest on serverless", () => {
    expect(stackOf(dialectOf("8.18.2"))).toBe("8.18.2");
    for (const dialect of [dialectOf("8.18.2", "serverless"), dialectOf(undefined)])
      expect(isOlder(stackOf(dialect), "9.6")).toBe(false);
  });
});

function traitsOnly(dialect: Dialect): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(dialect).filter(([, value]) => typeof value === "boolean"));
}
