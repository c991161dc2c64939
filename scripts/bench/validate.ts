/**
 * What validating and exporting many rules costs. The rules are those of this repository, repeated under new ids and
 * names into a folder of their own: `tsx scripts/bench/validate.ts [how many, default 2000]`. Run after `npm run build`.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { line, measure } from "./measure.js";
import { writeRules } from "./rules.js";

const wanted = Number(process.argv[2] ?? 2000);
const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/kdac.js");
const home = mkdtempSync(join(tmpdir(), "kdac-bench-"));
try {
  cpSync(join(root, "kdac.config.yml"), join(home, "kdac.config.yml"));
  writeRules(root, home, wanted);
  const empty = measure(["-e", ""]);
  console.log(line("empty Node", empty, empty));
  console.log(line(`validate ${wanted} rules`, measure([cli, "validate"], { cwd: home }), empty));
  console.log(
    line(`export ${wanted} rules`, measure([cli, "export", "--out", "out.ndjson"], { cwd: home }), empty),
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
