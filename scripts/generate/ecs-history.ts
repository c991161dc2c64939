/**
 * Builds `schemas/vocabulary/ecs-history.json`: which version of the Elastic Common Schema brought a field, since
 * `@elastic/ecs` says it of none. Run by hand when a new version comes out: `tsx scripts/generate/ecs-history.ts
 * <history.json>`, where the history holds for each field its type and the first version that has it (8.0.0 for older
 * ones), and for each field that went the version that lacks it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EcsFlat } from "@elastic/ecs";
import { format, resolveConfig } from "prettier";

interface History {
  readonly fields: Readonly<Record<string, readonly [type: string, since: string]>>;
  readonly removed: Readonly<Record<string, string>>;
}

/** Older fields are there in every stack that kdac compiles for. */
const BASELINE = "8.0";

const file = join(import.meta.dirname, "../../schemas/vocabulary/ecs-history.json");
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("name the history to read");
const history = JSON.parse(readFileSync(path, "utf8")) as History;
const contents = {
  source: "Elastic Common Schema, https://github.com/elastic/ecs (Apache-2.0): its tags from v8.0.0 on",
  added: added(),
  newer: byName(absent().filter(([name]) => !Object.hasOwn(history.removed, name))),
  removed: byName(absent().filter(([name]) => Object.hasOwn(history.removed, name))),
};
const style = (await resolveConfig(file)) ?? {};
writeFileSync(file, await format(JSON.stringify(contents), { ...style, parser: "json" }));
console.log(`${file}: ${Object.values(contents.added).flat().length} fields`);

/** Version → the fields that came with it. A multi-field that came with its field goes without saying. */
function added(): Record<string, string[]> {
  const versions: Record<string, string[]> = {};
  for (const name of Object.keys(history.fields).sort()) {
    const since = sinceOf(name)!;
    if (since === BASELINE || Object.hasOwn(history.removed, name)) continue;
    if (!isField(name) && isField(parentOf(name)) && sinceOf(parentOf(name)) === since) continue;
    (versions[since] ??= []).push(name);
  }
  return Object.fromEntries(
    Object.entries(versions).sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })),
  );
}

/** Fields with a value of their own that the package does not have, nor anything below them. */
function absent(): [name: string, type: string][] {
  const known = [...Object.keys(EcsFlat), ...Object.values(EcsFlat).flatMap(multiFields)];
  return Object.entries(history.fields)
    .filter(([name]) => !known.some((other) => other === name || other.startsWith(`${name}.`)))
    .map(([name, [type]]): [string, string] => [name, type])
    .filter(([, type]) => type !== "object" && type !== "nested");
}

function byName(entries: readonly [string, string][]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Major and minor: patches bring no fields, and what comes with the next version counts from there. */
function sinceOf(name: string): string | undefined {
  return history.fields[name]?.[1].split(".").slice(0, 2).join(".");
}

function isField(name: string): boolean {
  return Object.hasOwn(EcsFlat, name);
}

function parentOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}

function multiFields(field: unknown): string[] {
  const { multi_fields } = field as { multi_fields?: readonly { flat_name: string }[] };
  return (multi_fields ?? []).map(({ flat_name }) => flat_name);
}
