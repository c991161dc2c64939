import { describe, expect, it } from "vitest";
import { schemaFolder } from "../../src/format/index.js";
import { memoryHost } from "../support/memory-host.js";
import { formatted } from "./support.js";

const LINE = "# yaml-language-server: $schema=../../schemas/rule.schema.json";
const inProject = (text: string): string => formatted(text, "rule", { schemas: "schemas" }).text;

describe("the line that names the schema", () => {
  it.each([
    ["is added", "name: a\n", `${LINE}\nname: a\n`],
    ["is added above other comments", "# a\n\n# b\nname: a\n", `${LINE}\n# a\n\n# b\nname: a\n`],
    ["is added above the document's mark", "---\nname: a\n", `${LINE}\n---\nname: a\n`],
    ["stays", `${LINE}\nname: a\n`, `${LINE}\nname: a\n`],
    ["moves up", `# a\n\n${LINE}\nname: a\n`, `${LINE}\n# a\n\nname: a\n`],
    [
      "is corrected",
      "# yaml-language-server: $schema=../schemas/rule.schema.json\nname: a\n",
      `${LINE}\nname: a\n`,
    ],
    [
      "is corrected to the file's kind",
      "# yaml-language-server: $schema=../../schemas/exceptions.schema.json\nname: a\n",
      `${LINE}\nname: a\n`,
    ],
    [
      "has its usual spaces",
      "#yaml-language-server:$schema=rule.schema.json \nname: a\n",
      `${LINE}\nname: a\n`,
    ],
    [
      "may be a web address",
      "# yaml-language-server: $schema=https://example.com/rule.schema.json\nname: a\n",
      "# yaml-language-server: $schema=https://example.com/rule.schema.json\nname: a\n",
    ],
    [
      "may name a schema of the team's own",
      "# yaml-language-server: $schema=../ours.json\nname: a\n",
      "# yaml-language-server: $schema=../ours.json\nname: a\n",
    ],
    ["is no text that looks like it", `description: |\n  ${LINE}\n`, `${LINE}\ndescription: |\n  ${LINE}\n`],
    ["is no comment further down", `name: a\n${LINE}\ntype: eql\n`, `${LINE}\nname: a\n${LINE}\ntype: eql\n`],
    ["has an empty line below it only where there was one", `${LINE}\n\n\nname: a\n`, `${LINE}\n\nname: a\n`],
  ])("%s", (_, before, after) => {
    expect(inProject(before)).toBe(after);
    expect(inProject(after)).toBe(after);
  });

  it("is written from where the file stands, for each kind", () => {
    const schemas = "schemas";
    expect(formatted("name: a\n", "config", { schemas }).text).toBe(
      "# yaml-language-server: $schema=schemas/config.schema.json\nname: a\n",
    );
    for (const kind of ["translation", "exceptions", "connector"] as const)
      expect(formatted("name: a\n", kind, { schemas }).text).toContain(
        `$schema=../../schemas/${kind}.schema.json\n`,
      );
  });

  it("is kept, and not added, where the project has no schemas", () => {
    expect(formatted("name: a\n").text).toBe("name: a\n");
    const text = "# a\n# yaml-language-server: $schema=../rule.schema.json\nname: a\n";
    expect(formatted(text).text).toBe("# yaml-language-server: $schema=../rule.schema.json\n# a\nname: a\n");
  });
});

describe("the folder of the schemas", () => {
  const manifest = (value: unknown): string =>
    schemaFolder(memoryHost({ "/p/package.json": JSON.stringify(value) }), "/p")!;

  it("is the project's own, before the package's", () => {
    const dependencies = JSON.stringify({ dependencies: { "kibana-detections-as-code": "1" } });
    const host = memoryHost({ "/p/schemas/rule.schema.json": "{}", "/p/package.json": dependencies });
    expect(schemaFolder(host, "/p")).toBe("schemas");
  });

  it.each([["dependencies"], ["devDependencies"]])("is the package's where it is among the %s", (key) => {
    expect(manifest({ [key]: { "kibana-detections-as-code": "1.0.0" } })).toBe(
      "node_modules/kibana-detections-as-code/schemas",
    );
  });

  it.each([[null], [[]], ["text"], [{}], [{ devDependencies: null }], [{ devDependencies: { other: "1" } }]])(
    "is nowhere for a package.json of %j",
    (value) => {
      expect(manifest(value)).toBeUndefined();
    },
  );

  it("is nowhere without a package.json, or with one that cannot be read", () => {
    expect(schemaFolder(memoryHost({}), "/p")).toBeUndefined();
    expect(schemaFolder(memoryHost({ "/p/package.json": "{" }), "/p")).toBeUndefined();
  });
});
