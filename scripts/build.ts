/**
 * Builds what is published: `dist/kdac.js` (the command line, one chunk a command, loaded when it runs),
 * `dist/index.js` (the library), `dist/query.js` (the query languages), `dist/detect.js` (the detection engine) and `dist/types` (their
 * declarations). Every
 * dependency is bundled, so that an installed kdac needs nothing else, `@kbn/securitysolution-io-ts-alerting-types`
 * included.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { plainYamlState } from "./plain-yaml-state.js";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

rmSync(dist, { recursive: true, force: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    kdac: "scripts/kdac.ts",
    index: "src/index.ts",
    query: "src/query/index.ts",
    detect: "src/detect/index.ts",
  },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  metafile: true,
  plugins: [plainYamlState],
  // Less to read at each start; names stay, so that a stack trace can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  // Bundled CommonJS packages still call `require` for Node's own modules.
  banner: {
    js: 'import { createRequire as __kdacRequire } from "node:module"; const require = __kdacRequire(import.meta.url);',
  },
  logLevel: "warning",
});
chmodSync(join(dist, "kdac.js"), 0o755);
writeFileSync(join(dist, "THIRD-PARTY.md"), thirdParty(metafile));
execFileSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", "scripts/tsconfig.types.json"],
  {
    cwd: root,
    stdio: "inherit",
  },
);

/** The licences of the packages whose code went into the bundle, as those licences ask. */
function thirdParty(meta: Metafile): string {
  const folders = new Set<string>();
  for (const input of Object.keys(meta.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match !== null) folders.add(match[1]!);
  }
  const sections = [...folders].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
      name: string;
      version: string;
      license?: string;
    };
    return `## ${manifest.name} ${manifest.version}\n\nLicence: ${manifest.license ?? "see its package"}\n\n${licenceText(join(root, folder))}`;
  });
  return `# Packages bundled into kdac\n\n${sections.join("\n")}`;
}

function licenceText(folder: string): string {
  for (const name of ["LICENSE", "LICENSE.md", "LICENSE.txt", "license", "LICENCE"]) {
    try {
      return `\`\`\`text\n${readFileSync(join(folder, name), "utf8").trim()}\n\`\`\`\n`;
    } catch {
      // Packages spell the file's name in many ways; try the next.
    }
  }
  return "";
}
