import type { Aggregate as Item, Assignment, Call, Expression, Stats } from "../../ast.js";
import { columnName } from "../../check/names.js";
import { childrenOf, fingerprint } from "../../check/walk.js";
import {
  type Aggregator, combinations, type CompiledAggregate, compileAggregate, Groups, isAggregate, type Membership, TIMED,
} from "../aggregates/index.js"; // prettier-ignore
import { columnExpr, compile, type Expr } from "../expressions/index.js";
import {
  appended, type Attribute, Column, indexOf, type Page, PAGE_SIZE, type Table, withColumns,
} from "../table/index.js"; // prettier-ignore
import { type Cell, type Cells, cellOf, type Value, valuesOf } from "../values/index.js";
import { type Context, expressionOf } from "./context.js";
import { attributeOf } from "./eval.js";

/** A key after `BY`. */
interface Key {
  readonly attribute: Attribute;
  readonly expr: Expr;
  readonly node: Expression;
}

/** A call of an aggregate function, with the condition of the item that it stands in. */
interface Measure {
  readonly node: Call;
  readonly aggregate: CompiledAggregate;
  readonly where: Expr | undefined;
}

/** An item of `STATS`: what is calculated of the aggregates and keys of a group. */
interface Output {
  readonly attribute: Attribute;
  readonly expr: Expr;
}

/** What a `STATS` comes to: keys and aggregates, whose columns the outputs are calculated from. */
interface Plan {
  readonly keys: readonly Key[];
  readonly measures: readonly Measure[];
  readonly outputs: readonly Output[];
  /** A page as the aggregates see it. */
  readonly extend: (page: Page) => Page;
}

/** `STATS a = COUNT(*) WHERE b BY c`, `INLINE STATS …` */
export function runStats(stats: Stats, table: Table, context: Context): Table {
  const plan = planOf(stats, table, context);
  if (stats.inline) return inlined(plan, table);
  const columns = [
    ...plan.outputs,
    ...plan.keys.map(({ attribute }, at) => ({
      attribute,
      expr: keyColumn(plan, at),
    })),
  ];
  const { attributes, sources } = appended(
    [],
    columns.map(({ attribute }) => attribute),
  );
  const pages = function* (): Generator<Page> {
    for (const page of groupPages(plan, collect(plan, table.pages))) {
      const made = columns.map(({ expr }) => new Column(() => expr.run(page)));
      yield {
        size: page.size,
        columns: sources.map((source) => made[(source as { added: number }).added]!),
      };
    }
  };
  return { attributes, pages: pages() };
}

function planOf(stats: Stats, table: Table, context: Context): Plan {
  warnOfShadowed(stats, context);
  const keys = stats.by.map((group) => keyOf(group, table, context));
  // Aggregates see what BY names.
  const named = keys.filter((_, at) => stats.by[at]!.target !== undefined);
  const input = withKeys(table, named);
  const measures: Measure[] = [];
  const items = stats.aggregates.map((item) => ({
    item,
    first: measures.push(...measuresOf(item, input, context)),
  }));
  const attributes: Attribute[] = [
    ...keys.map(({ attribute }) => attribute),
    ...measures.map(({ aggregate }, at) => ({
      name: `%${at}`,
      type: aggregate.type,
    })),
  ];
  const places = new Map<Expression, number>(measures.map(({ node }, at) => [node, keys.length + at]));
  const prints = keys.map(({ node }) =>
    node.kind === "column" ? undefined : fingerprint(node, MOST_PRINTED),
  );
  const columnOf = (node: Expression): number | undefined => {
    const measure = places.get(node);
    if (measure !== undefined) return measure;
    if (node.kind === "column")
      return indexOf(attributes, node.name) >= 0
        ? indexOf(attributes, node.name)
        : sourceKey(keys, node.name);
    if (node.kind === "literal") return undefined;
    const at = prints.indexOf(fingerprint(node, MOST_PRINTED));
    return at < 0 ? undefined : at;
  };
  const { environment } = context;
  const outputs = items.map(({ item }): Output => {
    const expr = compile(item.value, { attributes, environment, columnOf });
    return { attribute: { name: columnName(item), type: expr.type }, expr };
  });
  return { keys, measures, outputs, extend: input.extend };
}

/** Of columns of one name a key counts, and else the last; Elasticsearch warns of the others. */
function warnOfShadowed({ aggregates, by }: Stats, { environment: { warnings } }: Context): void {
  const winners = new Map<string, Assignment>();
  for (const column of [...by.toReversed(), ...aggregates.toReversed()]) {
    const name = columnName(column);
    const winner = winners.get(name);
    if (winner === undefined) winners.set(name, column);
    else {
      const { line, column: place } = warnings.positionOf(winner.start);
      warnings.add(
        `${warnings.placeOf(column.start)}: Field '${name}' shadowed by field at line ${line}:${place}`,
      );
    }
  }
}

/** Longest expressions that are looked for among the keys. */
const MOST_PRINTED = 2_000;

/** A key that is a column under another name. */
function sourceKey(keys: readonly Key[], name: string): number | undefined {
  const at = keys.findIndex(({ node }) => node.kind === "column" && node.name === name);
  return at < 0 ? undefined : at;
}

function keyOf(group: Assignment, table: Table, context: Context): Key {
  const expr = expressionOf(group.value, table, context);
  return {
    attribute: attributeOf(columnName(group), expr),
    expr,
    node: group.value,
  };
}

/** Adds columns for what `BY` names, which the aggregates see. */
interface Input {
  readonly attributes: readonly Attribute[];
  readonly extend: (page: Page) => Page;
}

