import { constructFromEvents, type Event, EVENT_ID, parseEvents, YAMLException } from "js-yaml";
import { type Diagnostic, fromPointer, type OffsetRange, report, type Target } from "../diagnostics/index.js";
import { commentsOf, entriesStartingIn } from "./comments.js";
import { constructPlain } from "./construct-plain.js";
import type { LocatedDocument, LocatedEntry } from "./document.js";
import { isolateFailures } from "./isolate.js";
import { limits } from "./limits.js";
import { lineAt } from "./lines.js";
import { buildTree, type LocatedNode } from "./node-tree.js";
import { mapIntoScalar } from "./scalar-offsets.js";
import { inspectStructure } from "./structure.js";
import { explainFailure, toFailure } from "./syntax-error.js";
import { lenientSchema, strictSchema } from "./tags.js";

/**
 * Reads one YAML file (a JSON file is one too). Never throws: whatever is wrong becomes a finding, and `data` is undefined where
 * nothing could be read. `file` is the path for the findings, relative to the project's root.
 *
 * The text is parsed once. Positions are worked out when the first one is asked for, by parsing again: of thousands of
 * files few have findings, and keeping every file's events would cost more memory than all else together.
 */
export function parseDocument(text: string, file: string): LocatedDocument {
  return new YamlDocument(text, file, read(text, file));
}

interface Reading {
  readonly data?: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

function read(text: string, file: string): Reading {
  if (text.length > limits.textLength)
    return { diagnostics: [report("yaml/too-large", { limit: limits.textLength / 1_000_000 }, { file })] };
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: limits.depth });
  } catch (thrown) {
    return { diagnostics: syntaxFindings(text, file, thrown) };
  }
  const first = firstDocument(events);
  const second = first.length < events.length ? [secondDocument(text, file, events, first.length)] : [];
  const { data, diagnostics } = construct(text, file, first);
  return { data: data, diagnostics: [...diagnostics, ...second] };
}

function syntaxFindings(text: string, file: string, thrown: unknown): Diagnostic[] {
  const failures = isolateFailures(text);
  const all = failures.length > 0 ? failures : [toFailure(thrown, { start: 0, end: text.length })];
  return all.map((failure) => explainFailure(text, file, failure));
}

function firstDocument(events: Event[]): Event[] {
  const second = events.findIndex((event, i) => i > 0 && event.type === EVENT_ID.DOCUMENT);
  return second < 0 ? events : events.slice(0, second);
}

function secondDocument(text: string, file: string, events: readonly Event[], at: number): Diagnostic {
  const before = buildTree(text, events.slice(0, at)).range.end;
  const marker = /^(?:---|\.\.\.)/m.exec(text.slice(before));
  const start = before + (marker?.index ?? 0);
  return report(
    "yaml/multiple-documents",
    {},
    { file, range: { start, end: start + (marker?.[0].length ?? 0) } },
  );
}

function construct(text: string, file: string, events: Event[]): Reading {
  if (isEmpty(events)) return { diagnostics: [report("yaml/empty", {}, { file })] };
  if (events[1]!.type !== EVENT_ID.MAPPING) {
    const { range } = buildTree(text, events);
    return { diagnostics: [report("yaml/not-a-mapping", { what: describe(events[1]!) }, { file, range })] };
  }
  const plain = constructPlain(text, events);
  if (plain !== undefined) return { data: plain, diagnostics: [] };
  if (!events.some((event) => event.type === EVENT_ID.ALIAS)) {
    try {
      return {
        data: constructFromEvents(events, { source: text, schema: strictSchema })[0],
        diagnostics: [],
      };
    } catch {
      // What it was is looked at below.
    }
  }
  const { events: mended, diagnostics } = inspectStructure(text, file, events);
  if (mended === undefined) return { diagnostics };
  try {
    const [data] = constructFromEvents([...mended], { source: text, schema: lenientSchema, json: true });
    return { data, diagnostics };
  } catch (thrown) {
    return {
      diagnostics: [
        ...diagnostics,
        explainFailure(text, file, toFailure(thrown, { start: 0, end: text.length })),
      ],
    };
  }
}

function isEmpty(events: readonly Event[]): boolean {
  const root = events[1];
  return root === undefined || (root.type === EVENT_ID.SCALAR && root.valueStart < 0);
}

function describe(event: Event): string {
  return event.type === EVENT_ID.SEQUENCE ? "a list" : "a single value";
}

class YamlDocument implements LocatedDocument {
  readonly data: unknown;
  readonly diagnostics: readonly Diagnostic[];
  private tree: LocatedNode | undefined;

  constructor(
    readonly text: string,
    readonly file: string,
    { data, diagnostics }: Reading,
  ) {
    this.data = data;
    this.diagnostics = diagnostics;
  }

  rangeOf({ pointer, on, within, range }: Pick<Target, "pointer" | "on" | "within" | "range">): OffsetRange {
    if (range !== undefined)
      return { start: Math.min(range.start, this.text.length), end: Math.min(range.end, this.text.length) };
    const start = this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
    if (pointer === undefined) return { start, end: start };
    const { node, exact } = this.find(pointer);
    if (!exact && node.children !== undefined) return node.key ?? this.firstLineOf(node.range);
    if (on === "key") return node.key ?? node.range;
    if (within === undefined || !exact || node.scalar === undefined) return node.range;
    return mapIntoScalar(this.text, node.scalar, within) ?? node.range;
  }

  rawScalar(pointer: string): string | undefined {
    const { node, exact } = this.find(pointer);
    return exact && node.scalar !== undefined && node.scalar.valueStart >= 0
      ? this.text.slice(node.range.start, node.range.end)
      : undefined;
  }

  comments(): readonly OffsetRange[] {
    return commentsOf(this.text, this.root());
  }

  entriesStartingIn(line: OffsetRange): readonly LocatedEntry[] {
    return entriesStartingIn(this.root(), line);
  }

  private root(): LocatedNode {
    return (this.tree ??= this.locate());
  }

  /** Where something is missing from a whole entry or file, its first line is enough to show. */
  private firstLineOf({ start, end }: OffsetRange): OffsetRange {
    return { start, end: Math.min(end, lineAt(this.text, start).end) };
  }

  private locate(): LocatedNode {
    if (this.text.length > limits.textLength) return { range: { start: 0, end: 0 } };
    try {
      return buildTree(this.text, firstDocument(parseEvents(this.text, { maxDepth: limits.depth })));
    } catch (thrown) {
      if (thrown instanceof YAMLException) return { range: { start: 0, end: 0 } };
      throw thrown;
    }
  }

  private find(pointer: string): { node: LocatedNode; exact: boolean } {
    let node = this.root();
    for (const segment of fromPointer(pointer)) {
      const child = node.children?.get(segment);
      if (child === undefined) return { node, exact: false };
      node = child;
    }
    return { node, exact: true };
  }
}
