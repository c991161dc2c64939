import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { kibana } from "../../src/cli/commands/kibana.js";
import type { Io } from "../../src/cli/io.js";
import { plain } from "../../src/report/index.js";
import { pieces } from "../support/cli.js";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kdac-kibana-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Runs `kdac kibana` for as long as `work` takes, and hands it the address and the key that are printed. */
async function during(
  args: Partial<Parameters<typeof kibana>[1]>,
  work: (url: string, key: string) => Promise<void>,
): Promise<number> {
  let printed = "";
  let stop: () => void = () => undefined;
  const interrupted = new Promise<void>((resolve) => (stop = resolve));
  const io: Io = {
    out: (text) => void (printed += text),
    err: () => undefined,
    input: () => pieces([]),
    env: {},
    cwd: home,
    interactive: false,
    palette: plain,
    ask: () => Promise.resolve(undefined),
    async interrupted() {
      const url = /KIBANA_URL=(\S+)/.exec(printed)![1]!;
      const key = /KIBANA_API_KEY=(\S+)/.exec(printed)![1]!;
      await work(url, key).finally(stop);
      return interrupted;
    },
  };
  return kibana(io, { port: "0", flavour: "9.5", ...args });
}

const headers = (key: string) => ({
  authorization: `ApiKey ${key}`,
  "kbn-xsrf": "1",
  "content-type": "application/json",
});

it("serves on this machine with the spaces asked for, and takes the key that it prints", async () => {
  const exit = await during({ space: ["soc-emea"] }, async (url, key) => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const spaces = (await (await fetch(`${url}/api/spaces/space`, { headers: headers(key) })).json()) as {
      id: string;
    }[];
    expect(spaces.map(({ id }) => id)).toEqual(["default", "soc-emea"]);
    expect((await fetch(`${url}/api/spaces/space`, { headers: headers("wrong") })).status).toBe(401);
  });
  expect(exit).toBe(0);
});

it("keeps its state in a file", async () => {
  const rule = {
    rule_id: "r",
    name: "n",
    description: "d",
    type: "query",
    query: "*:*",
    severity: "low",
    risk_score: 1,
  };
  await during({ data: "state.json" }, async (url, key) => {
    const created = await fetch(`${url}/api/detection_engine/rules`, {
      method: "POST",
      headers: headers(key),
      body: JSON.stringify(rule),
    });
    expect(created.status).toBe(200);
  });
  await during({ data: "state.json" }, async (url, key) => {
    const found = await fetch(`${url}/api/detection_engine/rules?rule_id=r`, { headers: headers(key) });
    expect(found.status).toBe(200);
  });
});

it("is the flavour asked for, and lets go wrong what a script says", async () => {
  const faults = join(home, "faults.json");
  writeFileSync(
    faults,
    JSON.stringify({ faults: [{ match: { path: "/_find" }, respond: { kind: "status", status: 503 } }] }),
  );
  await during({ flavour: "serverless", faults }, async (url, key) => {
    const status = await fetch(`${url}/api/status`, { headers: headers(key) });
    expect(await status.json()).toMatchObject({ version: { build_flavor: "serverless" } });
    const find = `${url}/api/detection_engine/rules/_find`;
    expect((await fetch(find, { headers: headers(key) })).status).toBe(503);
    const basic = { authorization: `Basic ${btoa("elastic:changeme")}` };
    expect((await fetch(`${url}/api/spaces/space`, { headers: basic })).status).toBe(401);
  });
});

it("refuses a script of faults that is none", async () => {
  const faults = join(home, "faults.json");
  writeFileSync(faults, '{"faults":[{}]}');
  await expect(during({ faults }, () => Promise.resolve())).rejects.toThrow(
    `cannot use the faults of "${faults}": faults.0.respond: Invalid input: expected object, received undefined`,
  );
});
