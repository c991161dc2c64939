import type { Client } from "../../kibana/client.js";
import { NEWEST, OLDEST } from "../../kibana/dialect.js";
import { getStatus, type Status } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { compareVersions, versionIn } from "../../kibana/version.js";
import { check } from "./report.js";
import type { Check } from "./types.js";

/** Differences of clocks up to this do no harm. */
const MOST_SKEW = 30_000;

/** Whether it is Kibana, which one, whether it is up, and whether its clock goes right. */
export async function examineServer(
  client: Client,
  stack: string,
): Promise<{ checks: Check[]; status?: Status }> {
  const kibana = check("kibana", "Kibana");
  try {
    const status = await getStatus(client);
    return {
      checks: [
        kibana.ok(`answers${status.dialect.flavour === "serverless" ? ", serverless" : ""}`),
        versionCheck(status, stack),
        availability(status),
        await clock(client),
      ],
      status,
    };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { checks: [kibana.failed(error)] };
  }
}

function versionCheck({ dialect }: Status, stack: string): Check {
  const version = check("version", "version");
  const { version: has, support, flavour } = dialect;
  if (flavour === "serverless") return version.ok("serverless, which is always the newest");
  if (has === undefined)
    return version.warning("Kibana does not tell its version to these credentials", "see the next checks");
  if (support === "too-old")
    return version.problem(
      `${has} is older than ${OLDEST}, the first that kdac works with`,
      "upgrade the stack",
    );
  const known = versionIn(has);
  if (known !== undefined && compareVersions(known, stack) < 0)
    return version.problem(
      `${has} is older than the project's stack ${stack}: rules may have fields that it drops without a word`,
      `set stack: "${known.join(".")}" in kdac.config.yml, or upgrade Kibana`,
    );
  if (support === "newer")
    return version.warning(
      `${has} is newer than ${NEWEST}, the last that kdac was tried with`,
      "upgrade kdac",
    );
  return version.ok(`${has}; the project is checked for ${stack}`);
}

function availability({ level }: Status): Check {
  const available = check("available", "status");
  if (level === "available") return available.ok("available");
  if (level === undefined) return available.skipped("Kibana does not tell");
  const text = `Kibana is ${level}`;
  const help = "see Kibana's /status page and its log";
  return level === "degraded" ? available.warning(text, help) : available.problem(text, help);
}

/** Times of rules and exceptions are the server's, `now` in a preview is ours. */
async function clock(client: Client): Promise<Check> {
  const skew = check("clock", "clock");
  const answer = await client.send({
    method: "GET",
    path: "/api/status",
    doing: "read its clock",
    repeat: "repeatable",
  });
  const theirs = Date.parse(answer.headers["date"] ?? "");
  if (Number.isNaN(theirs)) return skew.skipped("Kibana's answers have no date");
  const difference = Math.abs(theirs - answer.at);
  if (difference <= MOST_SKEW) return skew.ok("agrees with this machine's");
  const ahead = theirs > answer.at ? "ahead of" : "behind";
  return skew.warning(
    `Kibana's is ${Math.round(difference / 1000)} s ${ahead} this machine's`,
    "let both machines take their time from NTP",
  );
}
