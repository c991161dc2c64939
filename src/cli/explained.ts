import type { Explanation } from "../query/index.js";
import { visible, type Palette } from "../report/index.js";

/** Columns of a condition that are shown. */
const WIDTH = 100;

/** A tree of conditions, each with its verdict and its text in the query; those that decide are bright, the others dim. */
export function explained(text: string, explanation: Explanation, palette: Palette): string {
  const lines: string[] = [];
  const walk = (node: Explanation, depth: number, decides: boolean): void => {
    const mark = node.matched ? palette.green("✓") : palette.red("✗");
    const words = node.kind === "leaf" ? piece(text, node) : node.kind;
    lines.push(`${"  ".repeat(depth)}${mark} ${decides ? words : palette.dim(words)}`);
    for (const child of node.children ?? []) walk(child, depth + 1, decides && isDecisive(node, child));
  };
  walk(explanation, 1, true);
  return `${lines.join("\n")}\n`;
}

/** Whether a part by itself makes its whole what it is: the false part of an `and`, the true part of an `or`. */
function isDecisive(node: Explanation, child: Explanation): boolean {
  return node.kind === "not" || node.matched === child.matched;
}

function piece(text: string, { start, end }: Explanation): string {
  const words = visible(text.slice(start, end).replace(/\s+/g, " "));
  return words.length > WIDTH ? `${words.slice(0, WIDTH)}…` : words;
}
