import type { Json } from "../../json/index.js";
import { type Counts, summaryCounts } from "../ndjson-read.js";
import { problem, type SourceOrigin, type SourcePart, type SourceProblem } from "./model.js";

type Kind = SourcePart["kind"] | "rule";

const NAMES = {
  rules: "rules",
  lists: "exception lists",
  items: "exception items",
  connectors: "connectors",
} as const;

/** What a summary says is missing: the key, what it holds, and the id that it names them by. */
const MISSING = [
  ["missing_rules", "rules", "rule_id"],
  ["missing_exception_lists", "exception lists", "list_id"],
  ["missing_exception_list_items", "exception items", "item_id"],
  ["missing_action_connections", "connectors", "id"],
] as const;

/** Compares what came with what the summary at the end of an export says. */
export class Tally {
  #counts: Record<Kind, number> = { rule: 0, "exception-list": 0, "exception-item": 0, connector: 0 };

  add(kind: Kind): void {
    this.#counts[kind]++;
  }

  /** The problems that a summary tells of. What comes after it is counted anew: exports are put together with `cat`. */
  close(summary: Json, origin: SourceOrigin): SourceProblem[] {
    const said = summaryCounts(summary);
    const found: Counts = {
      rules: this.#counts.rule,
      lists: this.#counts["exception-list"],
      items: this.#counts["exception-item"],
      connectors: this.#counts.connector,
    };
    this.#counts = { rule: 0, "exception-list": 0, "exception-item": 0, connector: 0 };
    return [...differences(said, found, summary, origin), ...missing(summary, origin)];
  }
}

function differences(said: Counts, found: Counts, summary: Json, origin: SourceOrigin): SourceProblem[] {
  // In 7.14 the summary speaks of rules only.
  const kinds = (["rules", "lists", "items", "connectors"] as const).filter((kind) =>
    KEYS[kind].some((key) => key in summary),
  );
  return kinds
    .filter((kind) => said[kind] !== found[kind])
    .map((kind) =>
      problem(
        "source/count-mismatch",
        { expected: said[kind], kind: NAMES[kind], found: found[kind] },
        origin,
      ),
    );
}

const KEYS = {
  rules: ["exported_count", "exported_rules_count"],
  lists: ["exported_exception_list_count"],
  items: ["exported_exception_list_item_count"],
  connectors: ["exported_action_connector_count"],
} as const;

function missing(summary: Json, origin: SourceOrigin): SourceProblem[] {
  return MISSING.flatMap(([key, kind, id]) => {
    const entries = summary[key];
    if (!Array.isArray(entries) || entries.length === 0) return [];
    const ids = entries.map((entry: Json | null) => idOf(entry?.[id] ?? entry?.["rule_id"]));
    const shown = ids.length > 5 ? [...ids.slice(0, 5), `and ${ids.length - 5} more`] : ids;
    return [problem("source/missing-in-export", { kind, ids: shown.join(", ") }, origin)];
  });
}

const idOf = (id: unknown): string => (typeof id === "string" ? id : "without an id");
