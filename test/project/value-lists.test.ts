import { describe, expect, it } from "vitest";
import { loadProject } from "../../src/project/index.js";
import { memoryHost } from "../support/memory-host.js";
import { Locator, placeText } from "../../src/report/index.js";

function loaded(files: Readonly<Record<string, string>>) {
  const host = memoryHost({
    "/p/kdac.config.yml": "name: p\n",
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`/p/rules/${file}`, text])),
  });
  const project = loadProject(host, { cwd: "/p", paths: [] });
  const locator = new Locator(project.documents);
  const found = project.diagnostics
    .filter(({ code }) => code !== "project/no-rules")
    .map(({ code, target }) => `${code} ${placeText(locator.place(target))}`);
  return { lists: project.valueLists, found };
}

describe("value lists", () => {
  it("are read from YAML, with defaults", () => {
    const { lists, found } = loaded({ "a.values.yml": "id: ports\ntype: integer\nvalues: [22, 443]\n" });
    expect(found).toEqual([]);
    expect(lists.get("ports")).toMatchObject({
      file: "rules/a.values.yml",
      name: "ports",
      description: "ports",
      type: "integer",
      values: ["22", "443"],
      broken: false,
    });
  });

  it("are text files by themselves, one value a line, to the letter", () => {
    const { lists, found } = loaded({ "bad-hosts.values.txt": "\uFEFFa\r\n\r\nb, c\n\n# d\ne" });
    expect(lists.get("bad-hosts")?.values).toEqual(["a", "b, c", "# d", "e"]);
    expect(found).toEqual(["value-list/comment-like rules/bad-hosts.values.txt:5:1"]);
  });

  it("take their values from a text file beside them, which then is no list by itself", () => {
    const { lists, found } = loaded({
      "a.values.yml": "id: nets\nname: Nets\ntype: ip_range\nfile: a.values.txt\n",
      "a.values.txt": "10.0.0.0/8\n10.0.0.1-10.0.0.9\n2001:db8::/32\n",
    });
    expect(found).toEqual([]);
    expect([...lists.keys()]).toEqual(["nets"]);
    expect(lists.get("nets")?.values).toHaveLength(3);
  });

  it.each([
    ["type: ip", "300.1.1.1", "wrong-value"],
    ["type: ip_range", "10.0.0.0/40", "wrong-value"],
    ["type: ip_range", "10.0.0.1-::1", "wrong-value"],
    ["type: byte", "200", "wrong-value"],
    ["type: boolean", "yes please", "wrong-value"],
    ["type: date", "next week", "wrong-value"],
    ["type: keyword", "1.10", "unquoted-value"],
    ["type: keyword", '""', "blank-value"],
    ["type: keyword", '"a\\nb"', "several-lines"],
    ["type: keyword", '" a"', "space-around"],
    ["type: keyword", "sound", "repeated-value"],
    ["type: keyword", `"${"é".repeat(16_384)}"`, "too-long"],
  ])("%s: finds %s at its place: %s", (type, value, code) => {
    const first = type === "type: keyword" ? "sound" : undefined;
    const lines = [
      "id: a",
      type,
      "values:",
      ...(first === undefined ? [] : [`  - ${first}`]),
      `  - ${value}`,
    ];
    const { found } = loaded({ "a.values.yml": `${lines.join("\n")}\n` });
    expect(found).toEqual([`value-list/${code} rules/a.values.yml:${lines.length}:5`]);
  });

  it.each([
    ["file: ../../secret.txt", "project/outside rules/a.values.yml:2:7"],
    ["file: /etc/hosts.txt", "project/outside rules/a.values.yml:2:7"],
    ["file: gone.txt", "value-list/missing-file rules/a.values.yml:2:7"],
  ])("%s is refused", (line, finding) => {
    const { lists, found } = loaded({ "a.values.yml": `id: a\n${line}\n` });
    expect(found).toEqual([finding]);
    expect(lists.get("a")?.broken).toBe(true);
  });

  it("are declared once", () => {
    const { found } = loaded({ "a.values.yml": "id: b\nvalues: [x]\n", "b.values.txt": "y\n" });
    expect(found).toEqual(["project/duplicate-declaration rules/b.values.txt"]);
  });

  it("tell of a table, once", () => {
    expect(loaded({ "a.values.csv": "host,owner\na,b\n" }).found).toEqual([
      "value-list/table-like rules/a.values.csv:1:1",
    ]);
  });

  it("hold 100,000 values, and say little of 100,000 wrong ones", () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `host-${i}.example.com`);
    const { lists, found } = loaded({
      "a.values.txt": lines.join("\n"),
      "b.values.yml": `id: b\ntype: ip\nvalues:\n${lines.map((line) => `  - ${line}\n`).join("")}`,
    });
    expect(lists.get("a")?.values).toEqual(lines);
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toBe("value-list/more-findings rules/b.values.yml");
  });
});
