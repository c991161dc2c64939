import { visible } from "../../report/index.js";
import type { Palette } from "../render/text.js";
import type { Check, CheckStatus, Doctor, Examination } from "./types.js";

const SYMBOLS: Readonly<Record<CheckStatus, string>> = { ok: "✓", warning: "!", problem: "✗", skipped: "-" };

/** What was found, for people at a terminal: a line for each check, and below it what to do where something is to be done. */
export function renderDoctor(doctor: Doctor, palette: Palette): string {
  return [
    ...doctor.environments.flatMap((environment) => environmentLines(environment, palette)),
    palette.bold(sentence(doctor)),
    "",
  ].join("\n");
}

function environmentLines({ environment, url, kibana, checks }: Examination, palette: Palette): string[] {
  const place = [...(url === null ? [] : [url]), ...(kibana === null ? [] : [`Kibana ${kibana}`])].join(", ");
  const width = Math.max(0, ...checks.map(({ title }) => title.length));
  const spaces = [...new Set(checks.map(({ space }) => space))];
  return [
    palette.bold(`Environment ${visible(environment)}${place === "" ? "" : ` (${visible(place)})`}`),
    ...spaces.flatMap((space) => [
      ...(space === undefined ? [] : [palette.bold(`  Space ${visible(space)}`)]),
      ...checks.filter((one) => one.space === space).flatMap((one) => checkLines(one, width, palette)),
    ]),
    "",
  ];
}

function checkLines({ status, title, message, help }: Check, width: number, palette: Palette): string[] {
  const paint = { ok: palette.green, warning: palette.yellow, problem: palette.red, skipped: palette.dim }[
    status
  ];
  const text = `${title.padEnd(width)}  ${visible(message)}`;
  return [
    `  ${paint(SYMBOLS[status])} ${status === "skipped" ? palette.dim(`${text} (skipped)`) : text}`,
    ...(help === undefined ? [] : [`    ${" ".repeat(width)}  help: ${visible(help)}`]),
  ];
}

function sentence({ summary, environments }: Doctor): string {
  if (environments.length === 0) return "The configuration has no environments: there is nothing to examine.";
  const { problem, warning, ok } = summary;
  const parts = [
    ...(problem === 0 ? [] : [`${problem} ${problem === 1 ? "problem" : "problems"}`]),
    ...(warning === 0 ? [] : [`${warning} ${warning === 1 ? "warning" : "warnings"}`]),
  ];
  return parts.length === 0 ? `All ${ok} checks are fine.` : `${parts.join(", ")}; ${ok} checks are fine.`;
}
