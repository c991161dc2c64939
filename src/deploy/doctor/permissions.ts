import { isJson } from "../../json/index.js";
import type { Call, Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import { bulkDryRun, detectionPrivileges, hasListStreams } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import type { Desired } from "../desired/desired.js";
import { check, type Outcomes } from "./report.js";
import type { Check } from "./types.js";

/** An id that no object has: a write to it is refused with 403 or finds nothing, and changes nothing. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

/**
 * What the credentials may do in a space. Rules are tried with a dry run; exceptions and connectors by changing an object
 * that does not exist, for which Kibana has no dry run.
 */
export async function examinePermissions(
  client: Client,
  desired: Desired,
  dialect: Dialect,
): Promise<{ checks: Check[]; reads: boolean }> {
  const { space } = desired;
  const feature = dialect.hasRulesFeature ? "Rules" : "Security";
  const reading = check("rules-read", "reads rules", space);
  try {
    const { hasEncryptionKey } = await detectionPrivileges(client, space);
    const key = check("encryption-key", "encryption key", space);
    const checks = [
      reading.ok("permitted"),
      await rulesWrite(client, space, feature),
      await exceptions(client, space),
      ...(desired.connectors.length === 0 ? [] : [await connectors(client, space)]),
      ...(desired.valueLists.length === 0 ? [] : [await valueLists(client, space)]),
      hasEncryptionKey
        ? key.ok("set")
        : key.problem(
            "Kibana has none, so it can make neither rules nor connectors",
            "set xpack.encryptedSavedObjects.encryptionKey in kibana.yml, the same on each Kibana",
          ),
      await alertsIndex(client, space),
    ];
    return { checks, reads: true };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    if (error.kind !== "privilege") return { checks: [reading.failed(error)], reads: false };
    return {
      checks: [
        reading.problem("not permitted", `grant the key or role "${feature}: read" in space "${space}"`),
      ],
      reads: false,
    };
  }
}

async function rulesWrite(client: Client, space: string, feature: string): Promise<Check> {
  return guarded(check("rules-write", "writes rules", space), async (outcome) => {
    const { permitted } = await bulkDryRun(client, space);
    return permitted
      ? outcome.ok("permitted")
      : outcome.problem("not permitted", `grant the key or role "${feature}: all" in space "${space}"`);
  });
}

function exceptions(client: Client, space: string): Promise<Check> {
  return tried(
    client,
    check("exceptions-write", "writes exceptions", space),
    `"Exceptions: all" (before 9.4 part of "Security: all") in space "${space}"`,
    {
      method: "PUT",
      path: "/api/exception_lists",
      space,
      body: { id: NOBODY, name: "kdac", description: "kdac", type: "detection" },
      doing: "change exception lists",
      repeat: "repeatable",
    },
  );
}

function connectors(client: Client, space: string): Promise<Check> {
  return tried(
    client,
    check("connectors-write", "writes connectors", space),
    `"Actions and Connectors: all" in space "${space}"`,
    {
      method: "PUT",
      path: `/api/actions/connector/${NOBODY}`,
      space,
      body: { name: "kdac", config: {}, secrets: {} },
      doing: "change connectors",
      repeat: "repeatable",
    },
  );
}

/** A write to what does not exist: 404 when it is permitted. */
async function tried(client: Client, outcome: Outcomes, privilege: string, call: Call): Promise<Check> {
  return guarded(outcome, async () => {
    try {
      await client.send(call);
      return outcome.ok("permitted");
    } catch (error) {
      if (isKibanaError(error, "not-found")) return outcome.ok("permitted");
      if (!isKibanaError(error, "privilege")) throw error;
      return outcome.problem("not permitted", `grant the key or role ${privilege}`);
    }
  });
}

/** Trap 36: values can be put in only when the data streams are there. */
async function valueLists(client: Client, space: string): Promise<Check> {
  return guarded(check("value-lists", "value lists", space), async (outcome) => {
    try {
      if (await hasListStreams(client, space)) return outcome.ok("their data streams are there");
    } catch (error) {
      if (isKibanaError(error, "privilege"))
        return outcome.problem(
          "not permitted",
          `grant the key or role "Security: all" and all on the indices ".lists-${space}" and ".items-${space}"`,
        );
      throw error;
    }
    return outcome.warning(
      "their data streams are not there yet",
      `apply makes them; the key needs the privilege to manage the indices ".lists-${space}" and ".items-${space}"`,
    );
  });
}

async function alertsIndex(client: Client, space: string): Promise<Check> {
  return guarded(check("alerts-index", "alerts index", space), async (outcome) => {
    try {
      const body = await client.json({
        method: "GET",
        path: "/api/detection_engine/index",
        space,
        doing: "look for the index of alerts",
        repeat: "repeatable",
      });
      if (isJson(body) && body["index_mapping_outdated"] === true)
        return outcome.warning(
          "its mapping is outdated",
          "open Security → Alerts once as a user who may manage the index",
        );
      return outcome.ok(isJson(body) && typeof body["name"] === "string" ? body["name"] : "there");
    } catch (error) {
      if (isKibanaError(error, "not-found"))
        return outcome.warning(
          "not there yet",
          "open Security → Alerts once as a user who may manage it, or let the first rule run",
        );
      if (isKibanaError(error, "privilege")) return outcome.skipped("these credentials may not see it");
      throw error;
    }
  });
}

/** A call that fails is the check's outcome; the checks beside it go on. */
async function guarded(outcome: Outcomes, examine: (outcome: Outcomes) => Promise<Check>): Promise<Check> {
  try {
    return await examine(outcome);
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return outcome.failed(error);
  }
}
