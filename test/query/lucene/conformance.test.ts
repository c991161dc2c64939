/** Elasticsearch's own cases for `query_string`, and real rules. */
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { parse as parseToml } from "smol-toml";
import { expect, it } from "vitest";
import { ecsFields, type FieldsInput } from "../../../src/fields/index.js";
import { QueryError } from "../../../src/query/core/index.js";
import { check, compile, type DefaultOperator, parse, print } from "../../../src/query/lucene/index.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";

interface Settings {
  readonly docs?: string;
  readonly query: string;
  readonly default_operator?: DefaultOperator;
  readonly lenient?: boolean;
  readonly fields?: readonly string[];
}

interface Cases {
  readonly docs: Readonly<Record<string, readonly (Readonly<Record<string, unknown>> & { _id: string })[]>>;
  readonly cases: readonly (Settings & { readonly hits: readonly string[] })[];
  readonly errors: readonly (Settings & { readonly error: { readonly messageContains: string } })[];
}

/** The mapping that the cases imply. */
const fields: FieldsInput = {
  properties: {
    f1: { type: "text" },
    f2: { type: "keyword" },
    f3: { type: "text" },
    f3_alias: { type: "alias", path: "f3" },
    f4: { type: "text", index_options: "docs" },
    f_date: { type: "date" },
    f_float: { type: "float" },
    f_ip: { type: "ip" },
    f_bool: { type: "boolean" },
  },
};

/** What our findings say of what Elasticsearch says. */
const OURS: readonly (readonly [theirs: string, ours: string])[] = [
  ["was indexed without position data", '"f4" is indexed without positions: phrases cannot be looked for'],
  ["Can't parse boolean value", '"f_bool" is of type boolean and cannot be compared with "foo"'],
  ["unit [D] not supported for date math", 'the unit "D" is not supported for date math'],
];

const optionsOf = ({ default_operator, lenient, fields: defaultFields }: Settings) => ({
  fields,
  ...(default_operator === undefined ? {} : { defaultOperator: default_operator }),
  ...(lenient === undefined ? {} : { lenient }),
  ...(defaultFields === undefined ? {} : { defaultFields }),
});

describeConformance("query_string", "lucene", (folder) => {
  const { docs, cases, errors } = JSON.parse(
    readFileSync(join(folder, "query-string-cases.json"), "utf8"),
  ) as Cases;

  it.each(cases)("$query on $docs", (settings) => {
    const matches = compile(settings.query, optionsOf(settings));
    const found = docs[settings.docs!]!.filter(({ _id, ...doc }) => matches(doc));
    expect(found.map(({ _id }) => _id)).toEqual(settings.hits);
  });

  it.each(errors)("$query is refused", (settings) => {
    const ours = OURS.find(([theirs]) => settings.error.messageContains.includes(theirs))?.[1];
    expect(() => compile(settings.query, optionsOf(settings))).toThrow(QueryError);
    expect(() => compile(settings.query, optionsOf(settings))).toThrow(ours);
    expect(compile(settings.query, { ...optionsOf(settings), lenient: true })({})).toBe(false);
  });
});

describeConformance("real rules in Lucene's syntax", "rules", (folder) => {
  const rules = conformanceFiles(folder, ".toml")
    .map(({ name, text }) => ({
      name,
      rule: (parseToml(text) as { rule: { language?: string; query?: string } }).rule,
    }))
    .filter(({ rule }) => rule.language === "lucene")
    .map(({ name, rule }) => ({ name, query: rule.query ?? "" }));

  it("have no error", () => {
    for (const { name, query } of rules) {
      const { ast, diagnostics } = parse(query);
      const findings = [...diagnostics, ...check(ast, { fields: ecsFields() })];
      expect({ name, errors: findings.filter(({ severity }) => severity === "error") }).toEqual({
        name,
        errors: [],
      });
      expect(print(parse(print(ast)).ast)).toBe(print(ast));
    }
  });
});
