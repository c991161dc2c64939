/** What deploying costs, in requests: time is no matter of tests. */
import { describe, expect, it } from "vitest";
import { DeployWorld, item, type Json, list, rule, type Sent, slack } from "../../support/deploy-world.js";
import { FLAVOURS } from "../../support/flavours.js";

const SPACES = ["default", "soc-emea", "soc-apac"];
const RULES = 40;

const project = (severity: string): Record<string, Json> => ({
  ...Object.fromEntries(
    Array.from({ length: RULES }, (_, i) => [
      `rules/r${i}.rule.yml`,
      rule({
        rule_id: `r${i}`,
        name: `Rule ${i}`,
        severity,
        enabled: i % 2 === 0,
        exceptions: [i % 3 === 0 ? "trusted" : "scanners"],
        ...(i % 4 === 0 ? { actions: [{ connector: "soc-slack", params: { message: "m" } }] } : {}),
      }),
    ]),
  ),
  "rules/trusted.exceptions.yml": list([item("a"), item("b")]),
  "rules/scanners.exceptions.yml": list([item("c")], { list_id: "scanners", name: "Scanners" }),
  "rules/soc-slack.connector.yml": slack,
});
/** Rules, lists, items and the connector, of one space. */
const OBJECTS = RULES + 2 + 3 + 1;

/** Requests about an environment as a whole: for Kibana's version, its spaces, and whose credentials these are. */
const isOfAll = ({ path }: Sent): boolean =>
  /^\/(?:api\/status|api\/spaces|internal\/security\/me)/.test(path);

function bySpace(world: DeployWorld): [string, Sent[]][] {
  return SPACES.map((space) => [space, world.sent.filter((sent) => sent.space === space && !isOfAll(sent))]);
}

describe.each(FLAVOURS)("on $name", (flavour) => {
  it("a first apply writes each object once; a plan without changes reads each space with three requests", () =>
    DeployWorld.use(project("low"), { flavour, spaces: SPACES }, async (world) => {
      world.env["SLACK_URL"] = "https://hooks.example.com/services/secret";
      await world.apply();
      expect(world.writes).toHaveLength(OBJECTS * SPACES.length);
      const reads = (sent: readonly Sent[]): number =>
        sent.filter((one) => !world.writes.includes(one)).length;
      // Three of the plan, three of the look right before the writes.
      for (const [space, sent] of bySpace(world)) expect(reads(sent), space).toBeLessThanOrEqual(6);

      world.forget();
      expect(await world.changes()).toEqual([]);
      expect(world.sent.filter(isOfAll).length).toBeLessThanOrEqual(3);
      for (const [space, sent] of bySpace(world)) expect(sent.length, space).toBeLessThanOrEqual(3);
      expect(world.writes).toEqual([]);

      world.forget();
      await world.apply();
      expect(world.writes).toEqual([]);
      for (const [space, sent] of bySpace(world)) expect(sent.length, space).toBeLessThanOrEqual(3);

      for (const [path, content] of Object.entries(project("high"))) world.write(path, content);
      world.forget();
      await world.apply();
      expect(world.writes.map(({ method }) => method)).toEqual(
        Array.from({ length: RULES * SPACES.length }, () => "PUT"),
      );
    }));
});
