/** A space as most are: Elastic's prebuilt rules, some of them customised by analysts, and beside them a rule of ours. */
import { describe, expect, it } from "vitest";
import { SAMPLE_PREBUILT_RULES } from "../../../src/emulator/index.js";
import { DeployWorld, item, type Json, list, rule } from "../../support/deploy-world.js";
import { FLAVOURS } from "../../support/flavours.js";

const RULES = "/api/detection_engine/rules";
const prebuilt = (number: number): string => `5a2d6c1e-000${number}-4c39-9d7a-6f1b0a4e8c0${number}`;

const project = (fields: Json = {}): Record<string, Json> => ({
  "rules/one.rule.yml": rule({ enabled: true, exceptions: ["trusted"], ...fields }),
  "rules/trusted.exceptions.yml": list([item("a")]),
});

/** Installs every prebuilt rule; one is customised by itself, one by a bulk edit, and one has an analyst's exceptions. */
async function asAnalystsLeftIt(world: DeployWorld): Promise<void> {
  const headers = {
    authorization: `ApiKey ${world.kibana.apiKey}`,
    "kbn-xsrf": "true",
    "x-elastic-internal-origin": "test",
    "content-type": "application/json",
  };
  const installed = await world.api.send<{ summary: Json }>(
    "POST",
    "/internal/detection_engine/prebuilt_rules/installation/_perform",
    headers,
    JSON.stringify({ mode: "ALL_RULES" }),
  );
  expect(installed.body.summary).toEqual({ total: 4, succeeded: 4, skipped: 0, failed: 0 });
  await world.send("patch", RULES, { rule_id: prebuilt(2), severity: "high", risk_score: 73 });
  await world.send("post", `${RULES}/_bulk_action`, {
    action: "edit",
    query: `alert.attributes.params.ruleId: "${prebuilt(3)}"`,
    edit: [{ type: "add_tags", value: ["Ours"] }],
  });
  const fields = { list_id: "analyst", name: "Analyst's hosts", description: "Known.", type: "detection" };
  const { id } = await world.send("post", "/api/exception_lists", fields);
  const entries = [{ field: "host.name", type: "match", operator: "included", value: "x" }];
  const known = { list_id: "analyst", item_id: "known", name: "Known host", description: "Known." };
  await world.send("post", "/api/exception_lists/items", { ...known, type: "simple", entries });
  const exceptions_list = [{ id, list_id: "analyst", namespace_type: "single", type: "detection" }];
  await world.send("patch", RULES, { rule_id: prebuilt(4), exceptions_list });
}

/** What analysts and Elastic have in the space, as Kibana tells it. */
async function theirs(world: DeployWorld): Promise<unknown> {
  const rules = (await world.rules()).filter(({ immutable }) => immutable === true);
  const lists = (await world.lists()).filter(({ list_id }) => list_id === "analyst");
  const byId = rules.toSorted((a, b) => (String(a["rule_id"]) < String(b["rule_id"]) ? -1 : 1));
  return { rules: byId, lists, items: await world.items("analyst") };
}

