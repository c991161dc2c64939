import type { Completion } from "../../ast.js";
import { NotRun } from "../not-run.js";
import type { Table } from "../table/index.js";
import type { Cell } from "../values/index.js";
import { type Context, expressionOf } from "./context.js";
import { withComputed } from "./eval.js";

/** `COMPLETION answer = prompt`: the answers are given beforehand, since no model is asked. */
export function runCompletion(completion: Completion, table: Table, context: Context): Table {
  const prompt = expressionOf(completion.prompt, table, context);
  const { completions } = context.environment;
  const { target } = completion;
  const name = target?.kind === "column" ? target.name : "completion";
  const answer = (cell: Cell): Cell => {
    if (cell === null) return null;
    const given = completions.get(cell as string) ?? completions.get("*");
    if (given === undefined)
      throw new NotRun("COMPLETION", completion, "there is no answer for one of its prompts");
    return given;
  };
  return withComputed(table, [
    {
      attribute: { name, type: "keyword" },
      expr: { type: "keyword", run: (page) => prompt.run(page).map(answer) },
    },
  ]);
}
