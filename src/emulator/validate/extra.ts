/**
 * The checks that Kibana's rule routes make after the schema. Each gives the texts of its refusals; the routes
 * answer with the whole list.
 */
import type { Traits } from "../flavour.js";
import { durationMs, offsetFromNow } from "./date-math.js";

type Body = Readonly<Record<string, unknown>>;

function timeline({ timeline_id: id, timeline_title: title }: Body): string[] {
  const texts: string[] = [];
  if (id !== undefined && title === undefined) {
    texts.push('when "timeline_id" exists, "timeline_title" must also exist');
  }
  if (id === "") texts.push('"timeline_id" cannot be an empty string');
  if (title !== undefined && id === undefined) {
    texts.push('when "timeline_title" exists, "timeline_id" must also exist');
  }
  if (title === "") texts.push('"timeline_title" cannot be an empty string');
  return texts;
}

function indicatorPaging({ concurrent_searches: searches, items_per_search: items }: Body): string[] {
  if (searches !== undefined && items === undefined) {
    return ['when "concurrent_searches" exists, "items_per_search" must also exist'];
  }
  if (items !== undefined && searches === undefined) {
    return ['when "items_per_search" exists, "concurrent_searches" must also exist'];
  }
  return [];
}

interface ThresholdShape {
  readonly field: string | readonly string[];
  readonly cardinality?: readonly { readonly field: string }[];
}

function cardinality({ threshold }: Body): string[] {
  const shape = threshold as ThresholdShape | undefined;
  const counted = shape?.cardinality?.[0]?.field;
  if (shape === undefined || counted === undefined) return [];
  const grouped = typeof shape.field === "string" ? [shape.field] : shape.field;
  return grouped.includes(counted) ? ["Cardinality of a field that is being aggregated on is always 1"] : [];
}

/** Before 9.2 a threshold has at most three fields, although the schema lets five pass. */
function thresholdFields({ threshold }: Body): string[] {
  const field = (threshold as ThresholdShape | undefined)?.field;
  return Array.isArray(field) && field.length > 3 ? ["Number of fields must be 3 or less"] : [];
}

interface Mapping {
  readonly entries: readonly { readonly field: string; readonly value: string; readonly negate?: boolean }[];
}

function negatedMappings({ threat_mapping: mappings }: Body): string[] {
  const texts: string[] = [];
  for (const { entries } of (mappings as readonly Mapping[] | undefined) ?? []) {
    const negated = entries.filter((entry) => entry.negate === true);
    if (negated.length === 0) continue;
    const matching = entries.filter((entry) => entry.negate !== true);
    if (matching.length === 0) {
      texts.push(
        "Negate mappings cannot be used as a single entry in the AND condition. Please use at least one matching mapping entry.",
      );
    }
    const clash = negated.some((no) =>
      matching.some((yes) => yes.field === no.field && yes.value === no.value),
    );
    if (clash) {
      texts.push(
        "Negate and matching mappings cannot have identical fields and values in the same AND condition.",
      );
    }
  }
  return texts;
}

/** The window that a run looks at may not be shorter than the time between runs; what does not parse is let pass. */
function window({ from, to, interval }: Body): string[] {
  const start = offsetFromNow((from as string | undefined) ?? "now-6m");
  const end = offsetFromNow((to as string | undefined) ?? "now");
  const every = durationMs((interval as string | undefined) ?? "5m");
  if (start === undefined || end === undefined || every === undefined || end - start >= every) return [];
  return ['the time range defined by "from" and "to" must be greater than or equal to "interval"'];
}

function common(body: Body, traits: Traits): string[] {
  return [
    ...timeline(body),
    ...cardinality(body),
    ...(traits.fiveThresholdFields ? [] : thresholdFields(body)),
    ...(traits.negatedMappings ? negatedMappings(body) : []),
    ...(traits.windowCheck ? window(body) : []),
  ];
}

export function createProblems(body: Body, traits: Traits): string[] {
  return [...indicatorPaging(body), ...common(body, traits)];
}

/** How a rule is to be addressed: by exactly one of `id` and `rule_id`. */
export function selectorProblems({ id, rule_id: ruleId }: Body): string[] {
  if (id !== undefined && ruleId !== undefined) {
    return ['both "id" and "rule_id" cannot exist, choose one or the other'];
  }
  return id === undefined && ruleId === undefined ? ['either "id" or "rule_id" must be set'] : [];
}

export function updateProblems(body: Body, traits: Traits): string[] {
  return [...selectorProblems(body), ...common(body, traits)];
}

/** A patch may name one end of the window only, so the window is not looked at. */
export function patchProblems(body: Body): string[] {
  const threshold = body["threshold"];
  const shaped = typeof threshold === "object" && threshold !== null && "field" in threshold ? body : {};
  return [...selectorProblems(body), ...timeline(body), ...cardinality(shaped)];
}
