/** Rules that refer to Kibana's own list of endpoint exceptions: nothing is left to do after an apply. */
import { describe, expect, it } from "vitest";
import { DeployWorld, type Json, rule } from "../support/deploy-world.js";
import { FLAVOURS } from "../support/flavours.js";

const ENDPOINT = { list_id: "endpoint_list", type: "endpoint", namespace_type: "agnostic" };
const FORMS: readonly (readonly [string, Json])[] = [
  ["in the short form", { exceptions: [ENDPOINT] }],
  ["with its id", { exceptions_list: [{ id: "endpoint_list", ...ENDPOINT }] }],
  [
    "with the id of something else",
    { exceptions_list: [{ id: "5b0a0a0c-0000-4000-8000-000000000000", ...ENDPOINT }] },
  ],
];

describe.each(FLAVOURS)("on $name", (flavour) => {
  it.each(FORMS)("a reference %s", async (_, reference) => {
    const files = { "rules/one.rule.yml": rule(reference) };
    await DeployWorld.use(files, { flavour, spaces: ["default", "soc"] }, async (world) => {
      await world.apply();
      for (const space of ["default", "soc"])
        expect((await world.rule("r1", space))?.["exceptions_list"]).toEqual([
          { id: "endpoint_list", ...ENDPOINT },
        ]);
      expect(await world.changes()).toEqual([]);
      expect((await world.run("drift", "--env", "test")).exit).toBe(0);
      // Somebody else's rule made the list first, and its items belong to no file.
      const item = {
        name: "n",
        description: "d",
        type: "simple",
        entries: [{ field: "a", type: "match", operator: "included", value: "b" }],
      };
      await world.api.post("/api/endpoint_list/items", item);
      expect(await world.changes()).toEqual([]);
    });
  });

  it("a list that is there before the first rule", async () => {
    const files = { "rules/one.rule.yml": rule({ exceptions: [ENDPOINT] }) };
    await DeployWorld.use(files, { flavour }, async (world) => {
      expect((await world.api.post("/api/endpoint_list")).body["id"]).toBe("endpoint_list");
      await world.apply();
      expect(await world.changes()).toEqual([]);
    });
  });
});
