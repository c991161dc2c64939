/**
 * Runs every folder `test/cases/<command>/<case>/`: `command.txt` holds the arguments, `input/` is the project,
 * `stdout.txt` what is printed and, where the run does not end with 0, `exit.txt` how it ends. `UPDATE_CASES=1`
 * writes what was printed; read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kdac, words } from "../support/cli.js";

const here = import.meta.dirname;
const folders = (at: string): string[] =>
  readdirSync(at, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

describe.each(folders(here))("%s", (command) => {
  it.each(folders(join(here, command)))("%s", async (name) => {
    const at = join(here, command, name);
    const args = words(readFileSync(join(at, "command.txt"), "utf8").trim());
    const { exit, out } = await kdac([command, ...args], { cwd: join(at, "input") });
    const exitFile = join(at, "exit.txt");
    if (process.env.UPDATE_CASES !== undefined) {
      writeFileSync(join(at, "stdout.txt"), out);
      if (exit !== 0) writeFileSync(exitFile, `${exit}\n`);
    }
    expect(out).toBe(readFileSync(join(at, "stdout.txt"), "utf8"));
    expect(exit).toBe(existsSync(exitFile) ? Number(readFileSync(exitFile, "utf8")) : 0);
  });
});
