import type { Condition, Literal, Name, Query, Value, Values } from "./ast.js";
import { isSpace, isSpecial, keywordLength } from "./lexer.js";
import { spread } from "./spread.js";

export interface PrintOptions {
  /**
   * `kibana` prints as Kibana's own code does: keywords in capitals, every chain in brackets, groups of values as
   * conditions of their own.
   */
  readonly style?: "kibana" | "plain";
}

/**
 * A query in its canonical form, in one line, with no more brackets than needed to read the same tree back. What could
 * not be read stands there as it was written.
 */
export function print({ body }: Query, { style = "plain" }: PrintOptions = {}): string {
  return body === undefined ? "" : new Printer(style === "kibana").print(body);
}

type Node = Condition | Values;

class Printer {
  readonly #isKibana: boolean;

  constructor(isKibana: boolean) {
    this.#isKibana = isKibana;
  }

  print(node: Node): string {
    switch (node.kind) {
      case "and":
      case "or": {
        const operands = node.operands.map((each) =>
          this.#needsBrackets(each, node.kind) ? `(${this.print(each)})` : this.print(each),
        );
        const chain = operands.join(` ${this.#keyword(node.kind)} `);
        return this.#isKibana ? `(${chain})` : chain;
      }
      case "not": {
        const operand = this.print(node.operand);
        const brackets = isChain(node.operand) ? !this.#isKibana : node.operand.kind === "not";
        return `${this.#keyword("not")} ${brackets ? `(${operand})` : operand}`;
      }
      case "is":
        return this.#is(node);
      case "range":
        return `${printName(node.field)} ${node.operator} ${printValue(node.value)}`;
      case "nested":
        return `${printName(node.path)}: { ${this.print(node.body)} }`;
      case "value":
        return printValue(node);
      case "error":
        return node.text;
    }
  }

  #is(node: Condition & { kind: "is" }): string {
    const { field, value } = node;
    if (field === undefined) return this.print(value);
    if (value.kind === "value" || value.kind === "error") return `${printName(field)}: ${this.print(value)}`;
    return this.#isKibana ? this.print(spread(node)) : `${printName(field)}: (${this.print(value)})`;
  }

  /** Chains within chains of the same kind are nodes of their own. */
  #needsBrackets(operand: Node, kind: "and" | "or"): boolean {
    return !this.#isKibana && isChain(operand) && !(kind === "or" && operand.kind === "and");
  }

  #keyword(keyword: "and" | "not" | "or"): string {
    return this.#isKibana ? keyword.toUpperCase() : keyword;
  }
}

function isChain({ kind }: Node): boolean {
  return kind === "and" || kind === "or";
}

function printName(name: Name): string {
  return printLiteral(name, name.name);
}

function printValue(value: Value): string {
  return printLiteral(value, String(value.value));
}

function printLiteral({ quoted, pieces }: Literal, text: string): string {
  if (quoted) return `"${text.replace(/["\\\t\r\n]/g, escapeControl)}"`;
  if (pieces !== undefined) return pieces.map((piece, index) => escapeWord(piece, index === 0)).join("*");
  // Only spaces that are none to the lexer make an empty word.
  return text === "" ? "\\u2003" : escapeWord(text, true);
}

const CONTROL: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r", "\n": "\\n" };

function escapeControl(char: string): string {
  return CONTROL[char] ?? `\\${char}`;
}

/** A text, or a piece between wildcards, as a word; `first` where nothing stands before it in the word. */
function escapeWord(text: string, first: boolean): string {
  let escaped = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const char = text[at]!;
    // `\n` before `ot` would be read as the keyword.
    if (char === "\n" && /^ot/i.test(text.slice(at + 1, at + 3))) escaped += unicodeOf(unit);
    else if (isSpecial(unit) || CONTROL[char] !== undefined) escaped += escapeControl(char);
    else if (isKeyword(text, at, first))
      escaped += char === "n" || char === "N" ? unicodeOf(unit) : `\\${char}`;
    else escaped += char;
  }
  return escaped;
}

/** Whether a keyword starts here that the lexer would see: `not` before a space anywhere, others between spaces. */
function isKeyword(text: string, at: number, first: boolean): boolean {
  const length = keywordLength(text, at);
  if (length === 0) return false;
  const behind = at + length;
  if (behind < text.length && !isSpace(text.charCodeAt(behind))) return false;
  if (text[at] === "n" || text[at] === "N") return true;
  return at === 0 ? first : isSpace(text.charCodeAt(at - 1));
}

/** `not` is written with the code of its first letter: a reader could take the `\n` of `\not` for a line end. */
function unicodeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
