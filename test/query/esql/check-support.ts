import { expect } from "vitest";
import { type FieldsInput, fieldsOf } from "../../../src/fields/index.js";
import { check, parse } from "../../../src/query/esql/index.js";

/** The fields that most cases read: all there are. */
export const FIELDS = fieldsOf({
  "@timestamp": "date",
  "event.created": "date_nanos",
  "host.name": "keyword",
  "host.os.type": "keyword",
  "user.name": "wildcard",
  message: "match_only_text",
  "process.pid": "long",
  "process.parent.pid": "integer",
  "source.ip": "ip",
  "source.bytes": "unsigned_long",
  "agent.version": "version",
  "cpu.load": "scaled_float",
  trusted: "boolean",
  place: "geo_point",
  raw: "flattened",
  "raw.below": "keyword",
  mixed: { esTypes: ["ip", "keyword"] },
  times: { esTypes: ["date", "date_nanos"] },
});

export interface Marked {
  readonly code: string;
  /** The part of the query that the finding marks. */
  readonly at: string;
}

/** What the check says of a query that parses: code and marked text. */
export function findingsIn(query: string, fields: FieldsInput = FIELDS, stack?: string): Marked[] {
  const { ast, diagnostics } = parse(query);
  expect(diagnostics, query).toEqual([]);
  const given = { fields: fieldsOf(fields) };
  return check(ast, { ...given, ...(stack === undefined ? {} : { stack }) }).map(({ code, end, start }) => ({
    code,
    at: query.slice(start, end),
  }));
}

/** The message and the help of the only finding in a query. */
export function onlyFinding(query: string, fields: FieldsInput = FIELDS): string {
  const found = check(parse(query).ast, { fields: fieldsOf(fields) });
  expect(found, query).toHaveLength(1);
  return `${found[0]!.message}; ${found[0]!.help ?? ""}`;
}
