/**
 * Makes everything that follows from the schemas and the registry: `npm run generate`. Validators are left out of git, all else is
 * committed. The table of ECS follows from a package. What comes from elsewhere (`attack.ts`, `ecs-history.ts`) is made by hand when
 * a new version is out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeEcs } from "./ecs.js";
import { findings } from "./findings.js";
import { root } from "./schemas.js";
import { writeTypes } from "./types.js";
import { writeValidators } from "./validators.js";

await writeValidators();
await writeTypes();
writeEcs(fileURLToPath(root));
const { path, text } = findings();
const file = new URL(path, root);
if (current(file) !== text) writeFileSync(file, text);

function current(of: URL): string | undefined {
  try {
    return readFileSync(of, "utf8");
  } catch {
    return undefined;
  }
}
