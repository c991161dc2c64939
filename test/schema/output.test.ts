import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import { kdac } from "../support/cli.js";
import { nodesOf, resolved, SCHEMAS } from "./schemas.js";

const root = join(import.meta.dirname, "../..");
const out = mkdtempSync(join(tmpdir(), "kdac-output-"));
afterAll(() => rmSync(out, { recursive: true }));

/** Checks what a command prints against the schema of its output. */
function mistakes(name: string, text: string): unknown {
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });
  const validate = ajv.compile(SCHEMAS.get(`output/${name}.schema.json`)!);
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

describe("what commands print as JSON is as its schema says", () => {
  const problems = join(root, "test/cases/validate/many-problems-json/input");
  const bundle = join(root, "test/cases/export/bundle/input");

  it.each([
    ["validate, with problems", ["validate", "--format", "json"], problems],
    ["validate, without", ["validate", "--format", "json"], bundle],
  ])("%s", async (_, args, cwd) => {
    const ran = await kdac(args, { cwd });
    expect(mistakes("findings", ran.out)).toEqual([]);
  });

  it("build, and the manifest that it writes", async () => {
    const ran = await kdac(["build", "--out", join(out, "dist"), "--format", "json"], { cwd: bundle });
    expect(mistakes("build", ran.out)).toEqual([]);
    expect(readFileSync(join(out, "dist/manifest.json"), "utf8")).toBe(ran.out);
  });

  it("export", async () => {
    const ran = await kdac(["export", "--out", join(out, "a.ndjson"), "--format", "json"], { cwd: bundle });
    expect(mistakes("export", ran.out)).toEqual([]);
  });

  it.each([[["explain"]], [["explain", "schema/unknown-key"]]])("%s", async (args) => {
    const ran = await kdac([...args, "--format", "json"], { cwd: root });
    expect(mistakes("explain", ran.out)).toEqual([]);
  });
});

describe.each([...SCHEMAS].filter(([file]) => file.startsWith("output/")))("%s", (file, schema) => {
  it("describes every property", () => {
    const bare = [...nodesOf(schema)]
      .filter(({ isProperty, node }) => isProperty && typeof resolved(file, node)["description"] !== "string")
      .map(({ pointer }) => pointer);
    expect(bare).toEqual([]);
  });

  it("takes nothing but a document with its version", () => {
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
    for (const data of [{}, [], null, { version: 2 }]) expect(validate(data)).toBe(false);
  });
});
