import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Writes a number of rules below `home`, with what they share: those of this repository, repeated under new ids and names. */
export function writeRules(root: string, home: string, count: number): void {
  cpSync(join(root, "rules/_shared"), join(home, "rules/_shared"), { recursive: true });
  const originals = readdirSync(join(root, "rules"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".rule.yml"))
    .map((file) => ({
      stem: basename(file, ".rule.yml"),
      text: readFileSync(join(root, "rules", file), "utf8"),
    }));
  for (let i = 0; i < count; i++) {
    const { stem, text } = originals[i % originals.length]!;
    const folder = join(home, "rules", `part-${i % 20}`);
    mkdirSync(folder, { recursive: true });
    const copy = text
      .replace(/^rule_id: .*$/m, `rule_id: bench-${i}`)
      .replace(/^name: (.*)$/m, (_, name: string) => `name: ${name} ${i}`);
    writeFileSync(join(folder, `${stem}-${i}.rule.yml`), copy);
  }
}
