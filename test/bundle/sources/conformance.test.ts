/** Exports of real Kibanas and rules of detection-rules: everything that is in them comes out, whatever the form in which they are packed. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";
import type { SourceRule } from "../../../src/bundle/sources/index.js";
import { brief, lines, read, zip } from "./support.js";

type Fields = Record<string, unknown>;

describeConformance("real exports", "ndjson", (folder) => {
  const files = conformanceFiles(folder, ".ndjson");

  it.each(files)("$name comes out object by object, without a problem", async ({ text }) => {
    const objects = text.trimEnd().split("\n").map((line) => JSON.parse(line) as Fields); // prettier-ignore
    const items = await read(text, { size: 1000 });
    // The summary is the last line of each.
    expect(items.map((item) => "value" in item && item.value)).toEqual(objects.slice(0, -1));
    expect(items.map(({ origin }) => origin.line)).toEqual(items.map((_, i) => i + 1));
  });

  it.each(files)(
    "$name comes out the same from gzip, zip, UTF-16 and written over many lines",
    async ({ text }) => {
      const bare = async (from: Uint8Array | string): Promise<unknown[]> =>
        (await read(from)).flatMap((item) => ("value" in item ? [[item.kind, item.value]] : []));
      const expected = await bare(text);
      const pretty = text.trimEnd().split("\n").map((line) => JSON.stringify(JSON.parse(line), null, 2)).join("\n"); // prettier-ignore
      const answer = JSON.stringify({
        data: text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as Fields),
      });
      for (const form of [
        gzipSync(text),
        zip([{ name: "x", data: text }]),
        Buffer.from(`\uFEFF${text}`, "utf16le"),
        pretty,
        answer,
      ])
        // prettier-ignore
        expect(await bare(form)).toEqual(expected);
    },
  );
});

/** Texts as they are to come out, without the code under test: on one line, unless they are meant to have lines. */
function onOneLine(value: unknown, key = ""): unknown {
  if (["query", "note", "setup"].includes(key)) return value;
  if (typeof value === "string") return value.trim().replaceAll(/[ \t]*\n[ \t]*/g, " ");
  if (Array.isArray(value)) return value.map((one) => onOneLine(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, onOneLine(inner, name)]));
}

