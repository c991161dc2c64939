/** Classes of regular expressions that older releases read otherwise, in each language. */
import { describe, expect, it } from "vitest";
import { checkQuery, type Language, parseQuery } from "../../src/query/index.js";

const fields = { a: "keyword" };

/** The text that is reported for a stack. */
function reported(language: Language, text: string, stack?: string): string[] {
  const query = parseQuery(language, text);
  const found = checkQuery(query, { fields, ...(stack === undefined ? {} : { stack }) });
  return [...query.diagnostics, ...found].map(({ code, severity, start, end }) => {
    expect([code, severity]).toEqual(["query/hyphen-after-escape", "warning"]);
    return text.slice(start, end);
  });
}

describe.each<[Language, text: string, place: string]>([
  ["eql", 'any where a regex """x[\\w\\.-]+"""', "\\.-"],
  ["eql", 'any where a regex~ ("y", "x[\\\\w\\\\.-]+")', '"x[\\\\w\\\\.-]+"'],
  ["eql", 'any where not a regex "[#-/]x[.\\\\+-9]"', '"[#-/]x[.\\\\+-9]"'],
  ["esql", 'FROM logs METADATA _id | WHERE a RLIKE """[\\w\\.-]+"""', "\\.-"],
  ["esql", 'FROM logs METADATA _id | WHERE a RLIKE "[\\\\w\\\\.-]+"', "\\\\.-"],
  ["lucene", "a:/[\\w\\.-]+/", "/[\\w\\.-]+/"],
  ["lucene", "a:x AND a:(/[\\w\\.-]+/ OR y)", "/[\\w\\.-]+/"],
])("%s: %s", (language, text, place) => {
  it.each(["8.19", "9.0", "9.0.4"])("is reported on %s", (stack) => {
    expect(reported(language, text, stack)).toEqual([place]);
  });
  it.each(["9.1", "9.5.1", undefined])("is fine on %s", (stack) => {
    expect(reported(language, text, stack)).toEqual([]);
  });
});

it.each<[Language, string]>([
  ["eql", 'any where a regex """[A-Za-z0-9_\\\\-]+"""'],
  ["esql", 'FROM logs METADATA _id | WHERE a RLIKE """[A-Za-z0-9_\\\\-]+"""'],
  ["lucene", "a:/[A-Za-z0-9_\\\\-]+/"],
])("%s: %s is fine on every stack", (language, text) => {
  expect(reported(language, text, "8.18")).toEqual([]);
});
