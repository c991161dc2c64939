import type { esql } from "../../../query/index.js";
import { all, any, atom, type Formula, not } from "./formula.js";
import type { Shape } from "./of-query.js";

/** Commands after which a row less can only mean fewer results. */
const BY_ROW: ReadonlySet<string> = new Set([
  "where",
  "eval",
  "keep",
  "drop",
  "rename",
  "dissect",
  "grok",
  "enrich",
  "mv_expand",
  "sort",
]);

/** The conditions in the `WHERE` commands of an ES|QL query; its other commands make the frame. */
export function esqlShape({ settings, source, commands }: esql.Query, text: string): Shape {
  const written = ({ start, end }: { start: number; end: number }): string =>
    text.slice(start, end).replace(/\s+/g, " ");
  const ofExpression = (node: esql.Expression): Formula => {
    switch (node.kind) {
      case "and":
        return all(node.operands.map(ofExpression));
      case "or":
        return any(node.operands.map(ofExpression));
      case "not":
        return not(ofExpression(node.operand));
      case "comparison":
        return node.operator === "!="
          ? not(atom(`${written(node.left)} == ${written(node.right)}`))
          : atom(written(node));
      case "in": {
        const values = node.values.map((value) => atom(`${written(node.operand)} IN ${written(value)}`));
        return node.negated ? not(any(values)) : any(values);
      }
      case "like": {
        const operator = node.operator.toUpperCase();
        const patterns = node.patterns.map((each) =>
          atom(`${written(node.operand)} ${operator} ${written(each)}`),
        );
        return node.negated ? not(any(patterns)) : any(patterns);
      }
      case "is-null": {
        const isNull = atom(`${written(node.operand)} IS NULL`);
        return node.negated ? not(isNull) : isNull;
      }
      default:
        return atom(written(node));
    }
  };
  // A condition acts on what the commands before it made, so where it stands is of the frame; several in a row are one.
  const frame = commands.map((command) => (command.kind === "where" ? "where" : written(command)));
  return {
    steps: [
      all(commands.flatMap((command) => (command.kind === "where" ? [ofExpression(command.condition)] : []))),
    ],
    frame: JSON.stringify([
      ...settings.map(written),
      written(source),
      ...frame.filter((part, i) => part !== "where" || frame[i - 1] !== "where"),
    ]),
    monotone: commands.every(({ kind }) => BY_ROW.has(kind)),
  };
}
