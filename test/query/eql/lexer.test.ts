import { describe, expect, it } from "vitest";
import { Findings } from "../../../src/query/core/index.js";
import { K } from "../../../src/query/eql/kinds.js";
import { tokenize } from "../../../src/query/eql/lexer.js";

const NAMES = new Map(Object.entries(K).map(([name, kind]) => [kind as number, name]));

/** The tokens of a text, as `kind text`; the end is left out. */
function lex(text: string): { tokens: string[]; findings: string[] } {
  const findings = new Findings();
  const { tokens } = tokenize(text, findings);
  const found = tokens.kinds.map((kind, index) => {
    const name = NAMES.get(kind)!;
    const piece = text.slice(tokens.starts[index], tokens.ends[index]);
    return name === piece ? name : `${name} ${piece}`;
  });
  expect(found.pop()).toBe("end ");
  return {
    tokens: found,
    findings: findings.all.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`),
  };
}

const VALID: readonly [text: string, tokens: string[]][] = [
  ["", []],
  [" \t\r\n", []],
  ["and AND any4 _x @timestamp a@b", ["and", "identifier AND", "identifier any4", "identifier _x", "identifier @timestamp", "identifier a", "identifier @b"]],
  ["in~ in like", ["inTilde in~", "in", "like"]],
  ["like~ regex~ startsWith~ a1~", ["likeTilde like~", "regexTilde regex~", "tildeIdentifier startsWith~", "tildeIdentifier a1~"]],
  ["a.b . c", ["identifier a", "dot .", "identifier b", "dot .", "identifier c"]],
  ["1 1. 1.5 .5 1e3 1.5E-3 .5e+2", ["integer 1", "decimal 1.", "decimal 1.5", "decimal .5", "decimal 1e3", "decimal 1.5E-3", "decimal .5e+2"]],
  ["1e 30s 2e+", ["integer 1", "identifier e", "integer 30", "identifier s", "integer 2", "identifier e", "plus +"]],
  ["a.0.b", ["identifier a", "decimal .0", "dot .", "identifier b"]],
  ["== != < <= > >= = :", ["equal ==", "notEqual !=", "less <", "lessEqual <=", "greater >", "greaterEqual >=", "assign =", "colon :"]],
  ["+-*/%,()[]![?|", ["plus +", "minus -", "star *", "slash /", "percent %", "comma ,", "openParen (", "closeParen )", "openBracket [", "closeBracket ]", "openMissing ![", "optional ?", "pipe |"]],
  ['"" "a" "a\\"b" "\\u{41}"', ['text ""', 'text "a"', 'escapedText "a\\"b"', 'escapedText "\\u{41}"']],
  ["\"it\\'s\"", ["escapedText \"it\\'s\""]],
  ['"it\'s" "// no comment" "/* nor this */"', ['text "it\'s"', 'text "// no comment"', 'text "/* nor this */"']],
  ['"""a\\b""" """"a""" """a"""" """a"""""', ['rawText """a\\b"""', 'rawText """"a"""', 'rawText """a""""', 'rawText """a"""""']],
  ['""""""', ['rawText """"""']],
  ["`a b` `a``b` ``", ["quotedIdentifier `a b`", "quotedIdentifier `a``b`", "quotedIdentifier ``"]],
  ["`a\nb`", ["quotedIdentifier `a\nb`"]],
  ["a // b\nc", ["identifier a", "identifier c"]],
  ["a // b", ["identifier a"]],
  ["a /* b /* c */ d */ e", ["identifier a", "identifier e"]],
  ["a /**/ b /***/ c", ["identifier a", "identifier b", "identifier c"]],
]; // prettier-ignore

describe("EQL tokens", () => {
  it.each(VALID)("%j", (text, tokens) => expect(lex(text)).toEqual({ tokens, findings: [] }));
});

const AMISS: readonly [text: string, tokens: string[], findings: string[]][] = [
  ["a && b || c", ["identifier a", "and &&", "identifier b", "or ||", "identifier c"], ["eql/foreign-operator: &&", "eql/foreign-operator: ||"]],
  ["a & b", ["identifier a", "and &", "identifier b"], ["eql/foreign-operator: &"]],
  ["a === b <> c =~ d", ["identifier a", "equal ===", "identifier b", "notEqual <>", "identifier c", "equal =~", "identifier d"], ["eql/foreign-operator: ===", "eql/foreign-operator: <>", "eql/foreign-operator: =~"]],
  ["!a !: ! [", ["not !", "identifier a", "colon !:", "not !", "openBracket ["], ["eql/foreign-operator: !", "eql/foreign-operator: !:", "eql/foreign-operator: !"]],
  ["'a' 'b\\'c'", ["text 'a'", "escapedText 'b\\'c'"], ["eql/wrong-quotes: 'a'", "eql/wrong-quotes: 'b\\'c'"]],
  ["?'a\\b' ?\"c\\\"d\"", ["oldRawText ?'a\\b'", 'oldRawText ?"c\\"d"'], ["eql/old-raw-text: ?'a\\b'", 'eql/old-raw-text: ?"c\\"d"']],
  ["“a” ‘b’ „c“", ["text “a”", "text ‘b’", "text „c“"], ["eql/wrong-quotes: “a”", "eql/wrong-quotes: ‘b’", "eql/wrong-quotes: „c“"]],
  ["“a", ["identifier a"], ["query/bad-character: “"]],
  ["a\u00a0b", ["identifier a", "identifier b"], ["query/bad-character: \u00a0"]],
  ["a ##$ b", ["identifier a", "identifier b"], ["query/bad-character: ##$"]],
  ["naïve", ["identifier na", "identifier ve"], ["query/bad-character: ï"]],
  ["\u{1F600}", [], ["query/bad-character: \u{1F600}"]],
  ["in ~", ["in"], ["query/bad-character: ~"]],
  ["a;", ["identifier a"], ["query/bad-character: ;"]],
  ['"a\nb', ['text "a', "identifier b"], ['query/unclosed-text: "a']],
  ['"a\\', ['escapedText "a\\'], ['query/unclosed-text: "a\\']],
  ['"""a"\nb', ['oldRawText """a"', "identifier b"], ['query/unclosed-text: """a"']],
  ["`a\nb", ["quotedIdentifier `a", "identifier b"], ["query/unclosed-text: `a"]],
  ["`a``b", ["quotedIdentifier `a`", "quotedIdentifier `b"], ["query/unclosed-text: `b"]],
  ["a /* b", ["identifier a"], ["query/unclosed-text: /* b"]],
  ["a /* /etc/* */ b", ["identifier a", "identifier b"], ["eql/comment-in-comment: /* /etc/* */"]],
  ["a /* /etc/* */ b /* c */ d", ["identifier a", "identifier d"], ["eql/comment-in-comment: /* /etc/* */ b /* c */"]],
  ['"a\\d" "C:\\Users"', ['escapedText "a\\d"', 'escapedText "C:\\Users"'], ['query/bad-escape: "a\\d', 'query/bad-escape: "C:\\U']],
  ['"a\\u00e9"', ['escapedText "a\\u00e9"'], ['query/bad-escape: "a\\u']],
  ['"a\\u{1}"', ['escapedText "a\\u{1}"'], ["query/bad-escape: \\u{1}"]],
  ['"a\\u{dc00}b\\q"', ['escapedText "a\\u{dc00}b\\q"'], ["query/bad-escape: \\u{dc00}"]],
]; // prettier-ignore

describe("what is no token of EQL is reported, and read as what was meant", () => {
  it.each(AMISS)("%j", (text, tokens, findings) => expect(lex(text)).toEqual({ tokens, findings }));
});
