import { afterEach, describe, expect, it } from "vitest";
import { traceLine } from "../../src/cli/trace.js";
import { DeployWorld } from "../support/deploy-world.js";

let world: DeployWorld | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

describe("--trace", () => {
  it("tells each request on stderr, and nothing secret", async () => {
    world = await DeployWorld.start();
    const ran = await world.run("plan", "--env", "test", "--trace");
    expect(ran.exit).toBe(0);
    const lines = ran.err.split("\n").filter((line) => line.startsWith("GET "));
    expect(lines[0]).toMatch(/^GET {4}200 +\d+ ms +\d+ B {2}\/api\/status$/);
    expect(lines.length).toBeGreaterThan(1);
    expect(ran.out + ran.err).not.toContain(world.kibana.apiKey);
    expect((await world.run("plan", "--env", "test")).err).not.toMatch(/^GET /m);
  });

  it.each([
    [{ status: 200, bytes: 12, sends: 1 }, "GET    200     5 ms       12 B  /p"],
    [{ failure: "network", bytes: 0, sends: 2 }, "GET    network     5 ms        0 B  /p (send 2)"],
  ])("has columns: %j", (line, text) => {
    expect(traceLine({ method: "GET", path: "/p", milliseconds: 5, ...line })).toBe(`${text}\n`);
  });
});
