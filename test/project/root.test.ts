import { describe, expect, it } from "vitest";
import { locate } from "../../src/project/root.js";
import { memoryHost } from "../support/memory-host.js";

const host = memoryHost({
  "/repo/kdac.config.yml": "name: repo",
  "/repo/rules/a.rule.yml": "",
  "/repo/deep/folder/x.txt": "",
  "/other/kdac.config.yml": "name: other",
  "/other/rules/b.rule.yml": "",
  "/loose/one/c.rule.yml": "",
  "/loose/two/d.rule.yml": "",
});

describe("locate", () => {
  it("finds the configuration above the working folder", () => {
    expect(locate(host, "/repo/deep/folder")).toEqual({
      root: "/repo",
      configFile: "/repo/kdac.config.yml",
      paths: [],
    });
  });

  it("finds another project by its paths", () => {
    expect(locate(host, "/repo", ["/other/rules"])).toMatchObject({
      root: "/other",
      paths: ["/other/rules"],
    });
  });

  it("takes the common folder of paths that belong to no project", () => {
    expect(locate(host, "/repo", ["/loose/one", "/loose/two/d.rule.yml"])).toMatchObject({
      root: "/loose",
      configFile: undefined,
    });
  });

  it("takes the working folder where there is no configuration", () => {
    expect(locate(host, "/loose", ["one"])).toEqual({
      root: "/loose",
      configFile: undefined,
      paths: ["/loose/one"],
    });
  });

  it("refuses paths of different projects", () => {
    expect(() => locate(host, "/repo", ["rules", "/other/rules"])).toThrow(/different projects/);
  });

  it("refuses a path outside the project of --config", () => {
    expect(() => locate(host, "/repo", ["/loose"], "kdac.config.yml")).toThrow(/outside the project/);
  });

  it("refuses a configuration that is not there", () => {
    expect(() => locate(host, "/repo", [], "nope.yml")).toThrow(/no configuration file at nope.yml/);
  });
});
