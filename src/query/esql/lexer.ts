import { type Findings, quoted, Tokens } from "../core/index.js";
import {
  AT,
  BLANK,
  classOf,
  DIGIT,
  ENDS_COMMAND,
  ENDS_POLICY,
  ENDS_SOURCE,
  IN_NAME,
  LETTER,
  runEnd,
  UNDERSCORE,
} from "./characters.js";
import { isPipeCommand, isSourceCommand } from "./commands.js";
import { blankEnd, commentEnd } from "./comments.js";
import { isWord, K, type Kind, kindOfWord } from "./kinds.js";

/**
 * What stands where the lexer is: the first word of a command decides how the rest of it is read, as index patterns
 * and policies have signs in them that are operators elsewhere.
 */
const Mode = {
  start: 0,
  expression: 1,
  source: 2,
  join: 3,
  joinWord: 4,
  policy: 5,
  branches: 6,
  promql: 7,
} as const;
type Mode = (typeof Mode)[keyof typeof Mode];

const MODES: ReadonlyMap<string, Mode> = new Map<string, Mode>([
  ["enrich", Mode.policy],
  ["explain", Mode.branches],
  ["fork", Mode.branches],
  ["from", Mode.source],
  ["inline", Mode.start],
  ["left", Mode.joinWord],
  ["lookup", Mode.joinWord],
  ["promql", Mode.promql],
  ["right", Mode.joinWord],
  ["ts", Mode.source],
]);

const C = {
  tab: 9,
  newline: 10,
  carriageReturn: 13,
  space: 32,
  bang: 33,
  doubleQuote: 34,
  hash: 35,
  percent: 37,
  ampersand: 38,
  singleQuote: 39,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  openSquare: 91,
  backslash: 92,
  closeSquare: 93,
  backtick: 96,
  openCurly: 123,
  pipe: 124,
  closeCurly: 125,
  tilde: 126,
} as const;

const ONE_LINE = 'close it on its line; a line break in "…" is written \\n';

/** Divides a query into tokens. What is no token is reported and left out. */
export function tokenize(text: string, findings: Findings): Tokens<Kind> {
  return new Lexer(text, findings).run();
}

class Lexer {
  readonly #text: string;
  readonly #findings: Findings;
  readonly #tokens = new Tokens<Kind>();
  /** What to go on with after each open bracket, and whether commands are in it. */
  readonly #modes: Mode[] = [];
  readonly #holdCommands: boolean[] = [];
  #mode: Mode = Mode.start;
  #last: Kind = K.end;
  #at = 0;

  constructor(text: string, findings: Findings) {
    this.#text = text;
    this.#findings = findings;
  }

  run(): Tokens<Kind> {
    while (this.#skipBlank()) {
      switch (this.#mode) {
        case Mode.start:
          this.#command();
          break;
        case Mode.source:
        case Mode.join:
          this.#source();
          break;
        case Mode.joinWord:
          this.#joinWord();
          break;
        case Mode.policy:
          this.#policy();
          break;
        case Mode.promql:
          this.#promql();
          break;
        case Mode.expression:
        case Mode.branches:
          this.#token();
      }
    }
    this.#tokens.push(K.end, this.#text.length, this.#text.length);
    return this.#tokens;
  }

