import { run, type RunAnswer, type RunOptions } from "../../../../src/query/esql/index.js";

export const NOW = Date.UTC(2025, 0, 1);

/** The answer of a query that runs. */
export function answer(query: string, options: RunOptions = {}): RunAnswer {
  const result = run(query, { now: NOW, ...options });
  if ("notRun" in result) throw new Error(result.notRun.message);
  return result;
}

/** The value and the type of an expression, and its warnings without their places. */
export function valueOf(expression: string): {
  value: unknown;
  type: string;
  warnings: string[];
} {
  const { values, columns, warnings } = answer(`ROW x = ${expression} | LIMIT 1`);
  return {
    value: values[0]![0],
    type: columns[0]!.type,
    warnings: warnings.map((text) => text.replace(/^Line \d+:\d+: /, "")),
  };
}

/** The rows of a query, without their columns' names. */
export function rowsOf(query: string, options: RunOptions = {}): readonly (readonly unknown[])[] {
  return answer(query, options).values;
}
