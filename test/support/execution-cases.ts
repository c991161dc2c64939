/** Cases of rule execution as the conformance folder keeps them: documents, runs, and what is expected of the alerts. */
import {
  type Alert,
  createDetector,
  type DetectionRule,
  type ExceptionItem,
  type Run,
} from "../../src/detect/index.js";
import type { MappingsInput } from "../../src/detect/index.js";
import { reader, textOf } from "../../src/query/index.js";

type Fields = Record<string, unknown>;

interface Generated {
  readonly count: number;
  readonly template: Fields;
  readonly ts?: {
    readonly base: string;
    readonly stepSeconds: number;
    readonly first?: number;
    readonly nanos?: string;
  };
}

interface Step {
  readonly index?: readonly Fields[];
  readonly generate?: readonly Generated[];
  readonly patchRule?: Fields;
  readonly closeAlerts?: boolean;
  readonly runAt?: string;
  readonly manualRun?: { readonly start: string; readonly end: string };
  readonly expect?: Expected;
}

export interface ExecutionCase {
  readonly id: string;
  readonly name: string;
  readonly note?: string;
  readonly rule: Fields & {
    readonly type: DetectionRule["type"];
    readonly interval?: string;
    readonly index?: readonly string[];
  };
  readonly docs?: readonly Fields[];
  readonly generatedDocs?: Generated | readonly Generated[];
  readonly mapping?: Fields;
  readonly fillers?: readonly { readonly count: number; readonly template: Fields }[];
  readonly preview?: { readonly timeframeEnd: string; readonly invocationCount?: number };
  readonly steps?: readonly Step[];
  readonly exceptions?: readonly ExceptionItem["entries"][];
  readonly exceptionItems?: readonly (Omit<ExceptionItem, "list_type"> & { readonly listType: string })[];
  readonly expect: Expected;
}

export type Expected = Fields & { readonly sort?: readonly string[]; readonly anyOrder?: boolean };

/** What the cases say of the index that they do not map themselves. */
const ECS = {
  "@timestamp": "date", "agent.name": "keyword", "agent.type": "keyword", "agent.version": "keyword", "client.ip": "ip",
  "event.ingested": "date", "host.id": "keyword", "host.ip": "ip", "host.name": "keyword", "host.uptime": "long", id: "keyword",
  "user.name": "keyword",
}; // prettier-ignore

/** Runs a case with some more documents. Gives what is wrong with its alerts; undefined where nothing is. */
export function missOf(test: ExecutionCase, more: readonly Fields[] = []): string | undefined {
  const isNewest = test.note?.includes("endpoint lists do not apply to rules") === true;
  const detector = createDetector({ mappings: mappingsOf(test), endpointExceptions: !isNewest });
  const home = test.rule.index?.find((name) => !name.includes("*")) ?? "ecs_compliant";
  const index = (docs: readonly Fields[]): void =>
    detector.index(
      docs.map(({ _id, _index = home, ..._source }) => ({
        ...(_id === undefined ? {} : { _id: _id as string }),
        _index: _index as string,
        _source,
      })),
    );
  const items: readonly ExceptionItem[] = [
    ...(test.exceptions ?? []).map((entries) => ({ entries })),
    ...(test.exceptionItems ?? []).map(({ listType, ...item }) => ({ ...item, list_type: listType })),
  ];
  let rule: DetectionRule = {
    name: "r",
    rule_id: "r",
    severity: "low",
    risk_score: 1,
    interval: "5m",
    ...test.rule,
  };
  const run = (at: string, manual?: { from: string; to: string }): Run =>
    detector.run(rule, { at, exceptionItems: items, ...(manual === undefined ? {} : { manual }) });
  index([...(test.docs ?? []), ...[test.generatedDocs ?? []].flat().flatMap(generated), ...more]);
  let last = NO_RUN;
  if (test.preview !== undefined) {
    const { timeframeEnd, invocationCount = 1 } = test.preview;
    for (let before = invocationCount - 1; before >= 0; before--) {
      const at = Date.parse(timeframeEnd) - before * millis(rule["interval"] as string);
      last = run(new Date(at).toISOString());
    }
  } else if (test.steps === undefined) last = run("2030-01-01T00:00:00.000Z");
  for (const step of test.steps ?? []) {
    index([...(step.index ?? []), ...(step.generate ?? []).flatMap(generated)]);
    rule = { ...rule, ...step.patchRule };
    if (step.closeAlerts === true)
      detector.close(detector.alerts.map((alert) => alert["kibana.alert.uuid"] as string));
    if (step.runAt !== undefined) last = run(step.runAt);
    if (step.manualRun !== undefined) {
      const { start: from, end: to } = step.manualRun;
      last = run(to, { from, to });
    }
    const wrong = step.expect && judge(detector.alerts, last, step.expect);
    if (wrong !== undefined) return wrong;
  }
  return judge(detector.alerts, last, test.expect);
}

