import { describe, expect, it } from "vitest";
import { decompileConnector } from "../../../src/rule/decompile/index.js";
import { check } from "../../../src/schema/index.js";
import { emit } from "../../../src/yaml/emit/index.js";
import { parseDocument } from "../../../src/yaml/index.js";

const ID = "7d1c9f60-4a2e-4f7b-9a55-2b6c1e8f3d14";

function saved(attributes: object, id: string = ID) {
  return {
    id,
    type: "action",
    attributes: {
      actionTypeId: ".index",
      name: "audit",
      isMissingSecrets: false,
      config: {},
      secrets: {},
      ...attributes,
    },
    references: [],
  };
}

function imported(connector: object) {
  const { authored, notes } = decompileConnector(connector as Record<string, unknown>);
  const document = parseDocument(emit(authored), "a.connector.yml");
  expect(check("connector", document)).toEqual([]);
  return { authored, codes: notes.map(({ code, params }) => `${code} ${Object.values(params).join(" ")}`) };
}

describe("connectors", () => {
  it("of an export", () => {
    expect(imported(saved({ config: { index: "i", executionTimeField: null } }))).toEqual({
      authored: {
        name: "audit",
        connector_type_id: ".index",
        id: ID,
        config: { index: "i", executionTimeField: null },
      },
      codes: [],
    });
  });

  it("of an answer of Kibana", () => {
    const answer = {
      id: ID,
      name: "log",
      connector_type_id: ".server-log",
      is_preconfigured: false,
      is_deprecated: false,
    };
    expect(imported(answer)).toEqual({
      authored: { name: "log", connector_type_id: ".server-log", id: ID },
      codes: [],
    });
  });

  it("name a variable for each secret", () => {
    const { authored, codes } = imported(
      saved({ name: "SOC – pager 1", actionTypeId: ".pagerduty", isMissingSecrets: true }),
    );
    expect(authored["secrets"]).toEqual({ routingKey: "${SOC_PAGER_1_ROUTING_KEY}" });
    expect(codes).toEqual(["import/connector-secrets SOC – pager 1 SOC_PAGER_1_ROUTING_KEY"]);
    const numbered = imported(saved({ name: "1st", actionTypeId: ".slack", isMissingSecrets: true }));
    expect(numbered.authored["secrets"]).toEqual({ webhookUrl: "${_1ST_WEBHOOK_URL}" });
  });

  it("of an unknown type leave the secrets to whoever knows them", () => {
    const { authored, codes } = imported(saved({ actionTypeId: ".new", isMissingSecrets: true }));
    expect(authored).not.toHaveProperty("secrets");
    expect(codes).toEqual(["import/connector-secrets-unknown audit .new"]);
  });

  it("lose an id that Kibana takes for no new connector", () => {
    const { authored, codes } = imported(saved({}, "preconfigured"));
    expect(authored).not.toHaveProperty("id");
    expect(codes).toEqual(["import/connector-id preconfigured audit"]);
  });
});
