/** What commands do before they connect: names that are no environments, and addresses in clear. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createColors } from "picocolors";
import { run } from "../../src/cli/program.js";
import { DeployWorld, rule } from "../support/deploy-world.js";
import { kdac } from "../support/cli.js";

const COMMANDS: readonly (readonly string[])[] = [
  ["plan"],
  ["apply", "--yes"],
  ["drift"],
  ["pull"],
  ["pull", "--all"],
  ["preview"],
  ["rollback"],
  ["rollback", "20260101"],
  ["doctor"],
  ["build", "--space", "default"],
  ["export", "--space", "default"],
];

describe.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "nowhere"])(
  "an environment %s",
  (name) => {
    it("is none that the configuration has, for every command", () =>
      DeployWorld.use({ "rules/r1.rule.yml": rule() }, {}, async (world) => {
        for (const command of COMMANDS) {
          const { exit, out, err } = await world.run(...command, "--env", name);
          expect([exit, out], command.join(" ")).toEqual([2, ""]);
          expect(err, command.join(" ")).toMatch(`there is no environment "${name}": `);
        }
        const space = await world.run("plan", "--env", "test", "--space", name);
        expect([space.exit, space.err]).toEqual([
          2,
          `kdac: the environment has no space "${name}": there are default\n`,
        ]);
        expect(world.sent).toEqual([]);
      }));
  },
);

describe("a variable that is not set", () => {
  it.each(["constructor", "toString", "__proto__"])("%s is not taken from JavaScript's own objects", (name) =>
    DeployWorld.use(
      { "rules/r1.rule.yml": rule() },
      {
        config: {
          environments: { test: { url: "${KIBANA_URL}", api_key: `\${${name}}`, spaces: ["default"] } },
        },
      },
      async (world) => {
        const { exit, out } = await world.run("plan", "--env", "test");
        expect(exit).toBe(1);
        expect(out).toContain(`the environment variable "${name}" is not set`);
        expect(world.sent).toEqual([]);
      },
    ),
  );
});

describe("an address in clear", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** A proxy to which everything is said in clear, which refuses it all and notes when it was asked. */
  const proxy = (seen: (request: IncomingMessage) => void): Promise<string> =>
    new Promise((resolve) => {
      server = createServer((request, response) => {
        seen(request);
        response.writeHead(400, { "content-type": "application/json", "kbn-name": "kibana" });
        response.end('{"statusCode":400,"error":"Bad Request","message":"no"}');
      });
      server.listen(0, "127.0.0.1", () =>
        resolve(`http://u:pa%ss%zz@127.0.0.1:${(server!.address() as AddressInfo).port}`),
      );
    });

  it.each([["plan"], ["apply", "--yes"], ["drift"], ["pull"], ["preview"], ["doctor"], ["rollback", "2026"]])(
    "is warned of before the first request of %s",
    (...command) =>
      DeployWorld.use({ "rules/r1.rule.yml": rule() }, {}, async (world) => {
        if (command[0] === "rollback") {
          await world.apply();
        }
        const events: string[] = [];
        const authorizations: (string | undefined)[] = [];
        const address = await proxy(({ headers }) => {
          events.push("request");
          authorizations.push(headers["proxy-authorization"]);
        });
        const environment = {
          url: "http://kibana.example.com",
          api_key: "${KIBANA_API_KEY}",
          proxy: "${PROXY}",
          spaces: ["default"],
        };
        world.write("kdac.config.yml", { name: "acme", stack: "9.5", environments: { test: environment } });
        const say = (text: string): void =>
          void events.push(...text.split("\n").filter((line) => line !== ""));
        const exit = await run(
          [...command, "--env", "test", "--quiet"],
          {
            out: say,
            err: say,
            input: async function* () {},
            env: { ...world.env, PROXY: address },
            cwd: world.root,
            interactive: false,
            palette: createColors(false),
            ask: () => Promise.resolve(undefined),
            interrupted: () => new Promise(() => undefined),
          },
          "0.0.0-test",
        );
        const warned = events.findIndex((line) =>
          line.includes('credentials travel unencrypted to "kibana.example.com"'),
        );
        expect(warned).toBeGreaterThanOrEqual(0);
        expect(events.filter((line) => line.includes("travel unencrypted"))).toHaveLength(1);
        expect(exit).toBe(1);
        if (command[0] === "rollback") return expect(events).not.toContain("request");
        expect(events.indexOf("request")).toBeGreaterThan(warned);
        // A percent sign that begins no sequence means itself.
        expect(authorizations[0]).toBe(`Basic ${Buffer.from("u:pa%ss%zz").toString("base64")}`);
        expect(events.join("\n")).not.toContain("pa%ss");
        expect(events.join("\n")).not.toContain("    at ");
      }),
  );

  it.each([
    "http://us%er:pa%ss@127.0.0.1:9",
    "http://u:%ff@127.0.0.1:9",
    "http://%@127.0.0.1:9",
    "ftp://u:%@h",
    "http://%zz:9",
    "%",
  ])("a proxy %s ends in a finding", (address) =>
    DeployWorld.use({ "rules/r1.rule.yml": rule() }, {}, async (world) => {
      for (const url of ["http://kibana.example.com/%zz", "https://kibana.example.com/a%"]) {
        const environment = { url, api_key: "${KIBANA_API_KEY}", proxy: "${PROXY}", spaces: ["default"] };
        world.write("kdac.config.yml", { name: "acme", stack: "9.5", environments: { test: environment } });
        for (const command of ["plan", "doctor"]) {
          const { exit, out, err } = await kdac([command, "--env", "test"], {
            cwd: world.root,
            env: { ...world.env, PROXY: address },
          });
          expect(exit).toBe(1);
          expect(out + err).not.toMatch(/URIError|malformed| at .*:\d+:\d+\)/);
          expect(out + err).not.toMatch(/pa%ss|%ff/);
        }
      }
    }),
  );
});