  #push(kind: Kind, end: number): void {
    this.#tokens.push(kind, this.#at, end);
    this.#last = kind;
    this.#at = end;
  }

  /** Skips white space and comments; false at the end of the query. */
  #skipBlank(): boolean {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if ((classOf(code) & BLANK) !== 0) this.#at++;
      else if (code !== C.slash) return true;
      else {
        const end = commentEnd(text, this.#at);
        if (end === this.#at) return true;
        if (end < 0) this.#unclosed("comment", text.length);
        else this.#at = end;
      }
    }
    return false;
  }

  #unclosed(what: string, end: number, help?: string): void {
    this.#findings.add(
      "query/unclosed-text",
      { what },
      { start: this.#at, end },
      help === undefined ? {} : { help },
    );
    this.#at = end;
  }

  /** The first word of a command. */
  #command(): void {
    let end = runEnd(this.#text, this.#at, IN_NAME);
    if ((classOf(this.#text.charCodeAt(this.#at)) & LETTER) === 0) {
      this.#mode = Mode.expression;
      return;
    }
    // `from-a` and `a+b` are one word, and no command.
    while (end < this.#text.length && (classOf(this.#text.charCodeAt(end)) & ENDS_COMMAND) === 0) end++;
    const word = this.#text.slice(this.#at, end).toLowerCase();
    const first = this.#last === K.end;
    // What comes after a first word that is none is not looked at closely: it may be in any language.
    const otherwise =
      first && word !== "set" && !isSourceCommand(word) && !isPipeCommand(word)
        ? Mode.source
        : Mode.expression;
    this.#mode = MODES.get(word) ?? otherwise;
    this.#push(K.command, end);
  }

  /** `JOIN` after `LOOKUP` and its like; without it, a table follows. */
  #joinWord(): void {
    this.#mode = Mode.join;
    const end = runEnd(this.#text, this.#at, IN_NAME);
    if (this.#text.slice(this.#at, end).toLowerCase() === "join") this.#push(K.command, end);
  }

  /** An index pattern, or a sign between two. */
  #source(): void {
    const text = this.#text;
    let end = this.#at;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if ((classOf(code) & ENDS_SOURCE) !== 0) break;
      if (code === C.slash && (text.charCodeAt(end + 1) === C.slash || text.charCodeAt(end + 1) === C.star))
        break;
    }
    if (end === this.#at) return this.#token();
    const word = end - this.#at <= "registered_domain".length ? text.slice(this.#at, end).toLowerCase() : "";
    if (this.#mode === Mode.join) {
      if (word === "on") this.#mode = Mode.expression;
      return this.#push(word === "on" ? K.on : word === "as" ? K.name : K.source, end);
    }
    if (word === "metadata") return this.#push(K.metadata, end);
    // Two patterns without a comma between them are an error; where the second is a command, a pipe is missing.
    if ((this.#last === K.source || this.#last === K.text || this.#last === K.close) && isPipeCommand(word))
      return this.#command();
    this.#push(K.source, end);
  }

  /** `policy` or `mode:policy`. */
  #policy(): void {
    const text = this.#text;
    let end = this.#at;
    while (end < text.length && (classOf(text.charCodeAt(end)) & ENDS_POLICY) === 0) end++;
    const colon = text.charCodeAt(end) === C.colon;
    if (end > this.#at) this.#push(K.source, end);
    if (colon) this.#push(K.colon, end + 1);
    const next = classOf(text.charCodeAt(this.#at));
    if (!colon || (next & ENDS_POLICY) !== 0) this.#mode = Mode.expression;
  }

  /** Up to the next pipe, or the bracket that closes what the command stands in. */
  #promql(): void {
    const text = this.#text;
    let depth = 0;
    let end = this.#at;
    scan: while (end < text.length) {
      const code = text.charCodeAt(end);
      switch (code) {
        case C.pipe:
          break scan;
        case C.open:
          depth++;
          break;
        case C.close:
          if (depth === 0) break scan;
          depth--;
          break;
        case C.doubleQuote:
        case C.singleQuote:
        case C.backtick:
          end = promqlTextEnd(text, end);
          continue;
        case C.hash:
        case C.slash: {
          const comment = code === C.hash ? lineEndAfter(text, end) : commentEnd(text, end);
          if (comment !== end) {
            end = comment < 0 ? text.length : comment;
            continue;
          }
        }
      }
      end++;
    }
    this.#mode = Mode.expression;
    while (end > this.#at && (classOf(text.charCodeAt(end - 1)) & BLANK) !== 0) end--;
    if (end > this.#at) this.#push(K.promql, end);
  }

  #token(): void {
    const text = this.#text;
    const at = this.#at;
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    const bits = classOf(code);
    if ((bits & LETTER) !== 0) {
      const end = runEnd(text, at + 1, IN_NAME);
      return this.#push(kindOfWord(text, at, end), end);
    }
    if ((bits & DIGIT) !== 0) return this.#number();
    // `_*` is a pattern of KEEP; elsewhere the parser refuses the one sign.
    if ((bits & (UNDERSCORE | AT)) !== 0 && ((classOf(next) & IN_NAME) !== 0 || next === C.star))
      return this.#push(K.name, runEnd(text, at + 1, IN_NAME));
    switch (code) {
      case C.pipe:
        if (next === C.pipe) return this.#foreign("||", K.or, "write OR");
        this.#leaveExpressions();
        this.#mode = Mode.start;
        return this.#push(K.pipe, at + 1);
      case C.open:
        return this.#open();
      case C.close:
        this.#mode = this.#modes.pop() ?? this.#mode;
        this.#holdCommands.pop();
        return this.#push(K.close, at + 1);
      case C.semicolon:
        this.#mode = Mode.start;
        return this.#push(K.semicolon, at + 1);
      case C.comma:
        return this.#push(K.comma, at + 1);
      case C.dot:
        return (classOf(next) & DIGIT) !== 0 ? this.#number() : this.#push(K.dot, at + 1);
      case C.colon:
        return next === C.colon ? this.#push(K.cast, at + 2) : this.#push(K.colon, at + 1);
      case C.equals:
        if (next === C.equals) return this.#push(K.equal, at + 2);
        if (next === C.tilde) return this.#foreign("=~", K.equal, "write TO_LOWER(…) ==, or LIKE");
        return this.#push(K.assign, at + 1);
      case C.bang:
        if (next === C.equals) return this.#push(K.notEqual, at + 2);
        return this.#foreign("!", K.not, "write NOT");
      case C.less:
        if (next === C.greater) return this.#foreign("<>", K.notEqual, "write !=");
        return next === C.equals ? this.#push(K.lessEqual, at + 2) : this.#push(K.less, at + 1);
      case C.greater:
        return next === C.equals ? this.#push(K.greaterEqual, at + 2) : this.#push(K.greater, at + 1);
      case C.plus:
        return this.#push(K.plus, at + 1);
      case C.minus:
        return this.#push(K.minus, at + 1);
      case C.star:
        return this.#push(K.star, at + 1);
      case C.slash:
        return this.#push(K.slash, at + 1);
      case C.percent:
        return this.#push(K.percent, at + 1);
      case C.openSquare:
        return this.#push(K.openSquare, at + 1);
      case C.closeSquare:
        return this.#push(K.closeSquare, at + 1);
      case C.openCurly:
        return this.#push(K.openCurly, at + 1);
      case C.closeCurly:
        return this.#push(K.closeCurly, at + 1);
      case C.question:
        return this.#parameter();
      case C.doubleQuote:
        return next === C.doubleQuote && text.charCodeAt(at + 2) === C.doubleQuote
          ? this.#rawText()
          : this.#quotedText();
      case C.singleQuote:
        return this.#singleQuotes();
      case C.backtick:
        return this.#quotedName();
      case C.ampersand:
        if (next === C.ampersand) return this.#foreign("&&", K.and, "write AND");
        return this.#badCharacter();
      default:
        return this.#badCharacter();
    }
  }

  /** A bracket: of a call or a group, or with commands in it. */
  #open(): void {
    const commands =
      this.#mode === Mode.branches ||
      this.#mode === Mode.source ||
      (this.#last === K.in && startsSubquery(this.#text, this.#at + 1));
    this.#modes.push(this.#mode);
    this.#holdCommands.push(commands);
    this.#mode = commands ? Mode.start : Mode.expression;
    this.#push(commands ? K.openCommands : K.open, this.#at + 1);
  }

  /** A pipe ends all expressions, also those with a bracket that is not closed. */
  #leaveExpressions(): void {
    while (this.#holdCommands.length > 0 && !this.#holdCommands[this.#holdCommands.length - 1]!) {
      this.#holdCommands.pop();
      this.#modes.pop();
    }
  }

  /** `1`, `1.`, `1.5`, `.5`, each with an exponent. */
  #number(): void {
    const text = this.#text;
    let kind: Kind = K.integer;
    let end = runEnd(text, this.#at, DIGIT);
    if (text.charCodeAt(end) === C.dot) {
      kind = K.decimal;
      end = runEnd(text, end + 1, DIGIT);
    }
    if ((text.charCodeAt(end) | 32) === 101) {
      const sign = text.charCodeAt(end + 1);
      const digits = end + (sign === C.plus || sign === C.minus ? 2 : 1);
      if ((classOf(text.charCodeAt(digits)) & DIGIT) !== 0) {
        kind = K.decimal;
        end = runEnd(text, digits, DIGIT);
      }
    }
    this.#push(kind, end);
  }

  /** `?`, `??`, `?name`, `?1`. */
  #parameter(): void {
    const text = this.#text;
    let end = this.#at + 1;
    if (text.charCodeAt(end) === C.question) end++;
    const first = classOf(text.charCodeAt(end));
    if ((first & DIGIT) !== 0) end = runEnd(text, end, DIGIT);
    else end = runEnd(text, end, IN_NAME);
    this.#push(K.parameter, end);
  }

  /** `"…"` on one line, with escapes. */
  #quotedText(): void {
    const text = this.#text;
    for (let i = this.#at + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === C.doubleQuote) return this.#push(K.text, i + 1);
      if (code === C.newline || code === C.carriageReturn) return this.#unclosedText(i, ONE_LINE);
      if (code === C.backslash) {
        i++;
        if (!isEscape(text.charCodeAt(i))) this.#badEscape(i - 1);
        // The line's end, that ends the text as well.
        if (i < text.length && (classOf(text.charCodeAt(i)) & BLANK) !== 0) i--;
      }
    }
    this.#unclosedText(text.length);
  }

  /** `"""…"""` on one line, without escapes; up to two more quotes at the end are part of the text. */
  #rawText(): void {
    const text = this.#text;
    for (let i = this.#at + 3; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === C.newline || code === C.carriageReturn) return this.#unclosedText(i, ONE_LINE);
      if (code !== C.doubleQuote || text.charCodeAt(i + 1) !== code || text.charCodeAt(i + 2) !== code)
        continue;
      let end = i + 3;
      while (end < i + 5 && text.charCodeAt(end) === C.doubleQuote) end++;
      return this.#push(K.text, end);
    }
    this.#unclosedText(text.length);
  }

  /** What should have been closed by `end` is left as a text, so that the rest of the query can be read. */
  #unclosedText(end: number, help?: string): void {
    const start = this.#at;
    this.#unclosed("text", end, help);
    this.#tokens.push(K.text, start, end);
    this.#last = K.text;
  }

  #badEscape(at: number): void {
    const end = Math.min(at + 2, this.#text.length);
    if (end - at < 2) return;
    this.#findings.add(
      "query/bad-escape",
      { escape: quoted(this.#text.slice(at, end)), language: "ES|QL" },
      { start: at, end },
      { help: 'double the backslash, or write the text as """…""", which has no escapes' },
    );
  }

  /** Text as other languages write it. */
  #singleQuotes(): void {
    const text = this.#text;
    let end = this.#at + 1;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === C.singleQuote || code === C.newline || code === C.carriageReturn) break;
    }
    const closed = text.charCodeAt(end) === C.singleQuote;
    if (!closed) return this.#badCharacter();
    this.#findings.add("esql/single-quotes", {}, { start: this.#at, end: end + 1 });
    this.#push(K.text, end + 1);
  }

  /** A name in backticks; two of them are one in the name. */
  #quotedName(): void {
    const text = this.#text;
    let end = this.#at + 1;
    for (;;) {
      end = text.indexOf("`", end);
      if (end < 0) return this.#unclosed("name", text.length);
      if (text.charCodeAt(end + 1) !== C.backtick) return this.#push(K.quotedName, end + 1);
      end += 2;
    }
  }

  /** An operator of other languages, read as the one of ES|QL. */
  #foreign(operator: string, kind: Kind, help: string): void {
    const end = this.#at + operator.length;
    this.#findings.add(
      "esql/foreign-operator",
      { operator: quoted(operator) },
      { start: this.#at, end },
      { help },
    );
    this.#push(kind, end);
  }

  /** A sign without a meaning, or a letter that names in backticks only can have. */
  #badCharacter(): void {
    const text = this.#text;
    const start = this.#at;
    const code = text.charCodeAt(start);
    if (code > 127) {
      FOREIGN_NAME.lastIndex = start;
      if (FOREIGN_NAME.test(text)) return this.#foreignName(FOREIGN_NAME.lastIndex);
    }
    const pair = code >= 0xd800 && code < 0xdc00 && start + 1 < text.length;
    const end = start + (pair ? 2 : 1);
    const help = helpWithCharacter(code);
    this.#at = end;
    this.#findings.add(
      "query/bad-character",
      { character: quoted(text.slice(start, end)) },
      { start, end },
      help === undefined ? {} : { help },
    );
  }

  /** A name with letters of other scripts, up to `end`; what stands before it without space is part of it. */
  #foreignName(end: number): void {
    const { kinds, starts, ends } = this.#tokens;
    const last = kinds.length - 1;
    const at = this.#at;
    this.#findings.add(
      "esql/name-characters",
      { character: quoted(String.fromCodePoint(this.#text.codePointAt(at)!)) },
      { start: at, end },
      { help: "write the name in backticks" },
    );
    if (last >= 0 && ends[last] === at && isWord(kinds[last]!)) {
      this.#at = starts[last]!;
      kinds.pop();
      starts.pop();
      ends.pop();
    }
    this.#push(K.name, end);
  }
}

