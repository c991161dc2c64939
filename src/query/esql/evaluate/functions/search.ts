/** Full-text functions, on the KQL and Lucene engines. They ask the document that a row comes from. */
import { type Event, hasWord, hasWordsInRow, textOf, tokens } from "../../../match/index.js";
import * as kql from "../../../kql/index.js";
import * as lucene from "../../../lucene/index.js";
import { type FieldInfo, type Fields, isKeyword } from "../../../../fields/index.js";
import { plain } from "../../check/types.js";
import { NotRun } from "../not-run.js";
import { type Cell, cellsOf, Failure, type Value, valueFromText, valuesOf } from "../values/index.js";
import type { Functions, Implementation, Site } from "./define.js";

export const SEARCH: Functions = {
  kql: ofDocument(["boost", "case_insensitive"], (text, { options, environment: { fields, now } }) => {
    const insensitive = options.get("case_insensitive") === true;
    return kql.compile(text, { now, ...fieldsFor(insensitive ? withoutCase(fields) : fields) });
  }),
  qstr: ofDocument(["boost"], (text, { environment: { fields, now } }) =>
    lucene.compile(text, { now, ...fieldsFor(fields) }),
  ),
  match: ofField(matchTest),
  match_phrase: ofField(phraseTest),
};

const fieldsFor = (fields: Fields | undefined): { fields?: Fields } =>
  fields === undefined ? {} : { fields };

/** The fields, with keywords that are compared without regard to case. */
function withoutCase(fields: Fields | undefined): Fields | undefined {
  if (fields === undefined) return undefined;
  const find = (name: string): FieldInfo | undefined => {
    const field = fields.find(name);
    return field !== undefined && isKeyword(field.type) ? { ...field, normalizer: "lowercase" } : field;
  };
  return { find, closed: fields.closed, names: () => fields.names() };
}

/** @param runs the options that the function knows here; a boost decides about no match */
function ofDocument(
  runs: readonly string[],
  compile: (query: string, site: Site) => (event: Event) => boolean,
): Implementation {
  return (site) => {
    const { args, options, node } = site;
    for (const name of options.keys())
      if (!runs.includes(name)) throw new NotRun(`${node.name.toUpperCase()}() with ${name}`, node);
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
