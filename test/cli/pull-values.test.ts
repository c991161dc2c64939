import { afterEach, describe, expect, it } from "vitest";
import { digestOfValues, progressMark } from "../../src/deploy/form/value-progress.js";
import { World } from "./pull-world.js";

const CONFIG = `name: acme
stack: "9.5"
environments:
  test:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]
`;
const OFFICES = `# Ask the network team.
id: offices
name: Office networks
description: Address ranges of our offices.
type: keyword
values:
  - 10.0.0.0/8 # Berlin

  # Rented until summer.
  - 192.168.0.0/16
  - "1.10"
`;
const PROJECT = {
  "kdac.config.yml": CONFIG,
  "rules/offices.values.yml": OFFICES,
  "rules/hosts.values.txt": "alpha\r\nbeta\r\n",
  "rules/domains.values.yml": "id: domains\ntype: keyword\nfile: lists/domains.csv\n",
  "rules/lists/domains.csv": "a.example\nb.example",
};
const WAYS = { offices: "rules/offices.values.yml", hosts: "rules/hosts.values.txt" };

let world: World;
afterEach(() => world.stop());

async function deployed(): Promise<void> {
  world = await World.start(PROJECT);
  await world.apply();
  expect((await world.pull()).objects).toEqual([]);
}

const add = (list_id: string, value: string) => world.send("POST", "/api/lists/items", { list_id, value });
const remove = (list: string, value: string) =>
  world.send("DELETE", `/api/lists/items?list_id=${list}&value=${encodeURIComponent(value)}`);

/** Pulls, and holds that a plan then shows no difference and that a second pull changes nothing. */
async function pulled(...args: string[]) {
  const report = await world.pull(...args);
  expect(report.diagnostics).toEqual([]);
  expect(await world.differences()).toEqual({});
  const files = world.files();
  expect((await world.pull(...args)).summary).toMatchObject({ create: 0, update: 0 });
  expect(world.files()).toEqual(files);
  return report;
}

