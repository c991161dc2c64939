/**
 * KQL as Kibana's `filter` parameters take it. Covers the language (and, or, not, groups of values, ranges, nested
 * queries, wildcards, quotes, escapes). It is the server's own parser, kept apart from the one that checks rules.
 */

/** A word of the query; `pieces` are the texts between its `*`s, where it has any. */
export interface Term {
  readonly text: string;
  readonly quoted: boolean;
  readonly pieces?: readonly string[];
}

export type RangeOperator = "<" | "<=" | ">" | ">=";

export type KqlNode =
  | { readonly kind: "and" | "or"; readonly nodes: readonly KqlNode[] }
  | { readonly kind: "not"; readonly node: KqlNode }
  | { readonly kind: "is"; readonly field: string | undefined; readonly value: Term }
  | {
      readonly kind: "range";
      readonly field: string;
      readonly operator: RangeOperator;
      readonly value: Term;
    };

/** The query is not KQL. `offset` counts UTF-16 units. */
export class KqlError extends Error {
  constructor(
    readonly expected: string,
    readonly offset: number,
    text: string,
  ) {
    const found = offset < text.length ? JSON.stringify(text[offset]) : "end of input";
    super(`KQLSyntaxError: Expected ${expected} but ${found} found.\n${text}\n${"-".repeat(offset)}^`);
  }
}

/** Deeper groups than people write are refused instead of exhausting the stack. */
const MOST_DEPTH = 200;

/** Parses a query; a blank one matches everything and gives undefined. Throws `KqlError`. */
export function parseKql(text: string): KqlNode | undefined {
  const parser = new Parser(text);
  return parser.query();
}

const isSpace = (char: string | undefined): boolean => char !== undefined && /[ \t\r\n\u00A0]/.test(char);
const SPECIAL = new Set(["\\", "(", ")", ":", "<", ">", '"', "*", "{", "}"]);
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", r: "\r", n: "\n" };

