import { jsonText } from "../../report/index.js";
import { didYouMean } from "../../diagnostics/index.js";
import { type Explanation, explanations } from "../../report/explain.js";
import { Exit, type Io, UsageError } from "../io.js";
import { wrap } from "../wrap.js";

/** `kdac explain [code]`: what a finding means and how to fix it. */
export function explain(io: Io, code: string | undefined, options: { format: string }): Exit {
  const all = explanations();
  const chosen = code === undefined ? all : all.filter((entry) => entry.code === code);
  if (chosen.length === 0) {
    const guess = didYouMean(
      code ?? "",
      all.map((entry) => entry.code),
    );
    throw new UsageError(
      `there is no finding "${code}"${guess === undefined ? "; kdac explain lists all" : `; ${guess}`}`,
    );
  }
  if (options.format === "json") {
    io.out(jsonText({ version: 1, summary: { codes: chosen.length }, codes: chosen }));
  } else if (code === undefined) {
    const width = Math.max(...chosen.map((entry) => entry.code.length));
    for (const entry of chosen)
      io.out(`${io.palette.bold(entry.code.padEnd(width))}  ${entry.severity.padEnd(7)}  ${entry.message}\n`);
  } else {
    for (const entry of chosen) io.out(page(entry, io));
  }
  return Exit.Clean;
}

function page({ code, severity, invalid, message, help, why, fix }: Explanation, { palette }: Io): string {
  const parts = [
    `${palette.bold(code)} (${severity}${invalid === undefined ? "" : ", cannot be lowered or suppressed"})`,
    `  ${message}`,
    ...(help === undefined ? [] : [palette.dim(wrap(help, 2))]),
    palette.bold("Why"),
    wrap(why, 2),
    palette.bold("What to do"),
    wrap(fix, 2),
  ];
  return `${parts.join("\n\n")}\n`;
}
