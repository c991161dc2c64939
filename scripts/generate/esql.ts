/**
 * Writes `src/query/esql/functions/functions.generated.json`: which functions and operators ES|QL has, what kind each
 * is, and which types it takes and gives. Facts only; they come from a reduced copy of Elasticsearch's own function
 * definitions that stands outside the repository: the first argument, or `esql/definitions-reduced.json` in the folder
 * that `KDAC_CONFORMANCE` names.
 *
 * A signature is one text, `boolean date|date_nanos? > date`: what each parameter takes, `?` where it may be left out,
 * `*` where it may be repeated, and the result. `$1` stands for the type of the second argument. Signatures that
 * differ in one parameter only are merged, and `text` is left out wherever `keyword` stands: they are
 * interchangeable.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

interface Signature {
  readonly params: readonly string[];
  readonly variadic?: boolean;
  readonly returns: string;
}

interface Definitions {
  readonly _source: string;
  readonly functions: readonly {
    readonly name: string;
    readonly type: string;
    readonly preview: boolean;
    readonly snapshot_only: boolean;
    readonly signatures: readonly Signature[];
  }[];
  readonly operators: readonly {
    readonly name: string;
    readonly operator: string;
    readonly signatures: readonly Signature[];
  }[];
}

/** One signature while it is being merged: the types that each parameter takes. */
interface Row {
  params: Set<string>[];
  readonly marks: readonly string[];
  readonly returns: string;
}

const KINDS: Readonly<Record<string, string>> = {
  scalar: "scalar",
  agg: "aggregate",
  grouping: "grouping",
  time_series_agg: "timeSeries",
};

/** Writes the table from the definitions at `source` and returns the file's path. */
export function generateEsql(root: string, source: string): string {
  const definitions = JSON.parse(readFileSync(source, "utf8")) as Definitions;
  const table = {
    functions: Object.fromEntries(
      definitions.functions.map(({ name, type, preview, snapshot_only: snapshot, signatures }) => [
        name,
        {
          kind: KINDS[type]!,
          ...(preview ? { preview } : {}),
          ...(snapshot ? { snapshot } : {}),
          signatures: compact(signatures),
        },
      ]),
    ),
    operators: Object.fromEntries(
      definitions.operators
        .filter(({ signatures }) => signatures.length > 0)
        .map(({ name, signatures }) => [name, compact(signatures)]),
    ),
  };
  const file = join(root, "src/query/esql/functions/functions.generated.json");
  writeFileSync(file, `${JSON.stringify(table, undefined, 1)}\n`);
  return file;
}

/** The signatures of one function in as few texts as possible. */
function compact(signatures: readonly Signature[]): string[] {
  const same = sameAsArgument(signatures);
  const rows = signatures.map(({ params, variadic, returns }): Row => {
    const bare = params.map((param) => plain(param.replace(/\?$/u, "")));
    const marks = params.map(
      (param, i) =>
        (param.endsWith("?") ? "?" : "") + (variadic === true && i === params.length - 1 ? "*" : ""),
    );
    return {
      params: bare.map((type) => new Set([type])),
      marks,
      returns: same === undefined ? returns : `$${same}`,
    };
  });
  return merged(rows)
    .map(({ params, marks, returns }) =>
      [...params.map((types, i) => [...types].sort().join("|") + marks[i]!), ">", returns].join(" "),
    )
    .sort();
}

/** `text` is taken wherever `keyword` is; `float` is read as `double`. */
function plain(type: string): string {
  if (type === "text") return "keyword";
  return type === "float" ? "double" : type;
}

/** The index of the parameter whose type is the result's in every signature, where that says anything. */
function sameAsArgument(signatures: readonly Signature[]): number | undefined {
  if (new Set(signatures.map((signature) => signature.returns)).size < 2) return undefined;
  return [0, 1].find((i) =>
    signatures.every(({ params, returns }) => plain(params[i]?.replace(/\?$/u, "") ?? "") === plain(returns)),
  );
}

/** Merges rows that agree in all but one parameter, until no two do. */
function merged(rows: readonly Row[]): Row[] {
  let result = [...new Map(rows.map((row) => [JSON.stringify(key(row)), row])).values()];
  const most = Math.max(0, ...result.map((row) => row.params.length));
  for (let changed = true; changed;) {
    const before = result.length;
    for (let at = 0; at < most; at++) {
      const byRest = new Map<string, Row>();
      for (const row of result) {
        const rest = JSON.stringify(key(row, at));
        const other = byRest.get(rest);
        if (other === undefined || row.params.length <= at) byRest.set(rest, row);
        else for (const type of row.params[at]!) other.params[at]!.add(type);
      }
      result = [...byRest.values()];
    }
    changed = result.length < before;
  }
  return result;
}

/** What has to be equal in two rows that differ in the parameter `at` alone. */
function key(row: Row, at = -1): unknown {
  return [row.params.map((types, i) => (i === at ? "" : [...types].sort())), row.marks, row.returns];
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, "../..");
  const folder = resolve(root, process.env.KDAC_CONFORMANCE ?? "../shared/conformance");
  console.log(generateEsql(root, process.argv[2] ?? join(folder, "esql/definitions-reduced.json")));
}
