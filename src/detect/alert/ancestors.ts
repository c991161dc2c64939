import { isJson } from "../../json/index.js";
import { type Event, reader, textOf } from "../../query/index.js";

/** Where an alert comes from. */
export interface Ancestor {
  readonly id: string;
  readonly type: "event" | "signal";
  readonly index: string;
  readonly depth: number;
  /** Of an alert: the rule that made it. */
  readonly rule?: string;
}

/** A document that an alert is made of. */
export interface Parent {
  readonly id: string;
  readonly index: string;
  readonly source: Event;
}

const read = (name: string, legacy: string): ((event: Event) => unknown) => {
  const own = reader(name);
  const old = reader(legacy);
  return (event) => own(event) ?? old(event);
};

const readDepth = read("kibana.alert.depth", "signal.depth");
const readRule = read("kibana.alert.rule.uuid", "signal.rule.id");

/** The ancestors of an alert on a document: the document and, of one that is an alert, those before it. */
export function ancestorsOf({ id, index, source }: Parent): Ancestor[] {
  const depth = Number(readDepth(source) ?? 0);
  if (depth === 0) return [{ id, type: "event", index, depth: 0 }];
  const rule = readRule(source);
  return [
    ...earlierOf(source),
    { id, type: "signal", index, depth, ...(rule === undefined ? {} : { rule: textOf(rule) }) },
  ];
}

/** The ancestors that a document has as an alert. */
export function earlierOf(source: Event): Ancestor[] {
  const { kibana, signal } = source;
  const alert = isJson(kibana) ? kibana["alert"] : undefined;
  const found =
    source["kibana.alert.ancestors"] ??
    (isJson(alert) ? alert["ancestors"] : undefined) ??
    source["signal.ancestors"] ??
    (isJson(signal) ? signal["ancestors"] : undefined);
  return Array.isArray(found) ? (found as Ancestor[]) : [];
}
