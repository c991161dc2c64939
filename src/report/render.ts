import { github } from "./github.js";
import type { ReportInput } from "./input.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import type { Palette } from "./palette.js";
import { pretty } from "./pretty.js";
import { sarif } from "./sarif.js";

const reporters = { pretty, json, github, sarif, junit } as const;

export type ReportFormat = keyof typeof reporters;

/** The formats in which findings can be printed; the first is the one for people. */
export const reportFormats = Object.keys(reporters) as readonly ReportFormat[];

/** The findings of a run as text, ending in a line break. Only `pretty` uses the palette. */
export function render(format: ReportFormat, input: ReportInput, palette?: Palette): string {
  return format === "pretty" ? pretty(input, palette) : reporters[format](input);
}
