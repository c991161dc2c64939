import { covers } from "../../fields/index-pattern.js";
import { type Json } from "../../json/index.js";
import { esql } from "../../query/index.js";
import type { Risk, RiskCode } from "./rank.js";
import { named } from "./words.js";

/** Where a rule looks: what it no longer does, and what it does besides. */
export function sourceRisks(before: Json, after: Json): Risk[] {
  const changed = sourceOf(before) !== sourceOf(after);
  if (changed) {
    const message = `it reads ${sourceOf(after)}, no longer ${sourceOf(before)}`;
    return [{ code: "source-changed", message }];
  }
  return [
    ...patternRisks(patternsOf(before), patternsOf(after), "it"),
    ...patternRisks(texts(before["threat_index"]), texts(after["threat_index"]), "for indicators it"),
  ];
}

function sourceOf(rule: Json): string {
  const { data_view_id: view } = rule;
  if (typeof view === "string" && view !== "") return `the data view "${view}"`;
  return patternsOf(rule).length > 0 || rule["type"] === "machine_learning"
    ? "indices of its own"
    : "the indices that are set for all rules of the space";
}

function patternsOf(rule: Json): string[] {
  const { query } = rule;
  if (rule["type"] === "esql" && typeof query === "string")
    return [...(esql.indicesOf(esql.parse(query).ast) ?? [])];
  return texts(rule["index"]);
}

function patternRisks(before: readonly string[], after: readonly string[], who: string): Risk[] {
  const [was, is] = [split(before), split(after)];
  const risk = (code: RiskCode, does: string, patterns: readonly string[]): Risk[] =>
    patterns.length === 0 ? [] : [{ code, message: `${who} ${does} ${named(patterns)}` }];
  return [
    ...risk("index-lost", "no longer reads", beyond(was.read, is.read)),
    ...risk("index-lost", "leaves out", beyond(is.left, was.left)),
    ...risk("index-broadened", "also reads", beyond(is.read, was.read)),
    ...risk("index-broadened", "no longer leaves out", beyond(was.left, is.left)),
  ];
}

/** Patterns that are read, and those that are left out of them again. */
function split(patterns: readonly string[]): { read: string[]; left: string[] } {
  const leaves = (pattern: string): boolean => pattern.startsWith("-");
  return {
    read: patterns.filter((pattern) => !leaves(pattern)),
    left: patterns.filter(leaves).map((pattern) => pattern.slice(1)),
  };
}

/** The patterns that none of the others takes in. */
function beyond(patterns: readonly string[], others: readonly string[]): string[] {
  return patterns.filter((pattern) => !others.some((other) => covers(other, pattern)));
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value
        .filter((entry): entry is string => typeof entry === "string")
        .flatMap((entry) => entry.split(",").map((pattern) => pattern.trim()))
    : [];
}
