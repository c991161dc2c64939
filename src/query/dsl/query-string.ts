import type { Json } from "../../json/index.js";
import { compile as compileLucene } from "../lucene/compile.js";
import type { Scope } from "../match/index.js";
import type { Matcher } from "./compile.js";
import { isAnd } from "./leaves.js";
import { UnsupportedDsl } from "./unsupported.js";

export function queryString(body: Json, scope: Scope): Matcher {
  const { query, fields, default_field, default_operator, lenient } = body;
  if (typeof query !== "string") throw new UnsupportedDsl("`query_string` without a query");
  const names = Array.isArray(fields)
    ? fields.map(String)
    : typeof default_field === "string"
      ? [default_field]
      : [];
  return compileLucene(query, {
    now: scope.now,
    ...(scope.fields === undefined ? {} : { fields: scope.fields }),
    ...(scope.readers === undefined ? {} : { readers: scope.readers }),
    ...(names.length === 0 || names.includes("*") ? {} : { defaultFields: names }),
    ...(isAnd(default_operator) ? { defaultOperator: "AND" as const } : {}),
    ...(lenient === true ? { lenient: true } : {}),
  });
}
