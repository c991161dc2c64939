import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { World } from "./pull-world.js";

const CONFIG = `name: acme
stack: "9.5"
environments:
  test:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]
`;

/** Sends kdac a signal while it puts the second file in its place, as somebody who is impatient may. */
const preload = (signal: string): string => `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const { renameSync } = fs;
let moved = 0;
fs.renameSync = (from, to) => {
  if (++moved === 2) process.kill(process.pid, ${JSON.stringify(signal)});
  renameSync(from, to);
};
syncBuiltinESMExports();
`;

let world: World;
afterEach(() => world.stop());

it.each(["SIGINT", "SIGTERM"])(
  "a pull that %s ends in the midst of its writes leaves all files as they are to be, and no part of one",
  async (signal) => {
    world = await World.start({ "kdac.config.yml": CONFIG, "signal.mjs": preload(signal) });
    for (const name of ["one", "two", "three"])
      await world.send("POST", "/api/detection_engine/rules", {
        rule_id: name, name, description: "d", type: "query", query: "*:*", severity: "low", risk_score: 1,
      }); // prettier-ignore
    const kdac = join(import.meta.dirname, "../../scripts/kdac.ts");
    const node = ["--import", import.meta.resolve("tsx"), "--import", join(world.root, "signal.mjs")];
    const child = spawn(process.execPath, [...node, kdac, "pull", "--env", "test", "--all"], {
      cwd: world.root,
      env: { PATH: process.env["PATH"], ...world.env },
      stdio: "ignore",
    });
    const ended = await new Promise((resolve) => child.once("exit", (_, by) => resolve(by)));
    expect(ended).toBe(signal);
    expect([...world.files().keys()]).toEqual([
      ".kdac/pulled.json",
      "kdac.config.yml",
      "rules/other/one.rule.yml",
      "rules/other/three.rule.yml",
      "rules/other/two.rule.yml",
      "signal.mjs",
    ]);
    for (const name of ["one", "two", "three"])
      expect(world.read(`rules/other/${name}.rule.yml`)).toContain("description: d\n");
    expect((await world.pull("--all")).summary).toMatchObject({ create: 0, update: 0, unchanged: 3 });
  },
  120_000,
);
