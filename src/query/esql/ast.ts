/**
 * The syntax tree of an ES|QL query. Each node has its range in the query's text; `and` and `or` are flat. Brackets
 * leave no node. Where a part could not be read, an `error` node stands in its place, so that the rest can be checked.
 */
import type { Span } from "../core/span.js";

export interface Query extends Pipeline {
  readonly kind: "query";
  readonly settings: readonly Setting[];
}

/** A source and what is done with its rows, in order. */
export interface Pipeline extends Span {
  readonly source: Source;
  readonly commands: readonly Command[];
}

/** `(FROM … | …)` in the place of an index or of a list of values. */
export interface Subquery extends Pipeline {
  readonly kind: "subquery";
}

/** What could not be read. */
export interface Unreadable extends Span {
  readonly kind: "error";
}

/** `SET name = value;` */
export interface Setting extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

export type Source = Explain | From | Promql | Row | Show | Unreadable;

/** `FROM a, b METADATA _id`, `TS metrics`. */
export interface From extends Span {
  readonly kind: "from" | "ts";
  readonly targets: readonly (Index | Subquery | Unreadable)[];
  readonly metadata: readonly Column[];
}

export interface Index extends Span {
  readonly kind: "index";
  /** The whole pattern without quotes: `cluster:logs-*::failures`; in quotes there may also be several with commas. */
  readonly text: string;
}

export interface Row extends Span {
  readonly kind: "row";
  readonly columns: readonly Assignment[];
}

/** `SHOW INFO` */
export interface Show extends Span {
  readonly kind: "show";
  /** Lower case. */
  readonly what: string;
}

/** `PROMQL index=k8s step=1m name=(sum(rate(x[5m])))`; the PromQL itself is not read. */
export interface Promql extends Span {
  readonly kind: "promql";
  readonly params: readonly PromqlParam[];
  /** The column that the result is put in. */
  readonly target: string | undefined;
  /** The PromQL as it is written, without spaces around it, and with its brackets where it has them. */
  readonly query: string;
  readonly querySpan: Span;
}

export interface PromqlParam extends Span {
  readonly name: string;
  /** As it is written, quotes and all. */
  readonly value: string;
}

/** `EXPLAIN (FROM …)` */
export interface Explain extends Span {
  readonly kind: "explain";
  readonly query: Subquery;
}

export type Command =
  | ChangePoint
  | Completion
  | Dissect
  | Enrich
  | Eval
  | Extraction
  | Fork
  | Fuse
  | Grok
  | Highlight
  | Join
  | Limit
  | Lookup
  | Mmr
  | MvExpand
  | Plain
  | Rename
  | Rerank
  | Sample
  | Selection
  | Sort
  | Stats
  | Unreadable
  | Where;

export interface Where extends Span {
  readonly kind: "where";
  readonly condition: Expression;
}

export interface Eval extends Span {
  readonly kind: "eval";
  readonly columns: readonly Assignment[];
}

/** `a = expression`, or an expression that its column is named after. */
export interface Assignment extends Span {
  readonly target: ColumnReference | undefined;
  readonly value: Expression;
  /**
   * The column's name where nothing else gives one: the value as it is written, comments and all. Empty where there is a
   * `target`, or where the value is a column.
   */
  readonly text: string;
}

/** `KEEP a, b*`, `DROP a` */
export interface Selection extends Span {
  readonly kind: "keep" | "drop";
  readonly columns: readonly ColumnSelector[];
}

/** `RENAME a AS b, c = d` */
export interface Rename extends Span {
  readonly kind: "rename";
  readonly renamings: readonly Renaming[];
}

export interface Renaming extends Span {
  readonly from: ColumnSelector;
  readonly to: ColumnSelector;
}

/** `LIMIT 10`, `LIMIT 10 BY host` */
export interface Limit extends Span {
  readonly kind: "limit";
  readonly count: Expression;
  readonly by: readonly Expression[];
}

export interface Sort extends Span {
  readonly kind: "sort";
  readonly orders: readonly Order[];
}

export interface Order extends Span {
  readonly value: Expression;
  /** Undefined where it is not written: ascending. */
  readonly direction: "asc" | "desc" | undefined;
  /** Undefined where it is not written: last where ascending, first where descending. */
  readonly nulls: "first" | "last" | undefined;
}

/** `STATS n = COUNT(*) WHERE a > 1 BY b`, `INLINE STATS …` */
export interface Stats extends Span {
  readonly kind: "stats";
  readonly inline: boolean;
  readonly aggregates: readonly Aggregate[];
  readonly by: readonly Assignment[];
}

export interface Aggregate extends Assignment {
  /** The condition after `WHERE`; in `text` it is there too. */
  readonly where: Expression | undefined;
}

/** `DISSECT a "%{b} %{c}" APPEND_SEPARATOR = ","` */
export interface Dissect extends Span {
  readonly kind: "dissect";
  readonly input: Expression;
  readonly pattern: Expression;
  readonly options: readonly Option[];
}

