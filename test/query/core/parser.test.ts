import { describe, expect, it } from "vitest";
import {
  Findings,
  MAX_DEPTH,
  MAX_FINDINGS,
  oneOf,
  Parser,
  quoted,
  type Span,
  Tokens,
} from "../../../src/query/core/index.js";

const [END, WORD, OPEN, CLOSE, SEMICOLON] = [0, 1, 2, 3, 4] as const;
type Kind = 0 | 1 | 2 | 3 | 4;
const KINDS: Readonly<Record<string, Kind>> = { "(": OPEN, ")": CLOSE, ";": SEMICOLON };

type Tree = string | readonly Tree[];

/** Words in brackets, parted by semicolons: `a (b c); d`. */
class Toy extends Parser<Kind> {
  static read(text: string): { trees: Tree[]; findings: Findings; toy: Toy } {
    const tokens = new Tokens<Kind>();
    for (const { 0: word, index } of text.matchAll(/[();]|[a-z!]+/g))
      tokens.push(KINDS[word] ?? WORD, index, index + word.length);
    tokens.push(END, text.length, text.length);
    const findings = new Findings();
    const toy = new Toy(text, tokens, findings);
    return { trees: toy.statements(), findings, toy };
  }

  readonly skipped: Span[] = [];

  statements(): Tree[] {
    const all: Tree[] = [];
    do {
      all.push(
        this.recover<Tree>(
          () => this.statement(),
          (kind) => kind === SEMICOLON,
          (span) => {
            this.skipped.push(span);
            return "<error>";
          },
        ),
      );
    } while (this.accept(SEMICOLON));
    return all;
  }

  statement(): Tree {
    const items: Tree[] = [this.item()];
    while (this.kind === WORD || this.kind === OPEN) items.push(this.item());
    if (this.kind === CLOSE) this.fail("query/bad-character", { character: '")"' });
    return items;
  }

  item(): Tree {
    if (this.kind === WORD) {
      const { word } = this;
      if (word === "silent") this.stop();
      this.advance();
      return word;
    }
    if (this.kind !== OPEN) this.unexpected(["a word", '"("'], { help: "write one" });
    return this.nested(() => {
      this.advance();
      const inner = this.statementInBrackets();
      if (!this.accept(CLOSE)) this.unexpected(['")"']);
      return inner;
    });
  }

  statementInBrackets(): Tree {
    const items: Tree[] = [];
    while (this.kind === WORD || this.kind === OPEN) items.push(this.item());
    return items;
  }

  /** What the parser says of where it stands, at each token. */
  places(): unknown[] {
    const all: unknown[] = [];
    const start = this.mark();
    this.reset(0);
    for (;;) {
      all.push([this.kind, this.word, this.lastEnd, this.peek(1), this.peekSpan(1).start]);
      if (this.kind === END) break;
      this.advance();
    }
    this.advance();
    all.push(this.kind);
    this.reset(start);
    return all;
  }

  bug(): unknown {
    return this.recover(
      () => {
        throw new TypeError("a mistake in the parser");
      },
      () => false,
      () => "hidden",
    );
  }
}

const brief = (findings: Findings): string[] =>
  findings.all.map(({ code, start, end, message }) => `${code} ${start}-${end} ${message}`);