/** The query may have its values alone, without fields, inside `field: (...)`. */
type ValueScope = string | undefined;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  /** query := WS* or? WS* */
  query(): KqlNode | undefined {
    this.space();
    if (this.at === this.text.length) return undefined;
    const node = this.or(undefined, "");
    this.space();
    if (this.at < this.text.length) throw this.error("AND, OR, end of input");
    return node;
  }

  /** or := and (WS+ "or" WS+ and)* */
  private or(scope: ValueScope, prefix: string): KqlNode {
    return this.joined("or", () => this.and(scope, prefix));
  }

  /** and := not (WS+ "and" WS+ not)* */
  private and(scope: ValueScope, prefix: string): KqlNode {
    return this.joined("and", () => this.not(scope, prefix));
  }

  private joined(kind: "and" | "or", operand: () => KqlNode): KqlNode {
    const nodes = [operand()];
    while (this.keyword(kind)) nodes.push(operand());
    return nodes.length === 1 ? nodes[0]! : { kind, nodes };
  }

  /** not := "not" WS+ sub | sub */
  private not(scope: ValueScope, prefix: string): KqlNode {
    if (this.match(/not(?=[ \t\r\n\u00A0])/iy) === undefined) return this.sub(scope, prefix);
    this.at += 3;
    this.space();
    return { kind: "not", node: this.sub(scope, prefix) };
  }

  /** sub := "(" WS* or WS* ")" | expression; inside `field: (...)` the expression is a value */
  private sub(scope: ValueScope, prefix: string): KqlNode {
    if (this.text[this.at] === "(") return this.group(() => this.or(scope, prefix), ")");
    if (scope !== undefined) return { kind: "is", field: scope, value: this.value() };
    return this.expression(prefix);
  }

  private group(content: () => KqlNode, close: string): KqlNode {
    if (++this.depth > MOST_DEPTH) throw this.error("fewer groups");
    this.at++;
    this.space();
    const node = content();
    this.space();
    if (this.text[this.at] !== close) throw this.error(`AND, OR, "${close}"`);
    this.at++;
    this.depth--;
    return node;
  }

  /** expression := field WS* operator WS* value | field WS* ":" WS* (values | "{" or "}") | value */
  private expression(prefix: string): KqlNode {
    const first = this.value();
    const end = this.at;
    this.space();
    const operator = this.match(/<=|>=|<|>/y)?.[0];
    if (operator !== undefined) {
      this.at += operator.length;
      this.space();
      return {
        kind: "range",
        field: prefix + first.text,
        operator: operator as RangeOperator,
        value: this.value(),
      };
    }
    if (this.text[this.at] !== ":") {
      this.at = end;
      return { kind: "is", field: undefined, value: first };
    }
    this.at++;
    this.space();
    const field = prefix + first.text;
    if (this.text[this.at] === "{") return this.group(() => this.or(undefined, `${field}.`), "}");
    if (this.text[this.at] === "(") return this.group(() => this.or(field, prefix), ")");
    return { kind: "is", field, value: this.value() };
  }

  private value(): Term {
    return this.text[this.at] === '"' ? this.quoted() : this.unquoted();
  }

  private quoted(): Term {
    let text = "";
    this.at++;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) throw this.error('"\\"", any character');
      this.at++;
      if (char === '"') return { text, quoted: true };
      if (char !== "\\") {
        text += char;
        continue;
      }
      const next = this.text[this.at] ?? "";
      if (next === '"' || next === "\\") text += next;
      else if (next in ESCAPES) text += ESCAPES[next];
      else if (this.unicode() !== undefined) text += this.unicode();
      else {
        text += char;
        continue;
      }
      this.at += next === "u" ? 5 : 1;
    }
  }

  /** A run of characters up to a special one or to a keyword; spaces inside it belong to it. */
  private unquoted(): Term {
    const start = this.at;
    const pieces = [""];
    let end = this.at;
    while (this.at < this.text.length && !this.keywordAhead()) {
      const char = this.text[this.at]!;
      if (char === "*") {
        pieces.push("");
        this.at++;
      } else if (char === "\\") {
        pieces[pieces.length - 1] += this.escape();
      } else if (SPECIAL.has(char)) {
        break;
      } else {
        pieces[pieces.length - 1] += char;
        this.at++;
        if (isSpace(char)) continue;
      }
      end = this.at;
    }
    if (end === start) throw this.error('"(", NOT, field name, value');
    this.at = end;
    pieces[pieces.length - 1] = pieces.at(-1)!.trimEnd();
    const text = pieces.join("*");
    return pieces.length === 1 ? { text, quoted: false } : { text, quoted: false, pieces };
  }

  private escape(): string {
    const next = this.text[this.at + 1] ?? "";
    const word = this.match(/or|and|not/iy, 1)?.[0];
    const [text, length] =
      word !== undefined
        ? [word, word.length]
        : SPECIAL.has(next)
          ? [next, 1]
          : next in ESCAPES
            ? [ESCAPES[next]!, 1]
            : [this.unicode(1), 5];
    if (text === undefined) throw this.error("escape sequence");
    this.at += 1 + length;
    return text;
  }

  private unicode(ahead = 0): string | undefined {
    const match = this.match(/u([0-9a-f]{4})/iy, ahead);
    return match === undefined ? undefined : String.fromCharCode(Number.parseInt(match[1]!, 16));
  }

  /** `WS or WS`, `WS and WS` and `not WS` end an unquoted value. */
  private keywordAhead(): boolean {
    return this.match(/[ \t\r\n\u00A0]{1,99}(?:or|and)[ \t\r\n\u00A0]|not[ \t\r\n\u00A0]/iy) !== undefined;
  }

  private keyword(word: "and" | "or"): boolean {
    const match = this.match(/[ \t\r\n\u00A0]+(and|or)[ \t\r\n\u00A0]+/iy);
    if (match?.[1]?.toLowerCase() !== word) return false;
    this.at += match[0].length;
    return true;
  }

  /** A sticky pattern at this place, or `ahead` of it. */
  private match(pattern: RegExp, ahead = 0): RegExpExecArray | undefined {
    pattern.lastIndex = this.at + ahead;
    return pattern.exec(this.text) ?? undefined;
  }

  private space(): void {
    while (isSpace(this.text[this.at])) this.at++;
  }

  private error(expected: string): KqlError {
    return new KqlError(expected, this.at, this.text);
  }
}