export interface Option extends Span {
  /** Lower case. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

export interface Grok extends Span {
  readonly kind: "grok";
  readonly input: Expression;
  readonly patterns: readonly Expression[];
}

export interface MvExpand extends Span {
  readonly kind: "mv_expand";
  readonly column: ColumnReference;
}

/** `ENRICH _any:policy ON a WITH b = c, d` */
export interface Enrich extends Span {
  readonly kind: "enrich";
  /** What stands before the colon, as written: `_any`. */
  readonly mode: string | undefined;
  readonly policy: string;
  readonly policySpan: Span;
  readonly on: ColumnSelector | undefined;
  readonly with: readonly EnrichColumn[];
}

export interface EnrichColumn extends Span {
  /** The new name, where there is one. */
  readonly target: ColumnSelector | undefined;
  readonly field: ColumnSelector;
}

/** `LOOKUP JOIN index AS alias ON a, b == c` */
export interface Join extends Span {
  readonly kind: "join";
  readonly type: "lookup" | "left" | "right";
  readonly index: Index;
  readonly alias: string | undefined;
  readonly on: readonly Expression[];
}

/** `LOOKUP table ON a`: of snapshots of Elasticsearch alone. */
export interface Lookup extends Span {
  readonly kind: "lookup";
  readonly index: Index;
  readonly on: readonly ColumnSelector[];
}

/** `CHANGE_POINT value ON key AS type, pvalue`, `CHANGE_POINT value BY a` */
export interface ChangePoint extends Span {
  readonly kind: "change_point";
  readonly value: ColumnReference;
  readonly on: ColumnReference | undefined;
  readonly by: readonly ColumnReference[];
  /** The two columns after `AS`. */
  readonly as: readonly [type: ColumnReference, pvalue: ColumnReference] | undefined;
}

export interface Fork extends Span {
  readonly kind: "fork";
  readonly branches: readonly Branch[];
}

/** One bracket of `FORK`: commands on the rows that come in. */
export interface Branch extends Span {
  readonly commands: readonly Command[];
}

/** `FUSE rrf SCORE BY s KEY BY a, b GROUP BY g WITH {…}` */
export interface Fuse extends Span {
  readonly kind: "fuse";
  /** As written. */
  readonly method: string | undefined;
  readonly score: ColumnReference | undefined;
  readonly keys: readonly ColumnReference[];
  readonly group: ColumnReference | undefined;
  readonly with: MapLiteral | undefined;
}

/** `COMPLETION answer = prompt WITH {…}` */
export interface Completion extends Span {
  readonly kind: "completion";
  readonly target: ColumnReference | undefined;
  readonly prompt: Expression;
  readonly with: MapLiteral | Parameter | undefined;
}

/** `RERANK score = "query" ON a, b = f(b) WITH {…}` */
export interface Rerank extends Span {
  readonly kind: "rerank";
  readonly target: ColumnReference | undefined;
  readonly query: Expression;
  readonly on: readonly Assignment[];
  readonly with: MapLiteral | Parameter | undefined;
}

/** `HIGHLIGHT prefix = "x_" "query" ON a WITH {…}` */
export interface Highlight extends Span {
  readonly kind: "highlight";
  readonly prefix: Expression | undefined;
  readonly query: Expression;
  readonly on: readonly ColumnSelector[];
  readonly with: MapLiteral | Parameter | undefined;
}

/** `MMR vector ON field LIMIT 10 WITH {…}` */
export interface Mmr extends Span {
  readonly kind: "mmr";
  readonly vector: Expression | undefined;
  readonly on: ColumnReference;
  readonly limit: Expression;
  readonly with: MapLiteral | Parameter | undefined;
}

/** `URI_PARTS parts = url`: commands that take a text apart into columns with a common prefix. */
export interface Extraction extends Span {
  readonly kind: "ip_location" | "registered_domain" | "uri_parts" | "user_agent";
  readonly target: ColumnReference;
  readonly input: Expression;
  readonly with: MapLiteral | Parameter | undefined;
}

export interface Sample extends Span {
  readonly kind: "sample";
  readonly probability: Expression;
}

/** Commands that are a word. */
export interface Plain extends Span {
  readonly kind: "dedup" | "metrics_info" | "ts_info" | "ts_collapse";
}

export type Expression =
  | Arithmetic
  | Call
  | Cast
  | Comparison
  | In
  | InSubquery
  | IsNull
  | Junction
  | Like
  | List
  | Literal
  | MapLiteral
  | Match
  | Negation
  | Not
  | Timespan
  | ColumnReference
  | Unreadable;

/** What names one column. */
export type ColumnReference = Column | Parameter | ParameterColumn | Unreadable;

/** What names columns in `KEEP` and its like. */
export type ColumnSelector = ColumnPattern | ColumnReference;

export interface Column extends Span {
  readonly kind: "column";
  /** The dotted name without backticks. A `*` in it is a character. */
  readonly name: string;
  /** `[q].[name]`: names are taken from one side of a join. */
  readonly qualifier: string | undefined;
}

/** `a.b*`; `*` alone is every column. */
export interface ColumnPattern extends Span {
  readonly kind: "pattern";
  /** Texts as they stand in the name, and wildcards; at least one is a wildcard. */
  readonly pieces: readonly (string | { readonly any: true })[];
}

/** `?`, `?name`, `?1`, `??column`: what the caller puts in. */
export interface Parameter extends Span {
  readonly kind: "parameter";
  /** `??`: it stands for a name. */
  readonly double: boolean;
  /** Without question marks; empty for `?`. */
  readonly name: string;
}

/** `a.?b.c`: a name with parts that the caller puts in. */
export interface ParameterColumn extends Span {
  readonly kind: "parameter-column";
  readonly parts: readonly (Column | ColumnPattern | Parameter)[];
}

export interface Junction extends Span {
  readonly kind: "and" | "or";
  /** Two or more. */
  readonly operands: readonly Expression[];
}

export interface Not extends Span {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface Comparison extends Span {
  readonly kind: "comparison";
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  readonly left: Expression;
  readonly right: Expression;
}

export interface Arithmetic extends Span {
  readonly kind: "arithmetic";
  readonly operator: "+" | "-" | "*" | "/" | "%";
  readonly left: Expression;
  readonly right: Expression;
}

/** `-a`; a sign before a number is part of the literal. */
export interface Negation extends Span {
  readonly kind: "negation";
  readonly operand: Expression;
}

/** `a LIKE "x*"`, `a NOT RLIKE ("x.*", "y.*")` */
export interface Like extends Span {
  readonly kind: "like";
  readonly operator: "like" | "rlike";
  readonly negated: boolean;
  readonly operand: Expression;
  /** Text literals or parameters; one without brackets is a list of one. */
  readonly patterns: readonly Expression[];
  /** Whether brackets are written. */
  readonly list: boolean;
}

/** `a IN ("x", "y")` */
export interface In extends Span {
  readonly kind: "in";
  readonly negated: boolean;
  readonly operand: Expression;
  readonly values: readonly Expression[];
}

/** `a IN (FROM …)`, `(a, b) IN (FROM …)` */
export interface InSubquery extends Span {
  readonly kind: "in-subquery";
  readonly negated: boolean;
  /** One, or two and more in brackets. */
  readonly operands: readonly Expression[];
  readonly query: Subquery;
}

export interface IsNull extends Span {
  readonly kind: "is-null";
  /** `IS NOT NULL` */
  readonly negated: boolean;
  readonly operand: Expression;
}

/** `field : "text"` */
export interface Match extends Span {
  readonly kind: "match";
  readonly operand: Expression;
  readonly query: Expression;
}

/** `a::type` */
export interface Cast extends Span {
  readonly kind: "cast";
  readonly operand: Expression;
  /** As written. */
  readonly type: string;
  readonly typeSpan: Span;
}

export interface Call extends Span {
  readonly kind: "call";
  /** As written; a parameter's with its question marks. */
  readonly name: string;
  readonly nameSpan: Span;
  /** `COUNT(*)`: then there are no arguments. */
  readonly star: boolean;
  /** A map of options can only be the last. */
  readonly args: readonly Expression[];
}

export type Literal = BooleanLiteral | NullLiteral | NumberLiteral | TextLiteral;

export interface BooleanLiteral extends Span {
  readonly kind: "literal";
  readonly type: "boolean";
  readonly value: boolean;
}

export interface NullLiteral extends Span {
  readonly kind: "literal";
  readonly type: "null";
  readonly value: null;
}

/** The type is the smallest that holds the number; longs are bigints. */
export type NumberLiteral =
  | (Span & { readonly kind: "literal"; readonly type: "double" | "integer"; readonly value: number })
  | (Span & { readonly kind: "literal"; readonly type: "long" | "unsigned_long"; readonly value: bigint });

export interface TextLiteral extends Span {
  readonly kind: "literal";
  readonly type: "keyword";
  readonly value: string;
  /** What stands between the quotes; its length is that of the value where nothing is escaped. */
  readonly content: Span;
}

/** `1 day`, `5 minutes` */
export interface Timespan extends Span {
  readonly kind: "timespan";
  /** A whole number. */
  readonly amount: number;
  /** As written, in lower case. */
  readonly unit: string;
}

/** `[1, 2]`: constants of one type; an inner list is part of a map's value. */
export interface List extends Span {
  readonly kind: "list";
  readonly values: readonly Expression[];
}

/** `{"a": 1}` */
export interface MapLiteral extends Span {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
}

export interface MapEntry extends Span {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Expression;
}
