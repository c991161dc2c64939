import { noIndex, noTimestamp } from "./messages.js";
import type { Outcome } from "./outcome.js";
import { patternsOfRule, type StoredRule } from "./rule.js";
import type { DocumentIndex } from "./store/document-index.js";
import type { Store } from "./store/store.js";
import type { Timestamps } from "./timestamps.js";

/** The indices that a run searches, with warnings of what is missing in them. Undefined where there is none, which ends the run. */
export function sourcesOf(
  store: Store,
  params: StoredRule,
  { primary }: Timestamps,
  outcome: Outcome,
): readonly DocumentIndex[] | undefined {
  if (params.type === "machine_learning") return [];
  const patterns = patternsOfRule(params);
  const indices = store.matching(patterns);
  // ES|QL refuses a query whose indices are missing; a mapping for every index is one of theirs.
  if (params.type === "esql")
    return indices.length > 0 || patterns === undefined
      ? indices
      : patterns.map((name) => store.empty(name.replaceAll("*", "")));
  if (indices.length === 0) {
    outcome.warn(noIndex(patterns ?? ["*"]));
    return undefined;
  }
  const without = indices
    .filter((index) => index.docs.length > 0 || index.mapping.isOwn)
    .filter((index) => !index.has(primary));
  if (without.length > 0)
    outcome.warn(
      noTimestamp(
        primary,
        without.map(({ name }) => name),
      ),
    );
  return indices;
}
