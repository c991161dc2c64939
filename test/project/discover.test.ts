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
      unread: [],
      diagnostics: [],
    });
  });

  it("says what it does not read: links to nothing, folders that cannot be listed or lie too deep", () => {
    const deep = "/p/rules" + "/d".repeat(34);
    const host = memoryHost({
      "/p/rules/a.rule.yml": "",
      "/p/rules/shut/b.rule.yml": "",
      [`${deep}/c.rule.yml`]: "",
    });
    const found = discover(
      {
        ...host,
        list(folder) {
          if (folder === "/p/rules/shut") throw new Error("EACCES");
          const gone = { name: "gone.rule.yml", kind: "other", link: true } as const;
          const socket = { name: "socket", kind: "other", link: false } as const;
          const hidden = { name: ".#a.rule.yml", kind: "other", link: true } as const;
          return folder === "/p/rules" ? [...host.list(folder)!, gone, socket, hidden] : host.list(folder);
        },
      },
      "/p",
      ["rules", "rules/shut"],
    );
    expect(found.files).toEqual(["rules/a.rule.yml"]);
    const tooDeep = "rules" + "/d".repeat(33);
    expect(found.unread).toEqual([
      { path: "rules/shut", kind: "folder" },
      { path: tooDeep, kind: "folder" },
      { path: "rules/gone.rule.yml", kind: "file" },
    ]);
    expect(found.diagnostics.map(({ code, message, target }) => [code, message, target])).toEqual([
      ["file/unreadable", "cannot read rules/shut: EACCES", { file: "rules/shut" }],
      ["file/unreadable", `cannot read ${tooDeep}: it lies more than 32 folders deep`, { file: tooDeep }],
      [
        "file/unreadable",
        "cannot read rules/gone.rule.yml: the link leads nowhere",
        { file: "rules/gone.rule.yml" },
      ],
    ]);
  });

  it("says that a place that was asked for cannot be listed", () => {
    const host = memoryHost({ "/p/rules/a.rule.yml": "" });
    const list = (): never => {
      throw new Error("EACCES");
    };
    expect(discover({ ...host, list }, "/p", ["rules"])).toMatchObject({
      files: [],
      unread: [{ path: "rules", kind: "folder" }],
      diagnostics: [{ code: "file/unreadable" }],
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
    expect(found.unread).toEqual([
      { path: "rules/out.rule.yml", kind: "file" },
      { path: "rules/outdir", kind: "folder" },
    ]);
  });

  it("ends on a loop of links", () => {
    const host = memoryHost({ "/p/rules/a.rule.yml": "" }, { links: { "/p/rules/loop": "/p/rules" } });
    expect(discover(host, "/p", ["rules"]).files).toEqual(["rules/a.rule.yml"]);
  });
});
