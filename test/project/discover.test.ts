import { describe, expect, it } from "vitest";
import { discover } from "../../src/project/discover.js";
import { memoryHost } from "../support/memory-host.js";

describe("discover", () => {
  it("walks folders, leaves hidden ones and packages out, and sorts", () => {
    const host = memoryHost({
      "/p/rules/b.rule.yml": "",
      "/p/rules/a.rule.yml": "",
      "/p/rules/.hidden/c.rule.yml": "",
      "/p/rules/node_modules/d.rule.yml": "",
      "/p/other/e.rule.yml": "",
    });
    expect(discover(host, "/p", ["rules", "rules/a.rule.yml"])).toEqual({
      files: ["rules/a.rule.yml", "rules/b.rule.yml"],
      diagnostics: [],
    });
  });

  it("follows links inside the project and reports those that lead out", () => {
    const host = memoryHost(
      {
        "/p/rules/a.rule.yml": "",
        "/p/shared/x.fragment.md": "",
        "/secret/key.rule.yml": "",
        "/secret/d/e.rule.yml": "",
      },
      {
        links: {
          "/p/rules/in": "/p/shared",
          "/p/rules/out.rule.yml": "/secret/key.rule.yml",
          "/p/rules/outdir": "/secret/d",
        },
      },
    );
    const found = discover(host, "/p", ["rules"]);
    expect(found.files).toEqual(["rules/a.rule.yml", "rules/in/x.fragment.md"]);
    expect(found.diagnostics.map((d) => [d.code, d.target.file])).toEqual([
      ["project/outside", "rules/out.rule.yml"],
      ["project/outside", "rules/outdir"],
    ]);
  });

  it("ends on a loop of links", () => {
    const host = memoryHost({ "/p/rules/a.rule.yml": "" }, { links: { "/p/rules/loop": "/p/rules" } });
    expect(discover(host, "/p", ["rules"]).files).toEqual(["rules/a.rule.yml"]);
  });
});
