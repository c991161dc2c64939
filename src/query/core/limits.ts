/**
 * What bounds the work on a hostile query. Each limit ends in a finding.
 */

/** UTF-16 units of a query. ES|QL refuses more than a million; no real rule has a fiftieth of it. */
export const MAX_LENGTH = 1_000_000;

/**
 * Nested brackets, negations and operands that stand in each other. Elasticsearch's parsers stop at about 200 to
 * 500. Chains of `and` and `or` are flat in the syntax trees and do not count.
 */
export const MAX_DEPTH = 200;

/** Findings kept of one query. */
export const MAX_FINDINGS = 50;