const NO_RUN: Run = { status: "succeeded", alerts: [], warnings: [], errors: [] };

function mappingsOf({ mapping }: ExecutionCase): MappingsInput {
  if (mapping === undefined) return ECS;
  const isByIndex = Object.values(mapping).some((value) => typeof value === "object");
  return isByIndex ? { ecs_compliant: ECS, ...mapping } : { ...ECS, ...mapping };
}

function millis(duration: string): number {
  const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[duration.at(-1)!]!;
  return Number.parseInt(duration, 10) * unit;
}

/** A template's documents: `{i}` is the number of the document, `{i+1}` and `{i%2}` what is reckoned of it. */
export function generated({ count, template, ts }: Generated): Fields[] {
  return Array.from({ length: count }, (_, i) => {
    const filled = JSON.stringify(template).replace(
      /\{i(?:([+%])(\d+))?\}/g,
      (_all, operator: string, by: string) =>
        String(operator === "+" ? i + Number(by) : operator === "%" ? i % Number(by) : i),
    );
    if (ts === undefined) return JSON.parse(filled) as Fields;
    const time = new Date(Date.parse(ts.base) + (i + (ts.first ?? 0)) * ts.stepSeconds * 1_000).toISOString();
    return JSON.parse(filled.replaceAll("{ts}", time.replace("Z", `${ts.nanos ?? ""}Z`))) as Fields;
  });
}

/** Documents of a filler: one for each of the values where it names several. */
export function fillerDocs({
  count,
  template,
}: {
  readonly count: number;
  readonly template: Fields;
}): Fields[] {
  const all = generated({
    count,
    template: JSON.parse(JSON.stringify(template).replaceAll("{i}", "{i+1}")) as Fields,
  });
  return all.flatMap((doc) => {
    const text = JSON.stringify(doc);
    const each = /\{each of ([^}]+)\}/.exec(text);
    if (each === null) return [doc];
    return each[1]!.split(", ").map((value) => JSON.parse(text.replace(each[0], value)) as Fields);
  });
}

const read = (alert: Alert, path: string): unknown => {
  const value = reader(path)(alert);
  return value === undefined ? objectAt(alert, path) : value;
};

/** An object, or a list of them, which a reader does not give. */
function objectAt(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const object = value as Fields;
  if (path in object) return object[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const below = object[path.slice(0, dot)];
    const found = below === undefined ? undefined : objectAt(below, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const own = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? own(value[0]) : value);

/** Whether a value is the expected one, or has at least what an expected object names. A list of one is its value. */
export function fits(found: unknown, wanted: unknown): boolean {
  const [a, b] = [own(found), own(wanted)];
  if (Array.isArray(b))
    return Array.isArray(a) && a.length === b.length && b.every((each, at) => fits(a[at], each));
  if (typeof b !== "object" || b === null) return b === null ? (a ?? null) === null : a === b;
  return Object.entries(b).every(([key, value]) => fits(objectAt(a, key), value));
}

/** Keys of an expected alert that say something other than a field's value. */
const SPECIAL: Readonly<Record<string, (alert: Alert, wanted: unknown) => boolean>> = {
  absent: (alert, names) => [names].flat().every((name) => read(alert, name as string) === undefined),
  present: (alert, names) => [names].flat().every((name) => read(alert, name as string) !== undefined),
  ancestorId: (alert, id) => (alert["kibana.alert.ancestors"] as Fields[])[0]!["id"] === id,
  sourceHas: (alert, fields) => fits(alert, fields),
  source: (alert, fields) => fits(alert, fields),
  exactFields: () => true,
  enrichmentCount: (alert, count) => enrichments(alert).length === count,
  enrichmentsContain: (alert, wanted) =>
    takeEach(enrichments(alert), wanted as unknown[])?.length !== undefined,
  enrichmentsAnyOrder: (alert, wanted) => takeEach(enrichments(alert), wanted as unknown[])?.length === 0,
};

const enrichments = (alert: Alert): unknown[] => [objectAt(alert, "threat.enrichments") ?? []].flat();

/** What is left of a list when each of the wanted is taken from it; undefined where one is not there. */
function takeEach<T>(
  list: readonly T[],
  wanted: readonly unknown[],
  test: (one: T, wanted: never) => boolean = fits,
): T[] | undefined {
  const left = [...list];
  for (const each of wanted) {
    const at = left.findIndex((one) => test(one, each as never));
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left;
}

function isAlert(alert: Alert, wanted: Fields): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const special = SPECIAL[key];
    if (special !== undefined) return special(alert, value);
    const found = read(alert, key);
    return value === null ? found === undefined : fits(found, value);
  });
}

