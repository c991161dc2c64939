/**
 * What validating and exporting many rules costs. The rules are those of this repository, repeated under new ids and
 * names into a folder of their own: `tsx scripts/bench/validate.ts [how many, default 2000]`. Run after `npm run build`.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { line, measure } from "./measure.js";

const wanted = Number(process.argv[2] ?? 2000);
const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/kdac.js");
const home = mkdtempSync(join(tmpdir(), "kdac-bench-"));
try {
  cpSync(join(root, "rules/_shared"), join(home, "rules/_shared"), { recursive: true });
  cpSync(join(root, "kdac.config.yml"), join(home, "kdac.config.yml"));
  const originals = readdirSync(join(root, "rules"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".rule.yml"))
    .map((file) => ({
      stem: basename(file, ".rule.yml"),
      text: readFileSync(join(root, "rules", file), "utf8"),
    }));
  for (let i = 0; i < wanted; i++) {
    const { stem, text } = originals[i % originals.length]!;
    const folder = join(home, "rules", `part-${i % 20}`);
    mkdirSync(folder, { recursive: true });
    const copy = text
      .replace(/^rule_id: .*$/m, `rule_id: bench-${i}`)
      .replace(/^name: (.*)$/m, (_, name: string) => `name: ${name} ${i}`);
    writeFileSync(join(folder, `${stem}-${i}.rule.yml`), copy);
  }
  const empty = measure(["-e", ""]);
  console.log(line("empty Node", empty, empty));
  console.log(line(`validate ${wanted} rules`, measure([cli, "validate"], { cwd: home }), empty));
  console.log(
    line(`export ${wanted} rules`, measure([cli, "export", "--out", "out.ndjson"], { cwd: home }), empty),
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
