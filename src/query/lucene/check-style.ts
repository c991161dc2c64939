import { type Findings, isStarMeant, MAX_DEPTH, quoted } from "../core/index.js";
import type { Clause, FieldName, Node, Query, Term, Word } from "./ast.js";
import { comparisonOf, wordsOf } from "./condition.js";
import { isOperatorWord } from "./operator-words.js";
import { printNode } from "./print.js";

/** Reports what Elasticsearch takes and reads otherwise than it looks. */
export function checkStyle({ clauses }: Query, findings: Findings): void {
  checkLevel(clauses, undefined, findings, 0);
}

function checkLevel(
  clauses: readonly Clause[],
  field: FieldName | undefined,
  findings: Findings,
  depth: number,
): void {
  if (depth > MAX_DEPTH) return;
  checkOperators(clauses, findings);
  for (const [index, clause] of clauses.entries()) {
    const { node } = clause;
    if (node.kind === "group") checkLevel(node.clauses, node.field ?? field, findings, depth + 1);
    else if (node.kind === "phrase") {
      const name = (node.field ?? field)?.name;
      if (
        node.text.includes("*") &&
        !isStarMeant(node.text, name, clauses.length > 1 && node.field === undefined)
      )
        findings.add("lucene/wildcard-in-quotes", {}, node);
    } else if (node.kind === "term") checkTerm(node, node.field ?? field, clauses, index, findings);
    if (field === undefined) checkNoField(clause, clauses[index - 1], findings);
  }
}

/** AND and OR on one level, and NOT beside OR. */
function checkOperators(clauses: readonly Clause[], findings: Findings): void {
  const first = clauses[0];
  if (first === undefined || clauses.length < 2) return;
  const ignored = clauses.filter(({ occur }) => occur === "should");
  const has = (operator: "and" | "or"): boolean =>
    clauses.some(({ conjunction }) => conjunction === operator);
  const hasOr = has("or");
  const span = { start: first.start, end: clauses.at(-1)!.end };
  if (has("and") && (hasOr || ignored.length > 0)) {
    const [some] = ignored;
    const help =
      some === undefined
        ? {}
        : { help: `${quoted(brief(some))} has no say; put brackets around what belongs together` };
    const place = some === undefined ? span : { start: some.node.start, end: some.node.end };
    findings.add("lucene/mixed-operators", { meaning: meaningOf(clauses) }, place, help);
    return;
  }
  if (!hasOr) return;
  const forbidden = clauses.find(
    ({ occur, conjunction }, index) =>
      occur === "must_not" && (conjunction === "or" || clauses[index + 1]?.conjunction === "or"),
  );
  if (forbidden === undefined) return;
  const { start, end } = forbidden;
  findings.add("lucene/or-not", { meaning: meaningOf(clauses) }, { start, end });
}

const SIGNS = { must: "+", must_not: "-", should: "" } as const;

/** The clauses as the parser reads them: `+a -b c`. */
function meaningOf(clauses: readonly Clause[]): string {
  const most = 5;
  const shown = clauses.slice(0, most).map((clause) => SIGNS[clause.occur] + brief(clause));
  return [...shown, ...(clauses.length > most ? ["…"] : [])].join(" ");
}

function brief({ node }: Clause): string {
  if (node.kind === "error") return "…";
  const most = 30;
  const text = printNode(
    node.kind === "group" ? { ...node, clauses: node.clauses.slice(0, 1) } : node,
  ).trim();
  const isCut = node.kind === "group" && node.clauses.length > 1;
  if (isCut) return `${text.slice(0, Math.min(most, text.lastIndexOf(")")))}…)`;
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function checkTerm(
  term: Term,
  field: FieldName | undefined,
  beside: readonly Clause[],
  index: number,
  findings: Findings,
): void {
  const comparison = field === undefined ? undefined : comparisonOf(term);
  const bound = comparison?.low ?? comparison?.high;
  const text = wordsOf(term);
  if (
    field !== undefined &&
    (text === ">" || text === "<" || bound === "=" || bound?.startsWith(" ") === true)
  ) {
    const operator = /^[<>]=?/.exec(text)?.[0] ?? text;
    findings.add("lucene/detached-comparison", { operator: quoted(operator) }, term.words[0]!);
    return;
  }
  const isAlone = term.words.length === 1 && (term.field !== undefined || beside.length === 1);
  for (const [at, word] of term.words.entries()) {
    const operator = isAlone ? undefined : operatorOf(word);
    if (operator !== undefined) {
      findings.add("lucene/lower-case-operator", { word: word.text, operator }, word);
    } else if (isForeign(word.text, field) || (isWhere(term, at) && index === 0)) {
      const isUnequal = beside[index]!.modifier === "NOT" && at === 0 && word.text.startsWith("=");
      findings.add("lucene/foreign-operator", { text: quoted(`${isUnequal ? "!" : ""}${word.text}`) }, word);
    }
  }
}

/** `and` for AND; not where the word is escaped, which is how one says that the word is meant. */
function operatorOf({ text, start, end }: Word): string | undefined {
  return isOperatorWord(text) && end - start === text.length ? text.toUpperCase() : undefined;
}

/** `==`, `=`, `|`, `&`, `a=b`, `a&&b`; and `>5`, which compares only after a field's name. */
function isForeign(text: string, field: FieldName | undefined): boolean {
  if (/^(?:[=!<>]=|<>|=~|=|\||&|\|\||&&)$/.test(text)) return true;
  if (field !== undefined) return false;
  return text.startsWith("=") || /^[<>]/.test(text) || /^[\w.@-]+==?[^=]/.test(text) || /&&|\|\|/.test(text);
}

/** `process where …` */
function isWhere({ words, field }: Term, at: number): boolean {
  return at === 1 && field === undefined && words[1]!.text === "where";
}

/** A condition without a field right after one that has a field, with nothing that joins them. */
function checkNoField(
  { conjunction, modifier, node }: Clause,
  before: Clause | undefined,
  findings: Findings,
): void {
  if (conjunction !== undefined || modifier !== undefined || before === undefined) return;
  if (node.kind === "error" || node.kind === "group" || node.kind === "range" || node.field !== undefined)
    return;
  if (before.node.kind === "error" || before.node.kind === "group" || before.node.field === undefined) return;
  const { start, end } = node;
  if (before.end === start || isReported(node) || isReported(before.node)) return;
  findings.add("lucene/no-field", { text: quoted(printNode(node).trim()) }, { start, end });
}

/** Whether a condition has a finding of its own that says the same, such as an operator in lower case. */
function isReported(node: Node): boolean {
  return (
    node.kind === "term" &&
    node.words.some(({ text }) => isOperatorWord(text) || isForeign(text, node.field) || /^[<>]$/.test(text))
  );
}