describeConformance("real rules of detection-rules", "rules", (folder) => {
  const files = conformanceFiles(folder, ".toml");

  it.each(files)("$name has every field of its file", async ({ name, text }) => {
    const [first, ...others] = await read(text, { name });
    expect(first).toMatchObject({ kind: "rule", format: "toml", origin: { file: name } });
    const { value, about } = first as SourceRule;
    const file = parse(text) as { rule: Fields; metadata: Fields; transform?: Record<string, unknown[]> };
    const { note, setup, new_terms, threat, ...same } = file.rule;
    expect(value).toMatchObject(onOneLine(same) as Fields);
    expect(Object.keys(value).filter((key) => !(key in file.rule)).sort()).toEqual([
      ...(new_terms === undefined ? [] : ["history_window_start", "new_terms_fields"]),
      ...(setup === undefined && value["setup"] !== undefined ? ["setup"] : []),
    ]); // prettier-ignore
    const terms = new_terms as { value: string[]; history_window_start: { value: string }[] } | undefined;
    expect(value["new_terms_fields"]).toEqual(terms?.value);
    expect(value["history_window_start"]).toEqual(terms?.history_window_start[0]?.value);
    expect(value["threat"]).toEqual(
      (threat as Fields[] | undefined)?.map((entry) => ({ technique: [], ...entry })),
    );
    if (setup !== undefined) expect(value["setup"]).toBe(setup);
    if (file.transform === undefined && value["setup"] === setup) expect(value["note"]).toBe(note);
    expect(about?.integrations ?? []).toEqual([file.metadata["integration"] ?? []].flat());
    const codes = others.map((item) => (item.kind === "problem" ? item.code : brief(item)));
    expect(
      codes.filter((code) => !["source/integrations-derived", "source/setup-repeated"].includes(code)),
    ).toEqual([]);
  });

  it("have the text of each plugin where the note names it", async () => {
    let plugins = 0;
    for (const { text } of files) {
      const file = parse(text) as { transform?: Record<string, Fields[]> };
      const [first] = await read(text);
      const note = String((first as SourceRule).value["note"]);
      expect(note).not.toMatch(/\$(?:osquery|investigate)_\d/);
      const found = [...note.matchAll(/!\{(?:osquery|investigate)(\{.*?\})\}(?=\s|$)/g)].map((match) => JSON.parse(match[1]!) as Fields); // prettier-ignore
      plugins += found.length;
      const entries = Object.values(file.transform ?? {}).flat();
      if (file.transform !== undefined) for (const entry of entries) expect(found).toContainEqual(entry);
    }
    expect(plugins).toBeGreaterThan(100);
  });

  it("have setup out of the note where it stood there", async () => {
    const moved: string[] = [];
    for (const { name, text } of files) {
      const { rule } = parse(text) as { rule: Fields };
      if (rule["setup"] !== undefined || !/^## Setup$/m.test(String(rule["note"]))) continue;
      const [first] = await read(text);
      const { note, setup } = (first as SourceRule).value as { note: string; setup: string };
      moved.push(name);
      expect(note).not.toMatch(/^## Setup$/m);
      expect(setup.length).toBeGreaterThan(20);
      // What was cut out and what stayed is all that there was, but for the heading.
      const words = (of: string): string[] => of.trim().split(/\s+/);
      const left = new Set(words(`${note} ${setup} ## Setup`));
      expect(words(String(rule["note"])).filter((word) => !left.has(word))).toEqual([]);
    }
    expect(moved.length).toBeGreaterThan(10);
  });

  it("come out of an archive in any chunks, with the versions of a lock", async () => {
    const archive = zip(files.map(({ name, text }) => ({ name, data: text })));
    const ids = files.map(({ text }) => String((parse(text)["rule"] as Fields)["rule_id"]));
    const versions = new Map(ids.map((id, i) => [id, i + 1]));
    for (const size of [997, 1 << 16]) {
      const rules = (await read(archive, { size, versions })).filter((item) => item.kind === "rule");
      expect(rules.map(({ origin }) => origin.path)).toEqual(files.map(({ name }) => name));
      expect(rules.map(({ value }) => value["version"])).toEqual(ids.map((_, i) => i + 1));
    }
  });
});

describeConformance("answers of a real Kibana", "kibana-9.5.1-recordings", (folder) => {
  const answers = readdirSync(folder)
    .filter((name) => /^(?:rules|exception)_.*\.json$/.test(name))
    .map((name) => {
      const { response } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { response: Fields };
      return { name, response };
    });

  /** What comes of the answers that hold something. */
  const HOLDS: Readonly<Record<string, string>> = {
    "exception_item_create.json": "exception-item",
    "exception_list_create.json": "exception-list",
    "exception_list_get.json": "exception-list",
    "exception_list_items_find.json": "exception-item",
    "exception_lists_find.json": "exception-list",
    "rules_bulk_disable.json": "rule",
    "rules_create.json": "rule",
    "rules_delete.json": "rule",
    "rules_find.json": "rule",
    "rules_find_by_name.json": "rule",
    "rules_find_source_custom.json": "rule",
    "rules_get.json": "rule",
    "rules_patch.json": "rule",
  };

  it.each(answers)("$name", async ({ name, response }) => {
    if (typeof response["ndjson"] === "string") {
      expect((await read(response["ndjson"])).map(({ kind }) => kind)).not.toContain("problem");
      return;
    }
    const items = await read(lines(response));
    const kinds = new Set(items.filter((item) => "value" in item).map(({ kind }) => kind));
    expect([...kinds].join(" ")).toBe(HOLDS[name] ?? "");
    expect(await read(JSON.stringify(response, null, 2))).toHaveLength(items.length);
  });
});
