/**
 * Builds `schemas/attack/enterprise-<version>.json`: what kdac needs of MITRE ATT&CK and no more. Run by hand when a new
 * version comes out: `tsx scripts/generate/attack.ts <table.json>…`, where a table lists the tactics (id, name, shortname)
 * and the techniques (id, name, shortnames of their tactics, revoked, revokedBy, deprecated) of one version.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Table {
  readonly $comment: string;
  readonly attackVersion: string;
  readonly matrices: readonly { readonly tactics: readonly string[] }[];
  readonly tactics: readonly { readonly id: string; readonly name: string; readonly shortname: string }[];
  readonly techniques: readonly {
    readonly id: string;
    readonly name: string;
    readonly tactics?: readonly string[];
    readonly revoked?: boolean;
    readonly revokedBy?: string;
    readonly deprecated?: boolean;
  }[];
}

const folder = join(import.meta.dirname, "../../schemas/attack");
mkdirSync(folder, { recursive: true });

for (const path of process.argv.slice(2)) {
  const table = JSON.parse(readFileSync(path, "utf8")) as Table;
  const file = join(folder, `enterprise-${table.attackVersion}.json`);
  writeFileSync(file, compact(table));
  console.log(`${file}: ${table.tactics.length} tactics, ${table.techniques.length} techniques`);
}

/** One line a tactic and a technique, so that a new version is a readable change. */
function compact(table: Table): string {
  const order = table.matrices[0]?.tactics ?? [];
  const tactics = table.tactics.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const idOf = new Map(tactics.map((tactic) => [tactic.shortname, tactic.id]));
  const techniques = table.techniques
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((technique) => ({
      id: technique.id,
      name: technique.name,
      tactics: (technique.tactics ?? []).map((shortname) => idOf.get(shortname) ?? shortname),
      ...(technique.revokedBy === undefined ? {} : { revoked_by: technique.revokedBy }),
      ...(technique.revoked === true && technique.revokedBy === undefined ? { revoked: true } : {}),
      ...(technique.deprecated === true ? { deprecated: true } : {}),
    }));
  const lines = (items: readonly unknown[]): string =>
    items.map((item) => `  ${JSON.stringify(item)}`).join(",\n");
  return [
    "{",
    `"notice": ${JSON.stringify(notice(table.$comment))},`,
    `"version": ${JSON.stringify(table.attackVersion)},`,
    `"tactics": [\n${lines(tactics.map(({ id, name, shortname }) => ({ id, name, shortname })))}\n],`,
    `"techniques": [\n${lines(techniques)}\n]`,
    "}\n",
  ].join("\n");
}

/** MITRE's own notice, without what the table's maker added about its sources. */
function notice(comment: string): string {
  return comment.split(" Unofficial:")[0]!.split(" See LICENSE:")[0]!;
}
