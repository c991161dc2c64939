/** What Kibana itself does to those who deploy to it, tried through the command line on each flavour. */
import { describe, expect, it } from "vitest";
import { DeployWorld, item, type Json, list, rule, slack, touched } from "../../support/deploy-world.js";
import { FLAVOURS, USUAL } from "../../support/flavours.js";

const RULE = "rules/r1.rule.yml";
const LIST = "rules/trusted.exceptions.yml";
const CONNECTOR = "rules/soc-slack.connector.yml";
const RULES = "/api/detection_engine/rules";
const SLACK_URL = "https://hooks.example.com/services/very-secret";

type Files = Readonly<Record<string, string | Json>>;

const manyRules = (count: number, fields: Json = {}): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const id = `r${String(i).padStart(4, "0")}`;
      return [`rules/${id}.rule.yml`, rule({ rule_id: id, name: `Rule ${id}`, ...fields })];
    }),
  );

/** A rule that names a list, with an action. */
const whole = (fields: Json = {}): Json =>
  rule({
    exceptions: ["trusted"],
    actions: [{ connector: "soc-slack", params: { message: "m" } }],
    enabled: true,
    ...fields,
  });

const WHOLE: Files = { [RULE]: whole(), [LIST]: list([item("a"), item("b")]), [CONNECTOR]: slack };

/** What an analyst adds to a shared list in Kibana. */
const analystsItem = (item_id: string): Json => ({
  ...item(item_id),
  list_id: "trusted",
  type: "simple",
  namespace_type: "single",
  comments: [{ comment: "agreed with the platform team" }],
});

const paths = (world: DeployWorld): string[] =>
  world.writes.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);

