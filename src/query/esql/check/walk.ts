import type { Expression } from "../ast.js";

/** The expressions that stand directly in an expression, from left to right. Subqueries are left out. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.operands;
    case "not":
    case "negation":
    case "is-null":
    case "cast":
    case "like":
      return [node.operand];
    case "comparison":
    case "arithmetic":
      return [node.left, node.right];
    case "in":
      return [node.operand, ...node.values];
    case "in-subquery":
      return node.operands;
    case "match":
      return [node.operand, node.query];
    case "call":
      return node.args;
    case "list":
      return node.values;
    default:
      return [];
  }
}

/** The expression and all that stands in it, at any depth. */
export function* partsOf(expression: Expression): Iterable<Expression> {
  const open: Expression[] = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at--) open.push(children[at]!);
  }
}

/** Whether the expression, or one in it at any depth, is as asked. */
export function some(expression: Expression, test: (node: Expression) => boolean): boolean {
  for (const node of partsOf(expression)) if (test(node)) return true;
  return false;
}

/**
 * A text that two expressions have in common when they mean the same: without places and without case of functions.
 * Undefined where it would be longer than `most`.
 */
export function fingerprint(expression: Expression, most: number): string | undefined {
  let text = "";
  const open: (Expression | string)[] = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === "string") {
      text += node;
      continue;
    }
    text += `${headOf(node)}(`;
    if (text.length > most) return undefined;
    open.push(")");
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at--) open.push(children[at]!, ",");
  }
  return text;
}

/** What an expression says beside its parts. */
function headOf(node: Expression): string {
  switch (node.kind) {
    case "literal":
      return `${node.type}:${typeof node.value === "string" ? JSON.stringify(node.value) : String(node.value)}`;
    case "timespan":
      return `timespan:${node.amount} ${node.unit}`;
    case "column":
      return `column:${JSON.stringify(node.name)}`;
    case "call":
      return `call:${node.name.toLowerCase()}${node.star ? "*" : ""}`;
    case "comparison":
    case "arithmetic":
      return `${node.kind}:${node.operator}`;
    case "cast":
      return `cast:${node.type.toLowerCase()}`;
    case "is-null":
    case "in":
      return `${node.kind}:${node.negated}`;
    case "like":
      return `${node.operator}:${node.negated}:${JSON.stringify(node.patterns.map(headOf))}`;
    default:
      // What cannot be compared is like itself only.
      return node.kind === "and" || node.kind === "or" || node.kind === "not" || node.kind === "list"
        ? node.kind
        : `${node.kind}@${node.start}`;
  }
}
