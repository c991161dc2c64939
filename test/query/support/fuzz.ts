/**
 * Hostile queries for the front end of any language: random text, salads of the language's own tokens, real queries with
 * one thing broken, nesting without end, and texts far too long. No front end may throw on one, take for ever, or point
 * outside of the text.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_FINDINGS, MAX_LENGTH, type QueryDiagnostic } from "../../../src/query/core/index.js";

/** The face that each language has, and what its queries are made of. */
export interface FuzzedLanguage<Ast> {
  parse(text: string): { readonly ast: Ast; readonly diagnostics: readonly QueryDiagnostic[] };
  print(ast: Ast): string;
  check(ast: Ast): readonly QueryDiagnostic[];
  /** Valid queries, as many kinds as possible. */
  readonly queries: readonly string[];
  /** Pieces to make salads of: keywords, operators, brackets, literals. */
  readonly tokens: readonly string[];
  /** Constructs that can stand in themselves: before, inside, after. */
  readonly nesting: readonly (readonly [before: string, inside: string, after: string])[];
  /** A query with a long literal in it. */
  long(literal: string): string;
  /** Whether what the tree prints can be read again and prints the same; true where it is not given. */
  readonly reprints?: boolean;
}

/** One thing that was done to a query. */
export interface Mutation {
  readonly what: "character" | "cut" | "lost bracket" | "lost quote" | "misspelt word" | "swapped";
  readonly text: string;
}

/** Every way to take one bracket out of a query, or one quote. Signs in quotes and after a backslash are left alone. */
export function losses(query: string): Mutation[] {
  const found: Mutation[] = [];
  let quote: string | undefined;
  for (let at = 0; at < query.length; at++) {
    const sign = query[at]!;
    const without = (): string => query.slice(0, at) + query.slice(at + 1);
    if (sign === "\\") at++;
    else if (sign === '"' && (quote === undefined || quote === sign)) {
      found.push({ what: "lost quote", text: without() });
      quote = quote === undefined ? sign : undefined;
    } else if (quote === undefined && "()[]{}".includes(sign)) {
      found.push({ what: "lost bracket", text: without() });
    }
  }
  return found;
}

/** Words with one letter doubled, left out, or exchanged for its neighbour; one misspelling a word. */
export function misspellings(query: string, words: readonly string[]): Mutation[] {
  return words.flatMap((word) => {
    const at = query.search(new RegExp(String.raw`\b${word}\b`));
    if (at < 0) return [];
    const middle = at + Math.floor(word.length / 2);
    const texts = [
      query.slice(0, middle) + query.slice(middle + 1),
      query.slice(0, middle) + query[middle]! + query.slice(middle),
    ];
    return texts.map((text): Mutation => ({ what: "misspelt word", text }));
  });
}

/** A query with some characters taken out, doubled, exchanged or put in. */
function mutated(queries: readonly string[], tokens: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    query: fc.constantFrom(...queries),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.integer({ min: 0, max: 5 }),
    put: fc.oneof(fc.constant(""), fc.constantFrom(...tokens), fc.string({ unit: "binary", maxLength: 3 })),
  });
  return edit.map(({ query, at, count, put }) => {
    const from = Math.floor(at * query.length);
    return query.slice(0, from) + put + query.slice(from + count);
  });
}

/** Reads a text with all that a front end does, and holds what must hold of any text. Gives the findings of the parser. */
export function survives<Ast>(language: FuzzedLanguage<Ast>, text: string): readonly QueryDiagnostic[] {
  const { ast, diagnostics } = language.parse(text);
  for (const finding of [...diagnostics, ...language.check(ast)]) {
    const { start, end } = finding;
    const isInside = Number.isInteger(start) && 0 <= start && start <= end && end <= text.length;
    if (!isInside)
      throw new Error(`${finding.code} at ${start}–${end} of ${text.length}: ${finding.message}`);
  }
  expect(diagnostics.length).toBeLessThanOrEqual(MAX_FINDINGS + 1);
  const printed = language.print(ast);
  if (language.reprints !== false && !diagnostics.some(({ severity }) => severity === "error")) {
    const again = language.parse(printed);
    expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(language.print(again.ast)).toBe(printed);
  }
  return diagnostics;
}

const DEPTH = 100_000;

/** Units of a text that is one piece again and again: what is quadratic in it would be felt. */
const REPEATED = 100_000;

/** The tests of a language against hostile queries. */
export function describeFuzz<Ast>(name: string, language: FuzzedLanguage<Ast>): void {
  const { queries, tokens, nesting } = language;
  const errorsOf = (text: string): readonly string[] =>
    survives(language, text)
      .filter(({ severity }) => severity === "error")
      .map(({ code }) => code);

  describe(`${name} survives`, () => {
    it("its own queries, without an error", () => {
      for (const query of queries) expect({ query, errors: errorsOf(query) }).toEqual({ query, errors: [] });
    });

    it("random text", () => {
      fc.assert(
        fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void survives(language, text)),
        {
          numRuns: 1_000,
        },
      );
    });

    it("random ASCII", () => {
      const ascii = fc.string({ unit: "binary-ascii", maxLength: 60 });
      fc.assert(
        fc.property(ascii, (text) => void survives(language, text)),
        { numRuns: 1_000 },
      );
    });

    it("salads of its tokens", () => {
      const salad = fc
        .array(fc.tuple(fc.constantFrom(...tokens), fc.constantFrom("", " ", " ", "\n")), { maxLength: 30 })
        .map((pieces) => pieces.flat().join(""));
      fc.assert(
        fc.property(salad, (text) => void survives(language, text)),
        { numRuns: 2_000 },
      );
    });

    it("queries with a few characters changed", () => {
      fc.assert(
        fc.property(mutated(queries, tokens), (text) => void survives(language, text)),
        { numRuns: 2_000 },
      );
    });

    it("queries that end too early", () => {
      for (const query of queries)
        for (let end = 0; end < query.length; end += 1 + Math.floor(query.length / 200)) {
          survives(language, query.slice(0, end));
        }
    });

    it.each(nesting)("%j without end", (before, inside, after) => {
      for (const depth of [DEPTH, 250]) {
        const text = before.repeat(depth) + inside + after.repeat(depth);
        expect(errorsOf(text)).not.toEqual([]);
        expect(errorsOf(before.repeat(depth))).not.toEqual([]);
        survives(language, after.repeat(depth));
      }
    });

    it("a literal of 10 MB, with one finding", () => {
      const text = language.long("x".repeat(10_000_000));
      expect(errorsOf(text)).toEqual(["query/too-long"]);
    });

    it("the longest query that it reads", () => {
      const room = MAX_LENGTH - language.long("").length;
      expect(errorsOf(language.long("x".repeat(room)))).toEqual([]);
    });

    it.each(["x", " ", '"', "\\", "(", "*", "a ", "\u{1F600}"])("%j again and again", (piece) => {
      const text = piece.repeat(Math.floor(REPEATED / piece.length));
      survives(language, text);
      survives(language, language.long(text));
    });
  });
}
