/** Commands that give rows: the first of a query. */
export const SOURCE_COMMANDS: readonly string[] = ["explain", "from", "promql", "row", "show", "ts"];

/** Commands after a pipe, by their first word. */
export const PIPE_COMMANDS: readonly string[] = [
  "change_point",
  "completion",
  "dedup",
  "dissect",
  "drop",
  "enrich",
  "eval",
  "fork",
  "fuse",
  "grok",
  "highlight",
  "inline",
  "inlinestats",
  "ip_location",
  "keep",
  "left",
  "limit",
  "lookup",
  "metrics_info",
  "mmr",
  "mv_expand",
  "registered_domain",
  "rename",
  "rerank",
  "right",
  "sample",
  "sort",
  "stats",
  "ts_collapse",
  "ts_info",
  "uri_parts",
  "user_agent",
  "where",
];

export const isSourceCommand = (word: string): boolean => SOURCE_SET.has(word);
export const isPipeCommand = (word: string): boolean => PIPE_SET.has(word);

const SOURCE_SET: ReadonlySet<string> = new Set(SOURCE_COMMANDS);
const PIPE_SET: ReadonlySet<string> = new Set(PIPE_COMMANDS);