describe.each(FLAVOURS)("beside prebuilt rules on $name", (flavour) => {
  it("every command works on what is ours, and leaves what is theirs as it is", () =>
    DeployWorld.use(
      project(),
      { flavour, kibana: { ...flavour.kibana, prebuilt: SAMPLE_PREBUILT_RULES } },
      async (world) => {
        await asAnalystsLeftIt(world);
        const before = await theirs(world);
        const customised = (before as { rules: { rule_source: Json }[] }).rules.map(
          ({ rule_source }) => rule_source["is_customized"],
        );
        expect(customised).toEqual([false, true, true, false]);

        /** Runs a command; its exit, the line that sums it up, and what it wrote. */
        const run = async (command: string, ...args: string[]): Promise<[number, string, string[]]> => {
          world.forget();
          const of = command === "validate" ? [] : ["--env", "test"];
          const { exit, out } = await world.run(command, ...of, ...args);
          const writes = world.writes.map(({ method, path }) => `${method} ${path}`);
          expect(await theirs(world), command).toEqual(before);
          return [exit, summaryOf(out), writes];
        };
        const lists = "/api/exception_lists";
        const checks = flavour.name === "serverless" ? 22 : 23;
        const inSync = "No changes. The space of test is as the files say (3 objects).";

        expect(await run("validate")).toEqual([0, "No problems in 1 rule.", []]);
        expect(await run("plan", "--prune")).toEqual([0, "Plan: 3 to create, 0 to update.", []]);
        expect(await run("apply", "--yes")).toEqual([
          0,
          "Applied: 3 created, 0 updated, 0 unchanged.",
          [`POST ${lists}`, `POST ${lists}/items`, `POST ${RULES}`],
        ]);
        expect(await run("plan", "--prune", "--exit-code")).toEqual([0, inSync, []]);
        expect(await run("apply", "--prune", "--yes")).toEqual([0, inSync, []]);
        expect(await run("drift")).toEqual([0, "No drift: 3 objects of test are as last applied.", []]);
        // Doctor tries whether it may write exceptions with a list that Kibana cannot find.
        expect(await run("doctor")).toEqual([0, `All ${checks} checks are fine.`, [`PUT ${lists}`]]);
        expect(await run("preview")).toEqual([0, "1 rule run: 0 alerts, 1 warning.", []]);
        expect(await run("pull")).toEqual([0, "Nothing to pull. Pulled from space default of test.", []]);
        expect(await run("pull", "--all")).toEqual([
          0,
          "2 unchanged. Pulled from space default of test.",
          [],
        ]);

        // Taken out of git, ours alone is pruned; rolled back, it is there again.
        const ours = await world.rule("r1");
        for (const path of Object.keys(project())) world.remove(path);
        world.write("rules/other.rule.yml", rule({ rule_id: "r2", name: "Rule two" }));
        expect(await run("apply", "--prune", "--yes")).toEqual([
          0,
          "Applied: 1 created, 0 updated, 3 deleted, 0 unchanged.",
          [
            `POST ${RULES}`,
            `DELETE ${RULES}?id=${String(ours!["id"])}`,
            `DELETE ${lists}/items?item_id=a&namespace_type=single`,
            `DELETE ${lists}?list_id=trusted&namespace_type=single`,
          ],
        ]);
        const other = await world.rule("r2");
        const listed = await world.run("rollback", "--env", "test", "--format", "json");
        const [snapshot] = (JSON.parse(listed.out) as { snapshots: string[] }).snapshots;
        expect(await run("rollback", snapshot!, "--yes")).toEqual([
          0,
          "Applied: 3 created, 0 updated, 1 deleted, 0 unchanged.",
          [
            `POST ${lists}`,
            `POST ${lists}/items`,
            `POST ${RULES}`,
            `DELETE ${RULES}?id=${String(other!["id"])}`,
          ],
        ]);
        expect(await world.rule("r1")).toMatchObject({
          query: ours!["query"],
          enabled: true,
          name: "Rule one",
        });

        // With Elastic's rules in git too, nothing is deployed over them; the analyst's list is ours once it is adopted.
        world.remove("rules/other.rule.yml");
        for (const [path, content] of Object.entries(project())) world.write(path, content);
        expect(await run("pull", "--all", "--source", "all")).toEqual([
          0,
          "5 new, 2 unchanged. Pulled from space default of test.",
          [],
        ]);
        const all = "No changes. The space of test is as the files say (9 objects).";
        expect(await run("plan", "--prune", "--exit-code")).toEqual([0, all, []]);
        expect(await run("apply", "--prune", "--yes")).toEqual([0, all, []]);
        expect(await run("drift")).toEqual([3, "Drift: 2 not ours; 7 objects as last applied.", []]);
        expect(await run("doctor")).toEqual([
          0,
          `1 warning; ${checks - 1} checks are fine.`,
          [`PUT ${lists}`],
        ]);

        // A file that says something else is a conflict that no option overrules.
        const file = "rules/windows/many-failed-logons-from-one-address.rule.yml";
        world.write(file, world.read(file).replace("severity: high", "severity: critical"));
        for (const options of [[], ["--adopt", "--overwrite-drift", "--prune"]]) {
          const [exit, , writes] = await run("apply", "--yes", ...options, "--dry-run");
          expect([exit, writes]).toEqual([1, []]);
        }
        const [conflict] = await world.changes();
        expect(conflict).toMatchObject({
          id: prebuilt(2),
          action: "conflict",
          conflict: { code: "prebuilt" },
        });
      },
    ));
});

const SUMMARY =
  /^(?:No problems|Plan:|No changes|Applied:|No drift|Drift:|All \d|\d+ (?:warning|problem)s?;|\d+ rules? run:|Nothing to pull|\d+ (?:new|unchanged)\b).*$/gm;

/** The last line of what a command printed that sums it up. */
const summaryOf = (out: string): string => out.match(SUMMARY)?.at(-1) ?? out;
