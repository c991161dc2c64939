/** Full-text functions, on the KQL and Lucene engines. They ask the document that a row comes from. */
import { type Event, hasWord, hasWordsInRow, textOf, tokens } from "../../../match/index.js";
import * as kql from "../../../kql/index.js";
import * as lucene from "../../../lucene/index.js";
import { plain } from "../../check/types.js";
import { NotRun } from "../not-run.js";
import { type Cell, cellsOf, Failure, type Value, valueFromText, valuesOf } from "../values/index.js";
import type { Functions, Implementation, Site } from "./define.js";

export const SEARCH: Functions = {
  kql: ofDocument((text, { environment: { fields, now } }) =>
    kql.compile(text, { now, ...(fields === undefined ? {} : { fields }) }),
  ),
  qstr: ofDocument((text, { environment: { fields, now } }) =>
    lucene.compile(text, { now, ...(fields === undefined ? {} : { fields }) }),
  ),
  match: ofField(matchTest),
  match_phrase: ofField(phraseTest),
};

function ofDocument(compile: (query: string, site: Site) => (event: Event) => boolean): Implementation {
  return (site) => {
    const { args, options, node } = site;
    if (options.size > 0) throw new NotRun(`${node.name.toUpperCase()}() with options`, node);
    const query = args[0]!.constant!() as string;
    const test = compile(query, site);
    return ({ documents, size }) => {
      if (documents === undefined) return cellsOf(size, false);
      return documents.cells.map((document) => document !== null && test(document as unknown as Event));
    };
  };
}

/** Asks the values of one field: one that passes is enough, and none is no match. */
function ofField(compile: (site: Site) => (value: Value) => boolean): Implementation {
  return (site) => {
    const { args } = site;
    const test = compile(site);
    return (page) => args[0]!.run(page).map((cell) => valuesOf(cell).some(test));
  };
}

/** A text matches by its words, other values where they are equal. */
function matchTest({ args, options, node }: Site): (value: Value) => boolean {
  const [field, query] = args;
  const cell = query!.constant!();
  if (field!.type !== "text") return equalTest(field!.type, query!.type, cell);
  for (const name of options.keys())
    if (!RUN_OPTIONS.has(name)) throw new NotRun(`MATCH() with ${name}`, node);
  const words = valuesOf(cell).flatMap((text) => tokens(textOf(text)));
  if (words.length === 0) return () => false;
  if (String(options.get("operator")).toLowerCase() !== "and") return hasWord(words);
  const tests = words.map((word) => hasWord([word]));
  return (value) => tests.every((test) => test(value));
}

/** Options that decide about a match; boosts do not. */
const RUN_OPTIONS: ReadonlySet<string> = new Set(["boost", "lenient", "operator"]);

function phraseTest({ args, options, node, environment }: Site): (value: Value) => boolean {
  const [field, query] = args;
  const cell = query!.constant!();
  if (field!.type !== "text") return equalTest(field!.type, query!.type, cell);
  for (const name of options.keys())
    if (name !== "boost" && name !== "slop") throw new NotRun(`MATCH_PHRASE() with ${name}`, node);
  const words = tokens(textOf(cell));
  const info = environment.fields?.find(field!.attribute?.field ?? "");
  return hasWordsInRow(words, info, Number(options.get("slop") ?? 0));
}

function equalTest(type: string, queryType: string, cell: Cell): (value: Value) => boolean {
  const wanted = new Set(
    valuesOf(cell).flatMap((value) => {
      if (plain(queryType) !== "keyword" || plain(type) === "keyword") return [value];
      try {
        return [valueFromText(value as string, type)];
      } catch (error) {
        if (error instanceof Failure) return [];
        throw error;
      }
    }),
  );
  return (value) => wanted.has(value);
}
