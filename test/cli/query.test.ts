import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kdac, pieces, type Ran } from "../support/cli.js";

let home: string;

const EVENTS = [
  '{"@timestamp":"2026-01-01T00:00:00Z","event":{"category":["process"]},"process":{"name":"cmd.exe"},"host":{"id":"a"}}',
  '{ "@timestamp": "2026-01-01T00:00:30Z", "event.category": "process", "process.name": "powershell.exe", "host.id": "a" }',
  '{"_index":"logs","_source":{"@timestamp":"2026-01-01T00:02:00Z","event":{"category":"file"},"host":{"id":"b"}}}',
];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "kdac-query-"));
  writeFileSync(join(home, "events.ndjson"), `${EVENTS.join("\n")}\n`);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const query = (...args: string[]): Promise<Ran> => kdac(["query", ...args], { cwd: home });
const lines = ({ out }: Ran): string[] => out.split("\n").filter((line) => line !== "");

describe("kdac query", () => {
  it.each([
    ['process where process.name : "CMD.exe"', [EVENTS[0]]],
    ["process.name: *.exe", [EVENTS[0], EVENTS[1]]],
    ["event.category: file", [EVENTS[2]]],
    ["any where true | tail 1", [EVENTS[2]]],
    ["process.name: nothing", []],
  ])("prints the lines that match %s, as they are", async (text, expected) => {
    const ran = await query(text, "events.ndjson");
    expect(ran).toMatchObject({ exit: 0, err: "" });
    expect(lines(ran)).toEqual(expected);
  });

  it("takes the language that it is told", async () => {
    const ran = await query("--language", "lucene", "process.name:cmd.exe OR host.id:b", "events.ndjson");
    expect(lines(ran)).toEqual([EVENTS[0], EVENTS[2]]);
  });

  it("prints sequences with their keys", async () => {
    const ran = await query(
      'sequence by host.id with maxspan=1m [process where process.name == "cmd.exe"] [process where process.name != "cmd.exe"]',
      "events.ndjson",
    );
    expect(lines(ran).map((line) => JSON.parse(line))).toEqual([
      { join_keys: ["a"], events: [JSON.parse(EVENTS[0]!), JSON.parse(EVENTS[1]!)] },
    ]);
  });

  it("leaves a gap for a missing event", async () => {
    const ran = await query(
      'sequence with maxspan=1h [process where true] ![process where process.name == "x"]',
      "events.ndjson",
      "--format",
      "json",
    );
    const { found } = JSON.parse(ran.out) as { found: { events: ({ line: number } | null)[] }[] };
    expect(found.map(({ events }) => events.map((event) => event?.line ?? null))).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it("reads standard input, whatever the pieces", async () => {
    const text = `\uFEFF${EVENTS.join("\r\n")}`;
    const input = (): AsyncIterable<string> =>
      pieces([text.slice(0, 7), text.slice(7, 150), text.slice(150)]);
    const ran = await kdac(["query", "host.id: *", "--count"], { cwd: home, input });
    expect(ran).toEqual({ exit: 0, out: "3\n", err: "" });
    expect(await kdac(["query", "host.id: *", "-", "--count"], { cwd: home, input })).toMatchObject({
      out: "3\n",
    });
  });

  it("counts, and gives one JSON document", async () => {
    expect((await query("process.name: *", "events.ndjson", "events.ndjson", "--count")).out).toBe("4\n");
    const ran = await query("process.name: cmd.exe", "events.ndjson", "--format", "json");
    expect(JSON.parse(ran.out)).toEqual({
      version: 1,
      summary: { language: "kuery", events: 3, matches: 1 },
      found: [{ file: "events.ndjson", line: 1, event: JSON.parse(EVENTS[0]!) }],
    });
  });

  it("explains each event", async () => {
    const ran = await query(
      'process where process.name : "cmd.exe" and not host.id == "b"',
      "events.ndjson",
      "--explain",
    );
    expect(ran.out).toBe(
      [
        "events.ndjson:1  matches",
        "  ✓ and",
        "    ✓ process",
        "    ✓ and",
        '      ✓ process.name : "cmd.exe"',
        "      ✓ not",
        '        ✗ host.id == "b"',
        "events.ndjson:2  does not match",
        "  ✗ and",
        "    ✓ process",
        "    ✗ and",
        '      ✗ process.name : "cmd.exe"',
        "      ✓ not",
        '        ✗ host.id == "b"',
        "events.ndjson:3  does not match",
        "  ✗ and",
        "    ✗ process",
        "    ✗ and",
        '      ✗ process.name : "cmd.exe"',
        "      ✗ not",
        '        ✓ host.id == "b"',
        "",
      ].join("\n"),
    );
    expect(
      JSON.parse((await query("host.id: a", "events.ndjson", "--explain", "--format", "json")).out),
    ).toMatchObject({
      summary: { events: 3, matches: 2 },
      found: [{ matched: true }, { matched: true }, { matched: false, explanation: { kind: "leaf" } }],
    });
  });

  it("shows what is wrong with a query, and reads nothing", async () => {
    const ran = await query("process where process.name = ", "gone.ndjson");
    expect(ran.exit).toBe(1);
    expect(ran.out).toContain("query:1:28  error  eql/single-equals");
    expect(ran.err).toBe("");
  });

  it("warns and goes on; --quiet does not warn", async () => {
    const warned = await query('event.category: "proces"', "events.ndjson");
    expect(warned).toMatchObject({ exit: 0, out: "" });
    expect(warned.err).toContain("field/not-allowed-value");
    expect((await query('event.category: "proces"', "events.ndjson", "--quiet")).err).toBe("");
  });

  it("passes over lines that hold no event, and says so", async () => {
    writeFileSync(join(home, "broken.ndjson"), `${EVENTS[0]}\n{"a":\n\n[1]\n${EVENTS[1]}`);
    const ran = await query("process.name: *", "broken.ndjson", "--count");
    expect(ran).toMatchObject({ exit: 1, out: "2\n" });
    expect(lines({ ...ran, out: ran.err }).map((line) => line.slice(0, 42))).toEqual([
      "broken.ndjson:2:1  error  query/bad-event ",
      "broken.ndjson:4:1  error  query/bad-event ",
    ]);
  });

  it.each([
    ["mapping", { properties: { n: { type: "long" }, t: { type: "text" } } }],
    ["response", { "logs-1": { mappings: { properties: { n: { type: "long" }, t: { type: "text" } } } } }],
    ["types", { n: "long", t: "text" }],
  ])("compares by the fields of a %s", async (name, fields) => {
    writeFileSync(join(home, `${name}.json`), JSON.stringify(fields));
    writeFileSync(join(home, "typed.ndjson"), '{"n":"10","t":"Hello World"}\n');
    const count = async (text: string): Promise<Ran> =>
      query(text, "typed.ndjson", "--count", "--fields", `${name}.json`);
    expect(await count("n >= 9 and t: world")).toMatchObject({ exit: 0, out: "1\n" });
    expect(await count("unknown: 1")).toMatchObject({ exit: 1 });
  });

  it.each([
    [["a: b", "events.ndjson", "--format", "csv"], "--format csv is for ES|QL"],
    [["FROM a | LIMIT 1", "events.ndjson", "--index", "b"], '--index takes name=file, not "b"'],
    [["a: b", "gone.ndjson"], "cannot read gone.ndjson"],
    [["a: b", "--fields", "gone.json"], "cannot read gone.json"],
    [["sequence [a where true] [b where true]", "events.ndjson", "--explain"], "--explain"],
  ])("%j is wrong use", async (args, message) => {
    const ran = await query(...args);
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain(message);
  });

  describe("of ES|QL", () => {
    const TABLE =
      "FROM logs-* | WHERE process.name IS NOT NULL | KEEP host.id, process.name | SORT process.name";

    it("prints a table", async () => {
      expect(await query(TABLE, "events.ndjson")).toMatchObject({
        exit: 0,
        out: "host.id  process.name\na        cmd.exe\na        powershell.exe\n",
        err: "warning: No limit defined, adding default limit of [1000]\n",
      });
    });

    it.each([
      ["csv", "host.id,process.name\r\na,cmd.exe\r\na,powershell.exe\r\n"],
      [
        "ndjson",
        '{"host.id":"a","process.name":"cmd.exe"}\n{"host.id":"a","process.name":"powershell.exe"}\n',
      ],
    ])("prints %s", async (format, out) => {
      expect(await query(TABLE, "events.ndjson", "--format", format)).toMatchObject({ exit: 0, out });
    });

    it("prints Elasticsearch's answer as JSON, with whole numbers of any size", async () => {
      const ran = await query(
        "FROM a | EVAL n = 9223372036854775807 | KEEP n | LIMIT 1",
        "events.ndjson",
        "--format",
        "json",
      );
      expect(ran.out).toContain("9223372036854775807\n");
      expect(JSON.parse(ran.out.replace("9223372036854775807", "1"))).toEqual({
        version: 1,
        summary: { language: "esql", events: 3, rows: 1 },
        columns: [{ name: "n", type: "long" }],
        values: [[1]],
        warnings: [],
      });
    });

    it("says how many rows pass each command", async () => {
      const ran = await query(`${TABLE} | LIMIT 1`, "events.ndjson", "--explain");
      expect(lines(ran)).toEqual([
        "3  FROM logs-*",
        "2  | WHERE process.name IS NOT NULL",
        "2  | KEEP host.id, process.name",
        "1  | SORT process.name",
        "1  | LIMIT 1",
      ]);
    });

    it("counts rows", async () => {
      expect(await query(TABLE, "events.ndjson", "--count")).toMatchObject({ exit: 0, out: "2\n" });
    });

    it("joins a further index", async () => {
      writeFileSync(join(home, "owners.ndjson"), '{"host.id": "a", "owner": "Ada"}\n');
      const ran = await query(
        "FROM logs-* | LOOKUP JOIN owners ON host.id | STATS c = COUNT(*) BY owner | SORT owner | LIMIT 9",
        "events.ndjson",
        "--index",
        "owners=owners.ndjson",
      );
      expect(ran).toMatchObject({ exit: 0, out: "c  owner\n2  Ada\n1  null\n", err: "" });
    });

    it("says what does not run, and where", async () => {
      expect(await query("FROM a | CHANGE_POINT process.pid | LIMIT 1", "events.ndjson")).toMatchObject({
        exit: 1,
        out: "",
        err: "query:1:10  not run  CHANGE_POINT: it does not run on events\n",
      });
    });

    it("shows what is wrong with a query", async () => {
      const ran = await query("FROM a | WHERE LENGTH(1) > 2 | LIMIT 1", "events.ndjson");
      expect(ran.exit).toBe(1);
      expect(ran.out).toContain("query:1:16");
    });
  });
});