describe.each(FLAVOURS)("what Kibana does to those who deploy to it, on $name", (flavour) => {
  const use = (
    files: Files,
    test: (world: DeployWorld) => Promise<void>,
    spaces: readonly (string | Json)[] = ["default"],
  ): Promise<void> =>
    DeployWorld.use(files, { flavour, spaces }, (world) => {
      world.env["SLACK_URL"] = SLACK_URL;
      return test(world);
    });

  it("22: items are changed one by one; no import empties a list before it fills it again", () =>
    use(WHOLE, async (world) => {
      await world.apply();
      await world.send("post", "/api/exception_lists/items", analystsItem("analyst"));
      world.write(LIST, list([item("a", { name: "Renamed" }), item("b"), item("c")]));
      world.forget();
      await world.apply();
      expect(paths(world)).toEqual(["PUT /api/exception_lists/items", "POST /api/exception_lists/items"]);
      expect(JSON.stringify(world.sent)).not.toMatch(/overwrite_exceptions=true|exception_lists\/_import/);
      expect((await world.items("trusted")).map(({ item_id }) => String(item_id)).sort()).toEqual([
        "a",
        "analyst",
        "b",
        "c",
      ]);
    }));

  it("23: a rule is live only after its exceptions are, and not at all without them", () =>
    use(WHOLE, async (world) => {
      world.setFaults([
        {
          match: { method: "POST", path: "/exception_lists/items" },
          after: 1,
          respond: { kind: "status", status: 500 },
        },
      ]);
      expect((await world.tryApply()).exit).toBe(1);
      expect(await world.rules()).toEqual([]);
      world.setFaults([]);
      world.forget();
      await world.apply();
      const order = paths(world);
      expect(order.indexOf(`POST ${RULES}`)).toBeGreaterThan(
        order.lastIndexOf("POST /api/exception_lists/items"),
      );
      expect(await world.rule("r1")).toMatchObject({ enabled: true });
    }));

  it("23: a bootstrap imports rules switched off, and switches them on when all is there", () =>
    use(WHOLE, async (world) => {
      await world.apply("--bootstrap");
      const order = paths(world);
      const imported = order.indexOf(`POST ${RULES}/_import`);
      expect(imported).toBeGreaterThan(order.lastIndexOf("POST /api/exception_lists/items"));
      expect(order.indexOf(`POST ${RULES}/_bulk_action`)).toBeGreaterThan(imported);
      expect(String(world.writes[imported]!.body)).toContain('"enabled":false');
      expect(String(world.writes[imported]!.body)).not.toContain('"enabled":true');
      expect(await world.rule("r1")).toMatchObject({ enabled: true });
      expect(await world.changes()).toEqual([]);
    }));

  it("24: a creation whose answer a gateway lost is read back, and never sent again", () =>
    use({ [RULE]: rule() }, async (world) => {
      world.setFaults([
        {
          match: { method: "POST", path: RULES },
          times: 1,
          respond: { kind: "status", status: 504, afterHandling: true },
        },
      ]);
      await world.tryApply();
      expect(paths(world).filter((path) => path === `POST ${RULES}`)).toHaveLength(1);
      expect(await world.rules()).toHaveLength(1);
    }));

  it("25: a space with more rules than Kibana exports is planned and changed all the same", () =>
    use({ [RULE]: rule(), "rules/r2.rule.yml": rule({ rule_id: "r2", name: "Rule two" }) }, async (world) => {
      await world.apply();
      await world.send("post", RULES, rule({ rule_id: "foreign", name: "Foreign" }));
      world.setFaults([
        {
          match: { path: `${RULES}/_export` },
          respond: {
            kind: "status",
            status: 400,
            body: { message: "Can't export more than 10000 rules", status_code: 400 },
          },
        },
      ]);
      expect(await world.changes()).toEqual([]);
      world.write(RULE, rule({ severity: "high" }));
      world.remove("rules/r2.rule.yml");
      expect((await world.changes()).map(({ action, id }) => [action, id])).toEqual([
        ["update", "r1"],
        ["orphan", "r2"],
      ]);
      await world.apply();
      expect(await world.rule("r1")).toMatchObject({ severity: "high" });
    }));

  it("26: routes for many rules at once, which 9.0 removed, are never asked", () =>
    use(WHOLE, async (world) => {
      await world.apply();
      world.write(RULE, whole({ severity: "high" }));
      await world.apply();
      world.remove(RULE);
      await world.tryApply("--prune");
      expect(JSON.stringify(world.sent)).not.toMatch(/_bulk_(?:create|update|delete)/);
      expect(await world.rules()).toEqual([]);
    }));

  it("28: doctor says that rules run with the key that wrote them", () =>
    use({ [RULE]: rule({ enabled: true }) }, async (world) => {
      await world.apply();
      const { out, err } = await world.run("doctor", "--env", "test");
      expect(out + err).toMatch(/rules run with|run with (?:the|this) (?:API )?key/i);
    }));

  it("29: what is as it should be is not written, and keeps its key, revision and stamps", () =>
    use(WHOLE, async (world) => {
      await world.apply();
      const before = [await world.rule("r1"), await world.items("trusted"), await world.lists()];
      world.forget();
      await world.apply();
      await world.apply("--overwrite-drift", "--adopt");
      expect(world.writes).toEqual([]);
      expect([await world.rule("r1"), await world.items("trusted"), await world.lists()]).toEqual(before);
    }));

  it("30: a change of one field keeps what others added: lists, actions, newer fields", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      const connector = await world.send("post", "/api/actions/connector", {
        name: "analysts",
        connector_type_id: ".index",
        config: { index: "x" },
        secrets: {},
      });
      const { id } = (await world.rule("r1"))!;
      await world.send("post", `${RULES}/${String(id)}/exceptions`, {
        items: [{ name: "x", description: "d", type: "simple", entries: item("x")["entries"] }],
      });
      await world.send("post", `${RULES}/_bulk_action`, {
        action: "edit",
        ids: [id],
        edit: [
          {
            type: "add_rule_actions",
            value: {
              throttle: "rule",
              actions: [{ id: connector["id"], group: "default", params: { documents: [{}] } }],
            },
          },
        ],
      });
      const before = (await world.rule("r1"))!;
      expect(before["exceptions_list"]).toHaveLength(1);
      expect(before["actions"]).toHaveLength(1);
      world.write(RULE, rule({ severity: "high" }));
      await world.apply();
      expect(await world.rule("r1")).toMatchObject({
        severity: "high",
        exceptions_list: before["exceptions_list"],
        actions: before["actions"],
        version: before["version"],
      });
      expect(await world.changes()).toEqual([]);
    }));

  it("31: a rule refers to the list that its space has, by the id that it has there", () =>
    use(
      WHOLE,
      async (world) => {
        await world.apply();
        const ids = new Map<string, unknown>();
        for (const space of ["default", "soc"]) {
          const { id } = (await world.lists(space)).find(({ list_id }) => list_id === "trusted")!;
          expect((await world.rule("r1", space))!["exceptions_list"]).toEqual([
            { id, list_id: "trusted", type: "detection", namespace_type: "single" },
          ]);
          ids.set(space, id);
        }
        expect(ids.get("default")).not.toBe(ids.get("soc"));
        // Made anew in one space, the list has another id there.
        await world.send("delete", "/api/exception_lists?list_id=trusted&namespace_type=single");
        await world.apply();
        const { id } = (await world.lists()).find(({ list_id }) => list_id === "trusted")!;
        expect(id).not.toBe(ids.get("default"));
        expect((await world.rule("r1"))!["exceptions_list"]).toMatchObject([{ id, list_id: "trusted" }]);
        expect(await world.changes()).toEqual([]);
      },
      ["default", "soc"],
    ));

  it("32: each space has its own connector, and the secret never leaves the environment", () =>
    use(
      WHOLE,
      async (world) => {
        await world.apply();
        const ids: unknown[] = [];
        for (const space of ["default", "soc"]) {
          const [connector, ...others] = await world.connectors(space);
          expect(others).toEqual([]);
          expect(connector).toMatchObject({ name: "soc-slack", is_missing_secrets: false });
          expect(await world.rule("r1", space)).toMatchObject({ actions: [{ id: connector!["id"] }] });
          ids.push(connector!["id"]);
        }
        expect(new Set(ids).size).toBe(2);
        await world.plan("--out", "plan.json");
        expect(world.printed.join("\n")).not.toContain("very-secret");
        for (const [path, text] of world.files("", /^$/)) expect(text, path).not.toContain("very-secret");
        expect(await world.changes()).toEqual([]);
      },
      ["default", "soc"],
    ));

  it("32: a connector whose secrets an import lost gets them again, under the same id", () =>
    use(WHOLE, async (world) => {
      await world.apply();
      const [before] = await world.connectors();
      const lines = await world.exported();
      const connector = lines.find(({ attributes }) => attributes !== undefined)!;
      await world.send("delete", `${RULES}?rule_id=r1`);
      await world.send("delete", `/api/actions/connector/${String(before!["id"])}`);
      await world.api.upload(
        `${RULES}/_import`,
        [connector, lines.find(({ rule_id }) => rule_id === "r1")]
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(""),
      );
      expect(await world.connectors()).toMatchObject([{ id: before!["id"], is_missing_secrets: true }]);
      await world.apply();
      expect(await world.connectors()).toMatchObject([{ id: before!["id"], is_missing_secrets: false }]);
      expect(await world.changes()).toEqual([]);
    }));

  it("33: an item is known by its item_id, and is changed where it is", () =>
    use(WHOLE, async (world) => {
      await world.apply();
      const before = await world.items("trusted");
      const idOf = (items: readonly Json[], id: string): unknown =>
        items.find(({ item_id }) => item_id === id)!["id"];
      world.write(LIST, list([item("a", { description: "Another reason." }), item("b")]));
      await world.apply();
      const after = await world.items("trusted");
      expect(after).toHaveLength(2);
      expect(idOf(after, "a")).toBe(idOf(before, "a"));
      expect(await world.changes()).toEqual([]);
    }));

  it("34: comments are sent as text alone, and are only ever added", () =>
    use({ ...WHOLE, [LIST]: list([item("a", { comments: ["First."] })]) }, async (world) => {
      await world.apply();
      const analysts = (await world.items("trusted"))[0]!;
      await world.send("put", "/api/exception_lists/items", {
        item_id: "a",
        type: "simple",
        name: analysts["name"],
        description: analysts["description"],
        entries: analysts["entries"],
        namespace_type: "single",
        meta: analysts["meta"],
        comments: [...(analysts["comments"] as Json[]), { comment: "An analyst's." }],
      });
      expect(await world.changes()).toEqual([]);
      world.write(LIST, list([item("a", { name: "Renamed", comments: ["First.", "Second."] })]));
      await world.apply();
      const [after] = await world.items("trusted");
      expect((after!["comments"] as Json[]).map(({ comment }) => comment)).toEqual([
        "First.",
        "An analyst's.",
        "Second.",
      ]);
      expect(await world.changes()).toEqual([]);
      const { out } = await world.run("export", "--out", "-");
      const exported = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Json)
        .find(({ item_id }) => item_id === "a")!;
      expect(exported["comments"]).toEqual([{ comment: "First." }, { comment: "Second." }]);
    }));

  it("35: tags of an item that git does not know are kept: without them Kibana hides endpoint exceptions", () =>
    use(WHOLE, async (world) => {
      await world.apply();
      const live = (await world.items("trusted")).find(({ item_id }) => item_id === "a")!;
      const { name, description, entries, meta } = live;
      await world.send("put", "/api/exception_lists/items", {
        name,
        description,
        entries,
        meta,
        item_id: "a",
        type: "simple",
        namespace_type: "single",
        tags: ["policy:all"],
      });
      expect(await world.changes()).toEqual([]);
      world.write(LIST, list([item("a", { name: "Renamed" }), item("b")]));
      await world.apply();
      expect((await world.items("trusted")).find(({ item_id }) => item_id === "a")).toMatchObject({
        name: "Renamed",
        tags: ["policy:all"],
      });
      expect(await world.changes()).toEqual([]);
    }));

  it("36: the streams of value lists are made before the first list is", () =>
    use(
      {
        "rules/offices.values.yml": { id: "offices", type: "ip", values: ["10.0.0.1", "10.0.0.2"] },
        [RULE]: rule({ exceptions: ["trusted"] }),
        [LIST]: list([
          item("a", {
            entries: [
              {
                field: "source.ip",
                type: "list",
                operator: "included",
                list: { id: "offices", type: "ip" },
              },
            ],
          }),
        ]),
      },
      async (world) => {
        await world.apply();
        const order = paths(world);
        const made = order.indexOf("POST /api/lists");
        expect(order.indexOf("POST /api/lists/index")).toBeGreaterThanOrEqual(0);
        expect(order.indexOf("POST /api/lists/index")).toBeLessThan(made);
        expect(made).toBeLessThan(order.indexOf("POST /api/exception_lists/items"));
        const { text } = await world.api.post("/api/lists/items/_export?list_id=offices");
        expect(text.trim().split("\n").sort()).toEqual(["10.0.0.1", "10.0.0.2"]);
        expect(await world.changes()).toEqual([]);
      },
    ));

  it("37: an installed prebuilt rule of the same rule_id is left alone", () =>
    DeployWorld.use(
      { [RULE]: rule() },
      { flavour, kibana: { prebuilt: [{ ...rule(), version: 3, author: ["Elastic"], license: "Elastic" }] } },
      async (world) => {
        await world.send("put", `${RULES}/prepackaged`);
        const before = await world.rule("r1");
        expect(before).toMatchObject({ immutable: true });
        world.write(RULE, rule({ severity: "critical" }));
        expect((await world.changes()).map(({ conflict }) => conflict?.code)).toEqual(["prebuilt"]);
        world.forget();
        for (const options of [
          ["--adopt"],
          ["--overwrite-drift"],
          ["--prune"],
          ["--adopt", "--overwrite-drift"],
        ])
          await world.tryApply(...options);
        expect(world.writes).toEqual([]);
        expect(await world.rule("r1")).toEqual(before);
      },
    ));

  it("37: a version is always sent, the live one where the file has none", () =>
    use(
      { [RULE]: rule({ version: 7 }), "rules/r2.rule.yml": rule({ rule_id: "r2", name: "Two" }) },
      async (world) => {
        await world.apply();
        const { id } = (await world.rule("r2"))!;
        // A bulk edit counts the version up.
        for (const type of ["add_tags", "delete_tags"])
          await world.send("post", `${RULES}/_bulk_action`, {
            action: "edit",
            ids: [id],
            edit: [{ type, value: ["x"] }],
          });
        expect(await world.rule("r2")).toMatchObject({ version: 3 });
        world.write(RULE, rule({ version: 7, note: "n" }));
        world.write("rules/r2.rule.yml", rule({ rule_id: "r2", name: "Two", note: "n" }));
        await world.apply();
        for (const { body } of world.writes.filter(({ method, path }) => method === "PUT" && path === RULES))
          expect(body).toHaveProperty("version");
        expect(await world.rule("r1")).toMatchObject({ version: 7 });
        expect(await world.rule("r2")).toMatchObject({ version: 3 });
      },
    ));

  it("38: a rule is sent with the fields of its own type and no others", () =>
    use(
      { [RULE]: rule({ type: "threshold", threshold: { field: ["host.id"], value: 3 }, query: "*:*" }) },
      async (world) => {
        await world.apply();
        // A file that says so is refused before anything is asked.
        world.write(RULE, rule({ threshold: { field: ["host.id"], value: 3 } }));
        world.forget();
        expect((await world.tryApply()).exit).toBe(1);
        expect(world.sent).toEqual([]);
        // And what the live rule had of the other type is not carried over.
        world.write(RULE, rule());
        await world.apply();
        for (const { body } of world.writes) expect(body).not.toHaveProperty("threshold");
        expect(await world.rule("r1")).not.toHaveProperty("threshold");
        expect(await world.changes()).toEqual([]);
      },
    ));

  it("39: a preview that ran out of its minute is told of, with what to do", () =>
    use({ [RULE]: rule() }, async (world) => {
      world.rewrite = ({ path }, text) =>
        path.includes("/rules/preview")
          ? JSON.stringify({ ...(JSON.parse(text) as Json), isAborted: true })
          : text;
      const { out, err } = await world.run("preview", "--rule", "r1", "--env", "test", "--space", "default");
      expect(out + err).toMatch(/short|fewer|--from/i);
      expect(out + err).toMatch(/abort|minute|stopped|timed? ?out|did not finish/i);
      expect(await world.rules(), "nothing was made").toEqual([]);
    }));

  it("40: fields of the server and its defaults are no difference", () =>
    use({ [RULE]: rule() }, async (world) => {
      await world.apply();
      const volatile: Json = {
        id: "5f8a6c9a-0000-4000-8000-000000000000",
        revision: 17,
        created_at: "2020-01-01T00:00:00.000Z",
        created_by: "someone",
        updated_at: "2031-01-01T00:00:00.000Z",
        updated_by: "someone",
        execution_summary: {
          last_execution: { status: "succeeded", status_order: 0, message: "", metrics: {} },
        },
        output_index: ".alerts",
        outcome: "exactMatch",
      };
      const DEFAULTS = [
        "actions", "author", "exceptions_list", "false_positives", "from", "interval", "language", "max_signals",
        "output_index", "references", "related_integrations", "risk_score_mapping", "setup", "severity_mapping",
        "tags", "threat", "to",
      ]; // prettier-ignore
      const changing = (change: (live: Json) => Json): void => {
        world.rewrite = ({ path }, text) =>
          path.includes("/_export")
            ? text
                .split("\n")
                .map((line) =>
                  line.includes('"rule_id":"r1"') ? JSON.stringify(change(JSON.parse(line) as Json)) : line,
                )
                .join("\n")
            : text;
      };
      for (const [key, value] of Object.entries(volatile)) {
        changing((live) => ({ ...live, [key]: value }));
        expect(await world.changes(), key).toEqual([]);
      }
      for (const key of DEFAULTS) {
        changing(({ [key]: _, ...live }) => live);
        expect(await world.changes(), key).toEqual([]);
      }
      changing((live) => ({ ...live, ...volatile, severity: "high" }));
      expect((await world.changes()).map(touched)).toEqual([["severity"]]);
    }));
});