const isBlock = (alert: Alert): boolean => "kibana.alert.building_block_type" in alert;
const isOpen = (alert: Alert): boolean => alert["kibana.alert.workflow_status"] !== "closed";

/** As a search sorts: texts by code unit, what is missing last. */
function sorted(alerts: readonly Alert[], keys: readonly string[]): Alert[] {
  return [...alerts].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [read(a, key), read(b, key)];
      if (x === undefined || y === undefined) {
        if (x !== y) return x === undefined ? 1 : -1;
      } else if (textOf(x) !== textOf(y)) return textOf(x) < textOf(y) ? -1 : 1;
    }
    return 0;
  });
}

function listed(
  alerts: readonly Alert[],
  wanted: readonly Fields[],
  keys: readonly string[] | undefined,
): string | undefined {
  if (keys === undefined)
    return takeEach(alerts, wanted, isAlert) === undefined ? "an alert is not there" : undefined;
  const all = sorted(alerts, keys);
  const wrong = wanted.findIndex((each, at) => all[at] === undefined || !isAlert(all[at], each));
  return wrong < 0 ? undefined : `alert ${wrong} is ${JSON.stringify(all[wrong])?.slice(0, 400)}`;
}

function judge(alerts: readonly Alert[], run: Run, wanted: Expected): string | undefined {
  const keys = wanted.anyOrder === true || wanted["matchBy"] !== undefined ? undefined : wanted.sort;
  const open = alerts.filter(isOpen);
  const shells = alerts.filter((alert) => !isBlock(alert));
  const blocks = alerts.filter(isBlock);
  const count = (name: string, list: readonly unknown[]): string | undefined =>
    wanted[name] !== undefined && wanted[name] !== list.length ? `${name} is ${list.length}` : undefined;
  const says = (list: readonly string[], text: unknown): boolean =>
    list.some((each) => each.includes(text as string));
  const lists: [string, readonly Alert[], readonly string[] | undefined][] = [
    ["alerts", alerts, keys],
    ["openAlerts", open, keys],
    ["sequenceAlerts", shells, keys],
    ["buildingBlocks", blocks, wanted["buildingBlockSort"] as string[] | undefined],
  ];
  const all = sorted(alerts, wanted.sort ?? []);
  const groups: [string, readonly Alert[]][] = [
    ["first", all.slice(0, 1)],
    ["last", all.slice(-1)],
    ["rest", all.slice(1)],
    ["each", all],
  ];
  const problems = [
    count("alertCount", alerts),
    count("openAlertCount", open),
    count("sequenceAlertCount", shells),
    count("buildingBlockCount", blocks),
    wanted["status"] !== undefined && wanted["status"] !== run.status ? `status is ${run.status}` : undefined,
    wanted["errors"] !== undefined && !fits(run.errors, wanted["errors"])
      ? `errors: ${run.errors.join("; ")}`
      : undefined,
    wanted["warnings"] !== undefined && !fits(run.warnings, wanted["warnings"])
      ? `warnings: ${run.warnings.join("; ")}`
      : undefined,
    wanted["warning"] === true && run.warnings.length === 0 ? "no warning" : undefined,
    ...[wanted["errorsContain"] ?? []]
      .flat()
      .map((text) => (says(run.errors, text) ? undefined : `no error ${textOf(text)}`)),
    ...[wanted["warningsContain"] ?? []]
      .flat()
      .map((text) => (says(run.warnings, text) ? undefined : `no warning ${textOf(text)}`)),
    ...[wanted["warningsExclude"] ?? []]
      .flat()
      .map((text) => (says(run.warnings, text) ? `warning ${textOf(text)}` : undefined)),
    ...lists.map(([name, list, by]) =>
      wanted[name] === undefined ? undefined : listed(list, wanted[name] as Fields[], by),
    ),
    ...groups.map(([name, list]) =>
      wanted[name] !== undefined && !list.every((alert) => isAlert(alert, wanted[name] as Fields))
        ? `not ${name}`
        : undefined,
    ),
    ...Object.entries((wanted["valuesContain"] ?? {}) as Record<string, unknown[]>).map(([name, values]) =>
      values.every((value) => alerts.some((alert) => fits(read(alert, name), value)))
        ? undefined
        : `values of ${name}`,
    ),
    ...Object.entries((wanted["countBy"] ?? {}) as Record<string, Record<string, number>>).map(
      ([name, counts]) =>
        Object.entries(counts).every(
          ([value, n]) => alerts.filter((alert) => String(own(read(alert, name))) === value).length === n,
        )
          ? undefined
          : `counts of ${name}`,
    ),
    ...((wanted["equalFields"] ?? []) as [string, string][]).map(([a, b]) =>
      alerts.every((alert) => fits(read(alert, a), read(alert, b))) ? undefined : `${a} is not ${b}`,
    ),
  ];
  return problems.find((problem) => problem !== undefined);
}