function withKeys(table: Table, keys: readonly Key[]): Input {
  if (keys.length === 0) return { attributes: table.attributes, extend: (page) => page };
  const { attributes, sources } = appended(
    table.attributes,
    keys.map(({ attribute }) => attribute),
  );
  const extend = (page: Page): Page => {
    const added = keys.map(({ expr }) => new Column(() => expr.run(page)));
    return withColumns(
      page,
      sources.map((source) => (typeof source === "number" ? page.columns[source]! : added[source.added]!)),
    );
  };
  return { attributes, extend };
}

/** The aggregate calls of an item that are in no other one. */
function measuresOf(item: Item, { attributes }: Input, context: Context): Measure[] {
  const table = { attributes, pages: [] };
  const read = (node: Expression): Expr => expressionOf(node, table, context);
  const where = item.where === undefined ? undefined : read(item.where);
  return aggregateCalls(item.value).map((node) => {
    const args = node.args.filter(({ kind }) => kind !== "map").map(read);
    const time = TIMED.has(node.name.toLowerCase())
      ? [columnExpr(attributes, indexOf(attributes, "@timestamp"))]
      : [];
    return {
      node,
      where,
      aggregate: compileAggregate(node, [...args, ...time], context.environment),
    };
  });
}

function aggregateCalls(node: Expression): Call[] {
  if (node.kind === "call" && isAggregate(node)) return [node];
  return childrenOf(node).flatMap(aggregateCalls);
}

/** Groups and aggregators that have taken in all rows. */
interface Collected {
  readonly groups: Groups;
  readonly aggregators: readonly Aggregator[];
}

function collect({ keys, measures, extend }: Plan, pages: Iterable<Page>): Collected {
  const groups = new Groups(keys.length);
  const aggregators = measures.map(({ aggregate }) => aggregate.create());
  if (keys.length === 0) groups.assign([], 0);
  for (const page of pages) {
    const { rows, groups: numbers } = groups.assign(
      keys.map(({ expr }) => expr.run(page)),
      page.size,
    );
    const input = extend(page);
    for (const [at, { aggregate, where }] of measures.entries()) {
      const args = aggregate.args.map((arg) => arg.run(input));
      const chosen =
        where === undefined ? { rows, groups: numbers } : chosenOf(rows, numbers, where.run(input));
      aggregators[at]!.add(args, chosen.rows, chosen.groups);
    }
  }
  return { groups, aggregators };
}

/** The rows for which a condition is true, and their groups. */
function chosenOf(rows: Int32Array, groups: Int32Array, condition: Cells): Membership {
  const places = rows
    .map((row, place) => (condition[row] === true ? place : -1))
    .filter((place) => place >= 0);
  return {
    rows: places.map((place) => rows[place]!),
    groups: places.map((place) => groups[place]!),
  };
}

/** The groups as pages: first the keys, then the aggregates. */
function* groupPages({ keys }: Plan, { groups, aggregators }: Collected): Generator<Page> {
  const ordered = groups.ordered();
  for (let start = 0; start < ordered.length; start += PAGE_SIZE) {
    const some = ordered.slice(start, start + PAGE_SIZE);
    yield {
      size: some.length,
      columns: [
        ...keys.map((_, key) => new Column(() => some.map((group) => groups.key(group, key)))),
        ...aggregators.map((aggregator) => new Column(some.map((group) => aggregator.result(group)))),
      ],
    };
  }
}

function keyColumn({ keys }: Plan, at: number): Expr {
  return columnExpr(
    keys.map(({ attribute }) => attribute),
    at,
  );
}

/** `INLINE STATS`: each row with what its group comes to. Of a key of several values, the results of each of them. */
function inlined(plan: Plan, table: Table): Table {
  const { keys, outputs } = plan;
  const added = [...outputs.map(({ attribute }) => attribute), ...keys.map(({ attribute }) => attribute)];
  const { attributes, sources } = appended(table.attributes, added);
  const pages = function* (): Generator<Page> {
    const held = [...table.pages];
    const collected = collect(plan, held);
    const results = resultsByGroup(plan, collected);
    for (const page of held) {
      const keyCells = keys.map(({ expr }) => expr.run(page));
      const groups = groupsOfRows(collected.groups, keyCells, page.size);
      const made = [
        ...outputs.map((_, at) => new Column(() => groups.map((own) => resultOf(own, results[at]!)))),
        ...keyCells.map((cells) => new Column(cells)),
      ];
      yield withColumns(
        page,
        sources.map((source) => (typeof source === "number" ? page.columns[source]! : made[source.added]!)),
      );
    }
  };
  return { attributes, pages: pages() };
}

/** The cells of each output by the number of the group. */
function resultsByGroup(plan: Plan, collected: Collected): Cells[] {
  const order = collected.groups.ordered();
  const pages = [...groupPages(plan, collected)];
  return plan.outputs.map(({ expr }) => {
    const cells: Cells = [];
    pages.flatMap((page) => expr.run(page)).forEach((cell, at) => (cells[order[at]!] = cell));
    return cells;
  });
}

function groupsOfRows(groups: Groups, keys: readonly Cells[], size: number): number[][] {
  return Array.from({ length: size }, (_, row) =>
    combinations(
      keys.map((cells): readonly (Value | null)[] => (cells[row] === null ? [null] : valuesOf(cells[row]!))),
    ).flatMap((values) => groups.find(values) ?? []),
  );
}

function resultOf(groups: readonly number[], results: Cells): Cell {
  if (groups.length === 1) return results[groups[0]!]!;
  return cellOf(groups.flatMap((group) => valuesOf(results[group]!)));
}