describe("what Kibana does to those who deploy many rules", () => {
  it("24: an import whose answer got lost is looked at, and never sent again", () =>
    DeployWorld.use(manyRules(3), { flavour: USUAL }, async (world) => {
      world.setFaults([
        {
          match: { method: "POST", path: "/_import" },
          times: 1,
          respond: { kind: "status", status: 502, afterHandling: true },
        },
      ]);
      await world.tryApply("--bootstrap");
      expect(paths(world).filter((path) => path === `POST ${RULES}/_import`)).toHaveLength(1);
      world.setFaults([]);
      await world.tryApply();
      expect(await world.rules()).toHaveLength(3);
      expect(await world.changes()).toEqual([]);
    }));

  it("25: a bootstrap sends as many imports as Kibana's limits ask for", () =>
    DeployWorld.use(
      manyRules(14, { note: `# Guide\n\n${"Look at it closely. ".repeat(50_000)}` }),
      { flavour: USUAL },
      async (world) => {
        await world.apply("--bootstrap");
        const imports = world.writes.filter(({ path }) => path.includes("/_import"));
        expect(imports.length).toBeGreaterThan(1);
        for (const { body } of imports)
          expect(Buffer.byteLength(String(body))).toBeLessThanOrEqual(10_485_760);
        expect(await world.rules()).toHaveLength(14);
        expect(await world.changes()).toEqual([]);
      },
    ));

  it("27: rules are switched on a hundred at a time", () =>
    DeployWorld.use(manyRules(230, { enabled: true }), { flavour: USUAL }, async (world) => {
      await world.apply("--bootstrap");
      const enabling = world.writes
        .filter(({ path }) => path.includes("/_bulk_action"))
        .map(({ body }) => body as { action: string; ids: string[] });
      expect(enabling.map(({ action }) => action)).toEqual(["enable", "enable", "enable"]);
      for (const { ids } of enabling) expect(ids.length).toBeLessThanOrEqual(100);
      expect(new Set(enabling.flatMap(({ ids }) => ids)).size).toBe(230);
      expect((await world.rules()).every(({ enabled }) => enabled === true)).toBe(true);
      expect(await world.changes()).toEqual([]);
    }));

  it("27: a Kibana that refuses to enable in bulk gets each rule enabled by itself", () =>
    DeployWorld.use(
      manyRules(3, { enabled: true }),
      { flavour: { ...USUAL, stack: "9.4", kibana: { version: "9.4.3" } } },
      async (world) => {
        await world.apply("--bootstrap");
        expect((await world.rules()).map(({ enabled }) => enabled)).toEqual([true, true, true]);
        expect(await world.changes()).toEqual([]);
      },
    ));
});
