/**
 * What a plan costs that changes nothing: `tsx scripts/bench/deploy.ts [rules, default 2000] [spaces, default 10]`, after
 * `npm run build`. The rules are those of this repository, repeated under new ids and names. The embedded Kibana runs
 * in a process of its own, and what it costs is told apart: CPU and memory of the plan are those of `kdac plan` alone.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { line, measure } from "./measure.js";
import { writeRules } from "./rules.js";

const [rules = 2000, spaces = 10] = process.argv.slice(2, 4).map(Number);
const root = join(import.meta.dirname, "../..");
const cli = process.argv[4] ?? join(root, "dist/kdac.js");
const home = mkdtempSync(join(tmpdir(), "kdac-bench-"));
const ids = Array.from({ length: spaces }, (_, i) => `space-${i}`);
let server: ChildProcess | undefined;
try {
  writeProject();
  server = spawn(process.execPath, [cli, "kibana", "--port", "0", ...ids.flatMap((id) => ["--space", id])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  Object.assign(process.env, await variables(server));
  const began = kibanaSeconds(server);
  kdac("apply", "--env", "bench", "--yes", "--quiet");
  const applied = kibanaSeconds(server);
  const empty = measure(["-e", ""]);
  console.log(line("empty Node", empty, empty));
  const args = [cli, "plan", "--env", "bench", "--quiet"];
  console.log(line(`plan ${rules} rules × ${spaces} spaces`, measure(args, { cwd: home, runs: 1 }), empty));
  console.log(line(`validate ${rules} rules`, measure([cli, "validate"], { cwd: home, runs: 1 }), empty));
  const planned = kibanaSeconds(server);
  console.log(
    `embedded Kibana: ${(applied - began).toFixed(1)} s CPU for the apply, ${(planned - applied).toFixed(1)} s for the plan`,
  );
  console.log(kdac("plan", "--env", "bench", "--quiet").trim().split("\n").at(-1));
} finally {
  server?.kill();
  rmSync(home, { recursive: true, force: true });
}

function writeProject(): void {
  writeRules(root, home, rules);
  for (const file of readdirSync(join(home, "rules"), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".connector.yml")) continue;
    const text = readFileSync(join(home, "rules", file), "utf8");
    for (const [, name] of text.matchAll(/\$\{(\w+)\}/g)) process.env[name!] ??= "https://bench.example.com";
  }
  const config = readFileSync(join(root, "kdac.config.yml"), "utf8").replace(/^environments:[^]*/m, "");
  const environment = `environments:\n  bench:\n    url: \${KIBANA_URL}\n    api_key: \${KIBANA_API_KEY}\n    spaces: [${ids.join(", ")}]\n`;
  writeFileSync(join(home, "kdac.config.yml"), `${config}\n${environment}`);
}

/** The address and key that the server prints. */
function variables(child: ChildProcess): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const found = [...text.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!]);
      if (found.length === 2) resolve(Object.fromEntries(found) as Record<string, string>);
    });
    child.once("exit", () => reject(new Error(`the embedded Kibana stopped: ${text}`)));
  });
}

function kdac(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: home,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0)
    throw new Error(
      `kdac ${args.join(" ")} ended with ${status}: ${stdout.slice(-800)}${stderr.slice(-800)}`,
    );
  return stdout;
}

/** CPU seconds of the embedded Kibana until now, as Linux tells them; 0 elsewhere. */
function kibanaSeconds({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