describe("kdac pull of a value list that was changed in Kibana", () => {
  it("edits the YAML's text: comments stay, new values come last and are quoted where they must be", async () => {
    await deployed();
    await remove("offices", "10.0.0.0/8");
    await add("offices", "007");
    await add("offices", "172.16.0.0/12");
    const { objects, exit } = await pulled();
    expect(exit).toBe(0);
    expect(objects).toEqual([
      {
        kind: "value-list",
        id: "offices",
        name: "Office networks",
        file: WAYS.offices,
        action: "update",
        fields: ["values"],
      },
    ]);
    expect(world.read(WAYS.offices)).toBe(
      OFFICES.replace("  - 10.0.0.0/8 # Berlin\n\n", "") + '  - "007"\n  - 172.16.0.0/12\n',
    );
  });

  it("takes lines out of text files and appends others, with their line ends", async () => {
    await deployed();
    await remove("hosts", "alpha");
    await add("hosts", "gamma");
    await add("domains", "c.example");
    await pulled();
    expect(world.read(WAYS.hosts)).toBe("beta\r\ngamma\r\n");
    expect(world.read("rules/lists/domains.csv")).toBe("a.example\nb.example\nc.example\n");
    expect(world.read("rules/domains.values.yml")).toBe(PROJECT["rules/domains.values.yml"]);
  });

  it("takes the last value out", async () => {
    await deployed();
    for (const value of ["10.0.0.0/8", "192.168.0.0/16", "1.10"]) await remove("offices", value);
    await pulled();
    expect(world.read(WAYS.offices)).toMatch(/^values: \[\]$/m);
  });

  it("leaves a file that is ahead as it is", async () => {
    await deployed();
    world.write(WAYS.hosts, "alpha\nbeta\ngamma\n");
    expect((await world.pull()).objects).toEqual([]);
    const { objects, diagnostics } = await world.pull("--all");
    expect(objects.find(({ id }) => id === "hosts")).toMatchObject({ action: "kept" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["pull/file-ahead"]);
    expect(world.read(WAYS.hosts)).toBe("alpha\nbeta\ngamma\n");
  });

  it("refuses where both were changed, and takes Kibana's with --force", async () => {
    await deployed();
    world.write(WAYS.hosts, "alpha\nbeta\ngamma\n");
    await add("hosts", "delta");
    const { exit, objects, diagnostics } = await world.pull();
    expect({ exit, objects }).toMatchObject({ exit: 1, objects: [{ id: "hosts", action: "refused" }] });
    expect(diagnostics.map(({ code }) => code)).toEqual(["pull/both-changed"]);
    expect(world.read(WAYS.hosts)).toBe("alpha\nbeta\ngamma\n");
    await pulled("--force");
    expect(world.read(WAYS.hosts)).toBe("alpha\nbeta\ndelta\n");
  });

  it("refuses a list of another type", async () => {
    await deployed();
    world.write(WAYS.offices, OFFICES.replace("type: keyword", "type: text"));
    await add("offices", "x");
    const { exit, diagnostics } = await world.pull("--all");
    expect(exit).toBe(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["pull/value-list-type"]);
    expect(world.read(WAYS.offices)).toContain("type: text");
  });

  it("takes a new name into YAML, and says that a text file has no place for one", async () => {
    await deployed();
    await world.send("PATCH", "/api/lists", { id: "offices", name: "Offices" });
    await world.send("PATCH", "/api/lists", { id: "hosts", name: "Hosts" });
    const { diagnostics } = await world.pull("--all", "--force");
    expect(world.read(WAYS.offices)).toBe(OFFICES.replace("Office networks", "Offices"));
    expect(diagnostics.map(({ code }) => code)).toEqual(["pull/value-list-text"]);
  });
});

describe("kdac pull of a value list without a file", () => {
  const make = async (id: string, meta = {}) => {
    await world.send("POST", "/api/lists", {
      id,
      name: `List ${id}`,
      description: "What for.",
      type: "ip",
      meta,
    });
    await add(id, "10.0.0.1");
  };

  it("writes one with --all alone, and none for a list of another project", async () => {
    await deployed();
    await make("seen");
    await make("theirs", { kdac: { project: "other", digest: "2:0" } });
    expect((await world.pull()).objects).toEqual([]);
    const { objects } = await world.pull("--all");
    expect(objects.filter(({ action }) => action === "create")).toEqual([
      {
        kind: "value-list",
        id: "seen",
        name: "List seen",
        file: "rules/_shared/values/list-seen.values.yml",
        action: "create",
        fields: [],
      },
    ]);
    expect(world.read("rules/_shared/values/list-seen.values.yml")).toMatch(
      /^# yaml-language-server: [^\n]*values\.schema\.json\nid: seen\nname: List seen\ndescription: What for\.\ntype: ip\nvalues: \[10\.0\.0\.1\]\n$/,
    );
    expect((await world.run("validate")).out).not.toMatch(/error/);
    expect((await world.run("fmt", "--check")).exit).toBe(0);
    await world.apply("--adopt");
    expect(await world.differences()).toEqual({});
  });
});

describe("kdac pull of a value list whose apply was cut off", () => {
  it("takes into the file what an analyst added, and nothing that git revoked", async () => {
    await deployed();
    world.write("rules/hosts.values.txt", "beta\r\ngamma\r\n");
    // What an apply leaves that is killed after it has added gamma and before it has removed alpha.
    const progress = { run: "1", add: ["gamma"], remove: ["alpha"], kept: digestOfValues(["beta"]) };
    const meta = { kdac: progressMark("acme", progress) };
    const list = await world.send<{ name: string; description: string }>("GET", "/api/lists?id=hosts");
    await world.send("PUT", "/api/lists", {
      id: "hosts",
      name: list.name,
      description: list.description,
      meta,
    });
    await add("hosts", "gamma");
    expect(await world.pull()).toMatchObject({ objects: [] });
    await add("hosts", "theirs");
    const report = await world.pull("--force");
    expect(report.objects).toMatchObject([{ id: "hosts", action: "update", fields: ["values"] }]);
    expect(world.read("rules/hosts.values.txt")).toBe("beta\r\ngamma\r\ntheirs\r\n");
  });
});
