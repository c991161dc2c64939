/** The main job as the README starts it. */
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/source-tree.js";

const tsx = join(root, "node_modules/tsx/dist/cli.mjs");

it("npm start goes through the whole of the main job", () => {
  const out = execFileSync(process.execPath, [tsx, "scripts/demo.ts"], {
    cwd: root,
    encoding: "utf8",
    // A test runner that likes colour hands that on to what it starts.
    env: { ...process.env, NO_COLOR: "1" },
  });
  for (const chapter of [
    "Validate",
    "Build",
    "embedded Kibana",
    "Plan and apply",
    "Plan again",
    "Change one rule",
    "Go back",
    "an analyst works in Kibana",
    "Export a bundle",
  ])
    expect(out).toContain(chapter);
  expect(out).toMatch(/No changes/);
  expect(out).toMatch(/severity/);
  expect(out).toMatch(/without an error/);
  expect(out).not.toContain("\u001b[");
}, 60_000);

it("npm start -- --serve leaves the embedded Kibana up", async () => {
  const child = spawn(process.execPath, [tsx, "scripts/demo.ts", "--serve"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let out = "";
    for await (const chunk of child.stdout) {
      out += String(chunk);
      if (out.includes("Ctrl-C")) break;
    }
    const url = /KIBANA_URL=(\S+)/.exec(out)?.[1];
    const key = /KIBANA_API_KEY=(\S+)/.exec(out)?.[1];
    const answer = await fetch(`${url}/api/detection_engine/rules/_find?per_page=1`, {
      headers: { authorization: `ApiKey ${key}` },
    });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { total: number }).total).toBeGreaterThan(20);
  } finally {
    child.kill("SIGTERM");
  }
}, 60_000);
