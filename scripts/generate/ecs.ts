/**
 * Writes `src/fields/ecs.generated.json`: the names and types of the Elastic Common Schema, from `@elastic/ecs`
 * (Apache-2.0). Names are grouped by type, because two thirds of them are `keyword`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EcsFlat, EcsVersion } from "@elastic/ecs";

interface EcsField {
  readonly type: string;
  readonly multi_fields?: readonly { readonly flat_name: string; readonly type: string }[];
}

/** Type → names, both sorted, so that a new version of ECS makes a small change. */
function grouped(entries: readonly (readonly [name: string, type: string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, type] of [...entries].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    (groups[type] ??= []).push(name);
  }
  return Object.fromEntries(Object.entries(groups).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

/** Writes the table and returns the file's path. */
export function generateEcs(root: string): string {
  const fields = Object.entries(EcsFlat as unknown as Record<string, EcsField>);
  const table = {
    source: `@elastic/ecs ${EcsVersion}`,
    fields: grouped(fields.map(([name, field]) => [name, field.type])),
    multiFields: grouped(
      fields.flatMap(([, field]) =>
        (field.multi_fields ?? []).map((multi) => [multi.flat_name, multi.type] as const),
      ),
    ),
  };
  const file = join(root, "src/fields/ecs.generated.json");
  writeFileSync(file, `${JSON.stringify(table)}\n`);
  return file;
}

if (process.argv[1] === import.meta.filename) {
  console.log(generateEcs(join(import.meta.dirname, "../..")));
}
