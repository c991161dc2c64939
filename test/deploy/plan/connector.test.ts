import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/deploy/plan/types.js";
import { connectorState } from "../../../src/deploy/form/state.js";
import { offlineId } from "../../../src/project/compile.js";
import type { LiveConnector } from "../../../src/kibana/endpoints/index.js";
import type { DesiredConnector } from "../../../src/deploy/desired/desired.js";
import { connectorLive, connectorOf, only, planOne } from "../support.js";

const OURS = offlineId("acme/default/soc-slack");
const planned = (fields: Partial<DesiredConnector>, ...connectors: LiveConnector[]): Change =>
  only(planOne({ connectors: [connectorOf(fields)] }, { connectors }), "connector");

describe("a connector", () => {
  it("is made with an id that proves later that it is ours, another in each space", () => {
    expect(planned({})).toMatchObject({ action: "create", state: "new", write: { body: { id: OURS } } });
    expect(planned({ id: "11111111-1111-4111-8111-111111111111" }).write!.body["id"]).toBe(
      "11111111-1111-4111-8111-111111111111",
    );
    expect(offlineId("acme/other/soc-slack")).not.toBe(OURS);
  });

  it.each([
    ["the derived one", OURS, {}],
    ["the one that bundles use", offlineId("acme/soc-slack"), {}],
    ["the file's", "11111111-1111-4111-8111-111111111111", { id: "11111111-1111-4111-8111-111111111111" }],
  ])("is ours by its id, %s, and follows its file", (_, id, file) => {
    const live = connectorLive({ id, config: { url: "https://old", port: 1, auth: null } });
    const change = planned({ ...file, config: { url: "https://new" } }, live);
    expect(change).toMatchObject({
      action: "update",
      state: "changed",
      diff: [{ path: "config.url", before: "https://old", after: "https://new" }],
      expected: { id, state: expect.any(String) as string },
    });
    // 30: what the file does not set is carried over.
    expect(change.write!.body).toMatchObject({ config: { url: "https://new", port: 1 } });
    expect(change.write!.body["config"]).not.toHaveProperty("auth");
  });

  it("11: settings that Kibana added, or filled with null, are no difference", () => {
    const live = connectorLive({ id: OURS, config: { url: "u", method: "post", headers: null } });
    expect(planned({ config: { url: "u" } }, live)).toMatchObject({ action: "unchanged", state: "in-sync" });
    expect(planned({ config: { url: "u", headers: null } }, live).action).toBe("unchanged");
  });

  it("that was renamed in Kibana gets its name back", () => {
    expect(planned({}, connectorLive({ id: OURS, name: "Other" }))).toMatchObject({
      action: "update",
      diff: [{ path: "name", before: "Other", after: "soc-slack" }],
    });
  });

  it("that was renamed while another took its name is in conflict", () => {
    const change = planned({}, connectorLive({ id: OURS, name: "Other" }), connectorLive({ id: "c2" }));
    expect(change).toMatchObject({ action: "conflict", conflict: { code: "ambiguous" } });
  });

  it("of somebody else is used as it is, with a note where it differs", () => {
    const change = planned({ config: { url: "u" } }, connectorLive({ config: { url: "v" } }));
    expect(change).toMatchObject({
      action: "unchanged",
      state: "foreign",
      notes: [/another url; it is used as it is/],
    });
  });

  it("32: is sent again when Kibana misses its secrets", () => {
    expect(planned({}, connectorLive({ id: OURS, is_missing_secrets: true }))).toMatchObject({
      action: "update",
      diff: [{ path: "secrets", after: ["webhookUrl"] }],
    });
  });

  it("of somebody else that misses its secrets gets those and nothing else, where its settings are the file's", () => {
    const live = connectorLive({
      id: "theirs",
      config: { url: "u", port: 1, auth: null },
      is_missing_secrets: true,
    });
    expect(planned({ config: { url: "u", auth: null } }, live)).toEqual({
      kind: "connector",
      key: "connector/default/soc-slack",
      id: "soc-slack",
      name: "soc-slack",
      file: expect.any(String) as string,
      action: "update",
      state: "foreign",
      diff: [{ path: "secrets", after: ["webhookUrl"] }],
      notes: ["Kibana has the connector without its secrets"],
      expected: { id: "theirs", state: connectorState(live) },
      write: {
        body: {
          id: "theirs",
          name: "soc-slack",
          connector_type_id: ".slack",
          config: { url: "u", port: 1, auth: null },
          secrets: { webhookUrl: "${SLACK_URL}" },
        },
      },
    });
  });

  it.each([
    ["another address", { url: "https://evil" }],
    ["none", {}],
    ["null", { url: null }],
  ])("of somebody else that misses its secrets and has %s gets none", (_, config) => {
    const change = planned({ config: { url: "u" } }, connectorLive({ config, is_missing_secrets: true }));
    expect(change).toMatchObject({ action: "unchanged", state: "foreign", diff: [] });
    expect(change.write).toBeUndefined();
    expect(change.expected).toBeUndefined();
    expect(change.notes).toEqual([
      "the connector in Kibana was not made by this project and has another url; it is used as it is",
      "it misses its secrets: enter them in Kibana",
    ]);
  });

  it.each([
    ["the file names no secret", { secrets: {} }, { is_missing_secrets: true }],
    ["Kibana has them", {}, { is_missing_secrets: false }],
    ["Kibana does not say", {}, {}],
  ])("of somebody else is left alone where %s", (_, file, live) => {
    const change = planned(
      { ...file, config: { url: "u" } },
      connectorLive({ config: { url: "u" }, ...live }),
    );
    expect(change).toMatchObject({ action: "unchanged", state: "foreign", diff: [] });
    expect(change.notes).toBeUndefined();
  });

  it("of another type is in conflict", () => {
    expect(planned({}, connectorLive({ id: OURS, connector_type_id: ".webhook" })).conflict?.code).toBe(
      "type-change",
    );
  });
});
