import type { ApplyResult, ChangeResult } from "../apply/types.js";
import { code, fitted, inline } from "./markup.js";
import { KIND_NAMES, resultSentence } from "./summary.js";

/** Changes that were made are named up to this many in each space; the rest is counted. */
const MOST_NAMED = 50;

/** What an apply did, for the summary of a CI job: what went wrong first, with the reason. */
export function renderResultMarkdown(result: ApplyResult): string {
  const { environment, url, spaces, snapshot, stopped } = result;
  const head = [
    `## Applied to ${inline(environment)} (${inline(url)})\n\n**${inline(resultSentence(result))}**\n`,
    ...(stopped === undefined ? [] : [`The run ended early: ${inline(stopped)}\n`]),
    ...(snapshot === undefined
      ? []
      : [`Way back: ${code(`kdac rollback ${snapshot} --env ${environment}`)}\n`]),
  ];
  const parts = spaces.flatMap(({ space, results }) => {
    const wrong = results.filter(({ outcome }) => outcome !== "done");
    const done = results.filter(({ outcome }) => outcome === "done");
    if (results.length === 0) return [];
    return [
      `### Space ${code(space)}\n`,
      ...(wrong.length === 0 ? [] : [table(wrong)]),
      ...(done.length === 0
        ? []
        : [
            `<details><summary>${done.length} made</summary>\n\n${table(done.slice(0, MOST_NAMED))}${
              done.length > MOST_NAMED ? `\n…and ${done.length - MOST_NAMED} more.\n` : ""
            }\n</details>\n`,
          ]),
    ];
  });
  return fitted([...head, ...parts]);
}

function table(results: readonly ChangeResult[]): string {
  const rows = results.map(({ outcome, action, kind, name, id, reason, help, notes = [] }) => {
    const why = [reason, help, ...notes].filter((text) => text !== undefined).join("; ");
    return `| ${outcome === "done" ? action : `${action}: **${outcome}**`} | ${KIND_NAMES[kind]} | ${inline(name)} | ${code(id)} | ${inline(why)} |`;
  });
  return `${["| | | Name | Id | |", "|---|---|---|---|---|", ...rows].join("\n")}\n`;
}