describe("a parser on the core", () => {
  it("reads", () => {
    const { trees, findings } = Toy.read("a (b (c)) d; e");
    expect(trees).toEqual([["a", ["b", ["c"]], "d"], ["e"]]);
    expect(findings.all).toEqual([]);
    expect(findings.hasErrors).toBe(false);
  });

  it("knows where it stands, and ends at the end", () => {
    expect(Toy.read("a (b").toy.places()).toEqual([
      [WORD, "a", 0, OPEN, 2],
      [OPEN, "(", 1, WORD, 3],
      [WORD, "b", 3, END, 4],
      [END, "", 4, END, 4],
      END,
    ]);
  });

  it("says what it expected and what it found", () => {
    const { findings } = Toy.read("a; ;b");
    expect(brief(findings)).toEqual(['query/syntax 3-4 expected a word or "(", found ";"']);
    expect(findings.all[0]).toMatchObject({ severity: "error", help: "write one" });
    expect(findings.hasErrors).toBe(true);
    expect(brief(Toy.read("(a").findings)).toEqual([
      'query/syntax 2-2 expected ")", found the end of the query',
    ]);
  });

  it("goes on after what it could not read", () => {
    const { trees, findings, toy } = Toy.read("a ) b; c; (d; e");
    expect(trees).toEqual(["<error>", ["c"], "<error>", ["e"]]);
    expect(brief(findings)).toEqual([
      'query/bad-character 2-3 ")" has no meaning here',
      'query/syntax 12-13 expected ")", found ";"',
    ]);
    expect(toy.skipped).toEqual([
      { start: 0, end: 5 },
      { start: 10, end: 12 },
    ]);
  });

  it("gives an empty range for what failed where it started", () => {
    const { toy } = Toy.read("a; ; b");
    expect(toy.skipped).toEqual([{ start: 3, end: 3 }]);
  });

  it("can give up without a finding", () => {
    const { trees, findings } = Toy.read("silent word; b");
    expect(trees).toEqual(["<error>", ["b"]]);
    expect(findings.all).toEqual([]);
  });

  it("hides no mistake of its own", () => {
    expect(() => Toy.read("a").toy.bug()).toThrow("a mistake in the parser");
  });

  it("stops at the deepest level, and counts levels anew after that", () => {
    const atLimit = "(".repeat(MAX_DEPTH) + ")".repeat(MAX_DEPTH);
    expect(Toy.read(atLimit).findings.all).toEqual([]);
    const { trees, findings } = Toy.read(`(${atLimit}); ${atLimit}; (${atLimit})`);
    expect(findings.all.map(({ code, start }) => [code, start])).toEqual([
      ["query/too-deep", MAX_DEPTH],
      ["query/too-deep", 3 * MAX_DEPTH * 2 - MAX_DEPTH + 6],
    ]);
    expect(trees[1]).not.toBe("<error>");
  });

  it("survives a hundred thousand brackets", () => {
    expect(Toy.read("(".repeat(100_000)).findings.all.map(({ code }) => code)).toEqual(["query/too-deep"]);
  });
});

describe("findings", () => {
  it("end after the limit, with a note", () => {
    const { findings } = Toy.read(") ;".repeat(MAX_FINDINGS * 3));
    expect(findings.all).toHaveLength(MAX_FINDINGS + 1);
    expect(findings.all.at(-1)).toMatchObject({ code: "query/too-many-findings", severity: "info" });
    expect(findings.all.filter(({ code }) => code === "query/too-many-findings")).toHaveLength(1);
  });

  it("are all there up to the limit", () => {
    const findings = new Findings();
    for (let at = 0; at < MAX_FINDINGS; at++)
      findings.add("query/bad-character", { character: "x" }, { start: at, end: at + 1 });
    expect(findings.all.map(({ start }) => start)).toEqual(
      Array.from({ length: MAX_FINDINGS }, (_, at) => at),
    );
  });

  it("take the severity and the help of the place", () => {
    const findings = new Findings();
    findings.add(
      "query/too-long",
      { length: 2, limit: 1 },
      { start: 0, end: 1 },
      { severity: "info", help: "h" },
    );
    expect(findings.all).toEqual([
      {
        code: "query/too-long",
        severity: "info",
        message: "the query has 2 characters; kdac reads queries of up to 1",
        help: "h",
        start: 0,
        end: 1,
      },
    ]);
    expect(findings.hasErrors).toBe(false);
  });
});

describe("words of messages", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a or b"],
    [["a", "b", "c"], "a, b or c"],
  ])("%j as %j", (choices, text) => expect(oneOf(choices)).toBe(text));

  it.each([
    ["a", '"a"'],
    ['say "hi"\n', String.raw`"say \"hi\"\n"`],
    ["x".repeat(40), `"${"x".repeat(40)}"`],
    ["x".repeat(41), `"${"x".repeat(40)}…"`],
  ])("%j quoted", (text, shown) => expect(quoted(text)).toBe(shown));
});
