import type { Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import { type Account, licence, listSpaces, whoAmI } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { NEEDS_PROJECT_KEY } from "../../kibana/errors-response.js";
import type { Desired } from "../desired/desired.js";
import { type Need, needsOf, unmet } from "./needs.js";
import { check } from "./report.js";
import type { Check } from "./types.js";

/** A licence that ends sooner is worth a word. */
const SOON = 30 * 24 * 60 * 60 * 1000;

/** Whether the credentials are taken, and whose they are. */
export async function examineAccount(
  client: Client,
  spaces: readonly Desired[],
): Promise<{ checks: Check[]; accepted: boolean }> {
  const credentials = check("credentials", "credentials");
  try {
    const account = await whoAmI(client);
    const checks = [credentials.ok("accepted"), kindOf(account), ...keyLevel(account, spaces)];
    return { checks, accepted: true };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    // Whoever may not read detections is known all the same: the checks of each space tell.
    if (error.kind === "privilege") return { checks: [credentials.ok("accepted")], accepted: true };
    return { checks: [credentials.failed(error)], accepted: false };
  }
}

/** Trap 28: a rule runs with the key of who wrote it last. */
function kindOf({ kind, username, key }: Account): Check {
  const owner = check("account", "account");
  if (kind === "api-key") {
    const name = key?.name === undefined ? "an API key" : `the API key "${key.name}"`;
    const by = key?.managedBy === undefined ? "" : `, managed by ${key.managedBy}`;
    return owner.ok(
      `${name}${key?.id === undefined ? "" : ` (${key.id})`} of "${username}"${by}; enabled rules run with it, so they stop when it is revoked or expires, or "${username}" is removed`,
    );
  }
  if (kind === "user")
    return owner.warning(
      `the user "${username}" with a password: each rule that is written gets an API key of this user, and stops when the user is removed`,
      "deploy with an API key of a service account of its own",
    );
  return owner.ok(
    `${username === "" ? "Kibana does not tell whose it is" : `"${username}"`}; rules run with these credentials, so they stop when they are revoked`,
  );
}

/** Whether rules can run with the key: Kibana enables none with a key of an Elastic Cloud organisation. */
function keyLevel({ kind, key }: Account, spaces: readonly Desired[]): Check[] {
  const level = check("key-level", "key level");
  if (kind === "unknown")
    return [
      level.skipped(
        "unknown: Kibana does not say whether this is an API key of an Elastic Cloud organization",
      ),
    ];
  if (key?.ofOrganization !== true) return [];
  const enabled = new Set(
    spaces.flatMap(({ rules }) => rules.flatMap(({ rule }) => (rule.enabled === true ? [rule.rule_id] : []))),
  ).size;
  if (enabled === 0)
    return [
      level.warning(
        "an API key of the Elastic Cloud organization: Kibana enables no rule with it; no rule of the project is enabled",
        NEEDS_PROJECT_KEY,
      ),
    ];
  return [
    level.problem(
      `an API key of the Elastic Cloud organization: Kibana refuses to create or enable rules that are enabled, of which the project has ${enabled}`,
      NEEDS_PROJECT_KEY,
    ),
  ];
}

/** The licence against what the project uses. */
export async function examineLicence(
  client: Client,
  dialect: Dialect,
  spaces: readonly Desired[],
  now: number,
): Promise<Check> {
  const tier = check("licence", "licence");
  if (!dialect.hasLicence) return tier.skipped("serverless has tiers in place of licences");
  try {
    const found = await licence(client);
    const needs = needsOf(spaces);
    if (found === undefined)
      return tier.skipped(
        `Kibana does not tell${needs.length === 0 ? "" : `; the project needs ${listOf(needs)}`}`,
      );
    if (found.status !== "active" && found.status !== "unknown")
      return tier.problem(
        `the ${found.type} licence is ${found.status}`,
        "renew it in Kibana's Stack Management",
      );
    const missing = unmet(needs, found.type);
    if (missing.length > 0)
      return tier.problem(
        `${found.type}, but the project needs ${listOf(missing)}`,
        "upgrade the licence, or leave these rules and connectors out of the environment's spaces",
      );
    if (found.expires !== undefined && found.expires - now < SOON)
      return tier.warning(
        `${found.type}, until ${new Date(found.expires).toISOString().slice(0, 10)}`,
        "renew it in Kibana's Stack Management",
      );
    return tier.ok(found.type);
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return tier.failed(error);
  }
}

/** Which of the spaces are there: Kibana takes writes to a space that is not. */
export async function examineSpaces(
  client: Client,
  wanted: readonly string[],
): Promise<{ checks: Check[]; there: string[] }> {
  const spaces = check("spaces", "spaces");
  try {
    const known = new Set(await listSpaces(client));
    const missing = wanted.filter((space) => !known.has(space));
    const there = wanted.filter((space) => known.has(space));
    if (missing.length === 0) return { checks: [spaces.ok(wanted.join(", "))], there };
    const text = `not there, or not for these credentials: ${missing.join(", ")}`;
    const help = "create the space in Kibana, correct its id, or give the key access to it";
    return { checks: [spaces.problem(text, help)], there };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    // Where spaces are switched off there is the default one alone.
    if (error.kind !== "no-api") return { checks: [spaces.failed(error)], there: [] };
    const there = wanted.filter((space) => space === "default");
    return { checks: [spaces.ok("switched off: there is the default one alone")], there };
  }
}

function listOf(needs: readonly Need[]): string {
  return needs.map(({ tier, what }) => `${tier} for ${what}`).join(", ");
}
