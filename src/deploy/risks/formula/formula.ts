/** What a query asks for, whatever its language: conditions joined by `and`, `or` and `not`. */
export type Formula =
  | { readonly kind: "all" | "any"; readonly of: readonly Formula[] }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "atom"; readonly text: string };

/** One of the conditions that all have to hold: it does where any of its options does. */
export interface Clause {
  readonly options: ReadonlySet<string>;
  /** Whether it only takes things out. */
  readonly excludes: boolean;
  /** For people. */
  readonly text: string;
}

export const atom = (text: string): Formula => ({ kind: "atom", text });
export const all = (of: readonly Formula[]): Formula => ({ kind: "all", of });
export const any = (of: readonly Formula[]): Formula => ({ kind: "any", of });
export const not = (of: Formula): Formula => ({ kind: "not", of });

/** The clauses that all have to hold. `not (a or b)` is two of them; nothing is multiplied out, so there are never more than conditions. */
export function clausesOf(formula: Formula, negated = false): Clause[] {
  if (formula.kind === "not") return clausesOf(formula.of, !negated);
  if (formula.kind === (negated ? "any" : "all"))
    return formula.of.flatMap((part) => clausesOf(part, negated));
  const options = optionsOf(formula, negated);
  const excludes = options.every((option) => option.negative);
  return [{ options: new Set(options.map(({ text }) => text)), excludes, text: textOf(formula, negated) }];
}

/** Whether the one clause cannot hold without the other. */
export function implies(one: Clause, other: Clause): boolean {
  return (
    one.options.size <= other.options.size && [...one.options].every((option) => other.options.has(option))
  );
}

interface Option {
  readonly text: string;
  readonly negative: boolean;
}

function optionsOf(formula: Formula, negated: boolean): Option[] {
  if (formula.kind === "not") return optionsOf(formula.of, !negated);
  if (formula.kind === (negated ? "all" : "any"))
    return formula.of.flatMap((part) => optionsOf(part, negated));
  return [{ text: textOf(formula, negated), negative: negated }];
}

/** The same text for the same condition, whatever the order of its parts. */
function textOf(formula: Formula, negated: boolean): string {
  if (formula.kind === "not") return textOf(formula.of, !negated);
  if (formula.kind === "atom") return negated ? `not ${formula.text}` : formula.text;
  const parts = formula.of.map((part) => textOf(part, false)).sort();
  const joined = `(${parts.join(formula.kind === "all" ? " and " : " or ")})`;
  return negated ? `not ${joined}` : joined;
}
