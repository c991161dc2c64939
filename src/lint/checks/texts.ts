import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Kibana shows references as links. */
export function* references({ rule, at }: RuleView): Iterable<Diagnostic> {
  for (const [i, reference] of (rule.references ?? []).entries()) {
    if (!isWebAddress(reference)) yield report("rule/reference-no-url", { reference }, at("references", i));
  }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** `version` in `related_integrations` is a range in npm's syntax: `^1.2.3`, `~1.2`, `>=1.0.0 <3.0.0`. */
const RANGE =
  /^\s*(?:[\^~]|[<>]=?|=)?\s*v?\d{1,9}(?:\.(?:\d{1,9}|[x*])){0,2}(?:-[\w.-]{1,64})?(?:\s+(?:\|\|\s+)?(?:[\^~]|[<>]=?|=)?\s*v?\d{1,9}(?:\.(?:\d{1,9}|[x*])){0,2}(?:-[\w.-]{1,64})?){0,8}\s*$/;

export function* integrations({ rule, at }: RuleView): Iterable<Diagnostic> {
  for (const [i, { version }] of (rule.related_integrations ?? []).entries()) {
    if (version !== undefined && version.length < 200 && version !== "*" && !RANGE.test(version))
      yield report("rule/integration-version", { version }, at("related_integrations", i, "version"));
  }
}