/** Letters of other scripts, and what follows them in a name. */
const FOREIGN_NAME = /\p{L}[\p{L}\p{M}\p{N}_]*/uy;

/** After a backslash: `\t \n \r \" \\`. */
function isEscape(code: number): boolean {
  return code === 116 || code === 110 || code === 114 || code === C.doubleQuote || code === C.backslash;
}

function helpWithCharacter(code: number): string | undefined {
  if (code === 0x201c || code === 0x201d || code === 0x201e) return 'write straight quotes: "…"';
  if (code === C.singleQuote || code === 0x2018 || code === 0x2019)
    return 'text stands in double quotes: "…"';
  if (code === 0xa0) return "this is a no-break space; write a plain one";
  if (code === C.hash) return "a comment starts with //";
  return undefined;
}

/**
 * Whether `(` after `IN` opens a query: `FROM`, `TS` or `ROW`, and then no operator, as it would follow a column of that
 * name. There are no functions of these names.
 */
function startsSubquery(text: string, at: number): boolean {
  const start = blankEnd(text, at);
  const end = runEnd(text, start, IN_NAME);
  if (end - start < 2 || end - start > 4) return false;
  const word = text.slice(start, end).toLowerCase();
  if (word !== "from" && word !== "ts" && word !== "row") return false;
  const next = blankEnd(text, end);
  const sign = text.charAt(next);
  if (sign === "(" || sign === '"') return true;
  if (next === end || "),.=!>+%:/".includes(sign)) return false;
  // `FROM <logs-{now/d}>`, `FROM -a`, `FROM * | …`, where an operator has space on both sides.
  if (sign !== "<" && sign !== "-" && sign !== "*") return true;
  const after = blankEnd(text, next + 1);
  return after === next + 1 ? text[after] !== "=" : sign === "*" && "|)".includes(text.charAt(after));
}

/** Where a text of PromQL that starts at `at` ends. */
function promqlTextEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === C.backslash && quote !== C.backtick) i++;
  }
  return text.length;
}

function lineEndAfter(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
