import type { BundleInput, BundleRule } from "./input.js";
import { IMPORT_LIMITS, type ImportLimits } from "./limits.js";
import { connectorLine, line, listLines, ruleLine } from "./lines.js";
import { type Bundle, exportBundle } from "./ndjson.js";
import { compare } from "./order.js";
import { connectorsNamed, listKey, listsNamed } from "./references.js";
import { summaryLine } from "./summary-line.js";

/** Room for the digits of the summary's counts. */
const DIGITS = 64;

/**
 * The bundle in as many parts as Kibana's limits ask for, each of which can be imported on its own, in any order: it carries the
 * lists and connectors that its rules name. A list that two parts carry is there already when the second is imported;
 * Kibana says so and leaves it alone. A rule that is too large by itself is a part of its own, with the finding.
 */
export function splitBundle(input: BundleInput, limits: ImportLimits = IMPORT_LIMITS): Bundle[] {
  const rules = [...input.rules].sort((a, b) => compare(a.rule.rule_id, b.rule.rule_id));
  const parts: BundleRule[][] = [];
  const sizes = referenceSizes(input);
  let part = new Part(sizes);
  for (const rule of rules) {
    if (part.rules.length > 0 && !part.takes(rule, limits)) {
      parts.push(part.rules);
      part = new Part(sizes);
    }
    part.add(rule);
  }
  parts.push(part.rules);
  return parts.map((own) => exportBundle({ ...input, rules: own }));
}

/** What each list and connector adds to a bundle, in bytes. */
function referenceSizes({ lists, connectors }: BundleInput): ReadonlyMap<string, number> {
  return new Map([
    ...lists.map((list) => [`list ${listKey(list.list)}`, Buffer.byteLength(listLines(list))] as const),
    ...connectors.map((one) => [`connector ${one.id}`, Buffer.byteLength(connectorLine(one))] as const),
  ]);
}

class Part {
  readonly rules: BundleRule[] = [];
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #carried = new Set<string>();
  #bytes = Buffer.byteLength(line(summaryLine(NOTHING))) + DIGITS;

  constructor(sizes: ReadonlyMap<string, number>) {
    this.#sizes = sizes;
  }

  takes(rule: BundleRule, limits: ImportLimits): boolean {
    return this.rules.length < limits.rules && this.#bytes + this.#cost(rule) <= limits.bytes;
  }

  add(rule: BundleRule): void {
    this.#bytes += this.#cost(rule);
    for (const key of keysOf(rule)) this.#carried.add(key);
    this.rules.push(rule);
  }

  /** The bytes of a rule with what it brings along. What is not there is named in the summary. */
  #cost(rule: BundleRule): number {
    const added = [...new Set(keysOf(rule))].filter((key) => !this.#carried.has(key));
    const sizes = added.map((key) => this.#sizes.get(key) ?? mention(key));
    return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(ruleLine(rule)));
  }
}

function keysOf(rule: BundleRule): string[] {
  return [
    ...listsNamed(rule).map((list) => `list ${listKey(list)}`),
    ...connectorsNamed(rule).map(({ id }) => `connector ${id}`),
  ];
}

/** At most what the summary takes to name something that is missing: the key is longer than the id in it. */
function mention(key: string): number {
  return Buffer.byteLength(line({ id: key, type: "action" }));
}

const NOTHING = { rules: 0, lists: 0, items: 0, connectors: 0, missingLists: [], missingConnectors: [] };
