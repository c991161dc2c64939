import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readSource, type SourceItem } from "../../src/bundle/sources/index.js";
import { formatProject } from "../../src/format/index.js";
import { validate } from "../../src/lint/index.js";
import { compileContext, compileProject, loadProject, type Project } from "../../src/project/index.js";
import { decompileConnector, decompileList, normalise } from "../../src/rule/decompile/index.js";
import { describeConformance } from "../support/conformance.js";
import { memoryHost } from "../support/memory-host.js";
import { chunks, type Imported, importInto, ROOT } from "./support.js";

const CONFIG = { [`${ROOT}/kdac.config.yml`]: 'name: test\nattack: "18.1"\n' };

/** Findings of Elastic's own rules that are true: two of them take the text of `message`, which is no keyword, for their names. */
const DESERVED = new Set(["field/type-mismatch"]);

async function itemsOf(folder: string, names: readonly string[]): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    for await (const item of readSource(name, chunks(bytes))) items.push(item);
  }
  return items;
}

function project(disk: Readonly<Record<string, string>>): Project {
  return loadProject(memoryHost(disk), { cwd: ROOT });
}

type Json = Record<string, unknown>;

/** The rule as it was read, with what the project alone decides: a connector without a random UUID gets an id of the project's. */
function expected(
  item: SourceItem & { kind: "rule" },
  made: Json,
  fieldsFor: (index?: readonly string[]) => never,
): Json {
  const actions = item.value["actions"] as Json[] | undefined;
  const own = made["actions"] as Json[] | undefined;
  const renamed = actions?.map((action, i) => ({ ...action, id: own?.[i]?.["id"] }));
  return normalise({ ...item.value, ...(renamed === undefined ? {} : { actions: renamed }) }, { fieldsFor });
}

function checkAll(name: string, folder: string, ending: string, count: number): void {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .sort();
  const read = itemsOf(folder, names);
  const imported: Promise<Imported> = read.then((items) => importInto(CONFIG, items));

  it(`${name}: all of it is kept`, async () => {
    const { report, files } = await imported;
    expect(report.findings.filter(({ diagnostic }) => diagnostic.severity === "error")).toEqual([]);
    expect(report.ok).toBe(true);
    expect(files.filter(({ kind }) => kind === "rule")).toHaveLength(count);
  });

  it(`${name}: what the files compile to is what was read`, async () => {
    const loaded = project((await imported).disk);
    const { fieldsFor } = compileContext(loaded);
    const compiled = new Map(
      compileProject(loaded).map(({ rule }) => [rule.rule_id, rule as unknown as Json]),
    );
    for (const item of await read) {
      if (item.kind !== "rule") continue;
      const made = compiled.get(String(item.value["rule_id"]))!;
      const fields = (index?: readonly string[]) => fieldsFor(index) as never;
      expect(normalise(made, { fieldsFor: fields })).toEqual(expected(item, made, fields));
    }
  });

  it(`${name}: lists, items and connectors are what was read`, async () => {
    const loaded = project((await imported).disk);
    const items = (await read).flatMap((item) => (item.kind === "exception-item" ? [item.value] : []));
    for (const item of await read) {
      if (item.kind === "exception-list") {
        const id = String(item.value["list_id"]);
        // Two of the exports hold the same list.
        const its = new Map(
          items.filter(({ list_id }) => list_id === id).map((one) => [one["item_id"], one]),
        );
        expect(loaded.exceptionLists.get(id)!.authored).toEqual(
          decompileList(item.value, [...its.values()]).authored,
        );
      } else if (item.kind === "connector") {
        const { authored } = decompileConnector(item.value);
        expect(loaded.connectors.get(authored["name"] as string)!.authored).toEqual(authored);
      }
    }
  });

  it(`${name}: validate finds no error that the source does not deserve`, async () => {
    const { diagnostics, rules } = validate(project((await imported).disk));
    const errors = diagnostics.filter(({ severity, code }) => severity === "error" && !DESERVED.has(code));
    expect(errors).toEqual([]);
    expect(rules).toBe(count);
  });

  it(`${name}: a second import changes nothing, and fmt has nothing to say`, async () => {
    const { disk } = await imported;
    const second = await importInto(disk, await read, { force: true });
    expect(second.report.files).toMatchObject({ create: 0, update: 0, refused: 0 });
    const host = memoryHost(disk);
    const { files, diagnostics } = formatProject(loadProject(host, { cwd: ROOT }), host);
    expect(diagnostics).toEqual([]);
    expect(files.filter(({ action, file }) => action !== "unchanged" && file !== "kdac.config.yml")).toEqual(
      [],
    );
  });
}

describeConformance("real exports through the whole of an import", "ndjson", (folder) =>
  checkAll("exports", folder, ".ndjson", 18),
);
describeConformance("rules of detection-rules through the whole of an import", "rules", (folder) =>
  checkAll("TOML", folder, ".toml", 202),
);
