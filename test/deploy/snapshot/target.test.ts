import { describe, expect, it } from "vitest";
import { planRollback } from "../../../src/deploy/snapshot/rollback.js";
import { targetIn } from "../../../src/deploy/snapshot/target.js";
import type { Snapshot, SnapshotObject } from "../../../src/deploy/snapshot/types.js";
import { connectorLive } from "../support.js";

const item = (was: string | undefined, is: string | undefined): SnapshotObject => ({
  kind: "exception-item",
  key: "exception-item/default/i",
  id: "i",
  name: "i",
  action: "update",
  before: was === undefined ? null : { id: "1", list_id: was },
  wrote: is === undefined ? null : { body: { list_id: is } },
});

describe("an exception item of a snapshot is looked for", () => {
  it.each([
    ["old", "old", "old"],
    ["old", undefined, "old"],
    [undefined, "new", "new"],
    // By its own id: it may be in either.
    ["old", "new", undefined],
  ])("in its list, where that was %s and was written as %s", (was, is, list) => {
    expect(targetIn(item(was, is))).toEqual({
      kind: "exception-item",
      id: "i",
      namespace: "single",
      ...(list === undefined ? {} : { list }),
    });
  });
});

describe("a connector that goes back", () => {
  it.each([
    [{ url: "${URL}" }, undefined],
    [{}, ["Kibana gives no secrets away: enter them again in Kibana where the connector has some"]],
  ])("says that its secrets are to be entered again where no file names them", (secrets, notes) => {
    const [before, live] = [connectorLive({ config: { a: 1 } }), connectorLive({ config: { a: 2 } })];
    const snapshot: Snapshot = {
      version: 1,
      taken_at: "2026-01-01T00:00:00.000Z",
      project: "acme",
      environment: "test",
      url: "u",
      kibana: null,
      plan: "0",
      spaces: [
        {
          space: "default",
          objects: [
            {
              kind: "connector",
              key: "connector/default/soc-slack",
              id: "soc-slack",
              name: "soc-slack",
              action: "update",
              before,
              wrote: { body: { ...live, secrets } },
            },
          ],
        },
      ],
    };
    const seen = {
      space: "default",
      rules: new Map(),
      lists: new Map(),
      items: new Map(),
      connectors: [live],
      valueLists: new Map(),
    };
    const plan = planRollback(snapshot, "s", new Map([["default", { seen }]]), { overwriteDrift: false });
    const [change] = plan.spaces[0]!.changes;
    expect([change!.action, change!.notes, change!.diff]).toEqual([
      "update",
      notes,
      [{ path: "config.a", before: 2, after: 1 }],
    ]);
  });
});
