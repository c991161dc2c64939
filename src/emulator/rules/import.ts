/** `POST rules/_import`: rules with their exception lists and connectors, from the lines of an export. */
import type { ExceptionListReference } from "../../kibana/rule.js";
import { importConnectors } from "../connectors/saved-object.js";
import { exceptionsOf } from "../exceptions/lists.js";
import { importExceptions } from "../exceptions/transfer.js";
import { SiemError } from "../http/errors.js";
import type { Call } from "../http/call.js";
import type { StoredRule } from "../store/state.js";
import { createProblems } from "../validate/extra.js";
import { importLine, type RuleBody } from "../validate/rule.js";
import { parse } from "../validate/schema.js";
import { connectorExists, type SentAction } from "./actions.js";
import { sourceOf } from "../prebuilt/source.js";
import { checkResponseActions } from "./response-actions.js";
import { changed } from "./rule.js";
import { type Actor, checkMl, createRule, replaceRule } from "./write.js";
import { textOf } from "../text.js";

/** `maxRuleImportExportSize`; the comparison is such that one less is the real maximum. */
const MOST_RULES = 10_000;

type Line = Readonly<Record<string, unknown>>;

interface ItemError {
  readonly id?: string;
  readonly rule_id?: string;
  readonly error: { readonly status_code: number; readonly message: string };
}

export interface ImportFlags {
  readonly overwrite: boolean;
  readonly overwrite_exceptions: boolean;
  readonly overwrite_action_connectors: boolean;
  readonly as_new_list: boolean;
}

interface Sorted {
  /** Rule lines that are JSON objects, and the errors of those that are not. */
  readonly rules: (Line | Error)[];
  readonly exceptions: Line[];
  readonly connectors: Line[];
}

/** The `rule_id` of a checked line, which always has one. */
const ruleIdOf = (rule: RuleBody): string => rule["rule_id"] as string;

/** Which lines are what; the summary is dropped. Their order does not matter. */
function sortLines(lines: readonly string[]): Sorted {
  const sorted: Sorted = { rules: [], exceptions: [], connectors: [] };
  for (const text of lines) {
    const line = parsed(text);
    if (line instanceof Error) sorted.rules.push(line);
    else if ("exported_count" in line) continue;
    else if ("list_id" in line || "item_id" in line || "entries" in line) sorted.exceptions.push(line);
    else if ("attributes" in line) sorted.connectors.push(line);
    else sorted.rules.push(line);
  }
  return sorted;
}

function parsed(text: string): Line | Error {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Line) : Object(value);
  } catch (error) {
    return error as Error;
  }
}

/** Imports the lines of a file and reports on each part. Throws a `SiemError` where the file as a whole is refused. */
export function importRules(call: Call, lines: readonly string[], flags: ImportFlags) {
  const sorted = sortLines(lines);
  if (sorted.rules.length >= MOST_RULES) throw new SiemError(500, `Can't import more than ${MOST_RULES} rules`);
  const parsedRules = readRules(call, sorted.rules);
  const exceptions = importExceptions(call, sorted.exceptions, {
    overwrite: flags.overwrite_exceptions,
    asNewList: flags.as_new_list,
  });
  const unique = withoutDoubles(parsedRules.rules, flags.overwrite);
  const connectors = importConnectors(
    call.kernel,
    call.space,
    sorted.connectors,
    flags.overwrite_action_connectors,
  );
  const usable = withKnownConnectors(call, unique.rules);
  const importer = new Importer(call, flags.overwrite, sorted.connectors.length > 0);
  for (const rule of usable.rules) importer.add(rule);
  const errors = [...parsedRules.errors, ...unique.errors, ...importer.errors, ...usable.errors];
  return {
    success: errors.length === 0,
    success_count: importer.imported,
    ...(call.kernel.has("unchangedImports") && !call.kernel.isServerless ? { unchanged_count: importer.unchanged } : {}),
    rules_count: sorted.rules.length,
    errors,
    exceptions_errors: exceptions.errors,
    exceptions_success: exceptions.success,
    exceptions_success_count: exceptions.success_count_exception_lists,
    action_connectors_success: connectors.success,
    action_connectors_success_count: connectors.successCount,
    action_connectors_errors: connectors.errors,
    action_connectors_warnings: connectors.warnings,
  };
}

function itemError(status_code: number, message: string, ruleId?: unknown): ItemError {
  return { ...(ruleId === undefined ? {} : { rule_id: textOf(ruleId) }), error: { status_code, message } };
}

/** A rule of 8.10 has its `investigation_fields` as a plain list; Kibana converts it. */
function migrated(line: Line): Line {
  const fields = line["investigation_fields"];
  if (!Array.isArray(fields)) return line;
  const { investigation_fields: _, ...rest } = line;
  return fields.length === 0 ? rest : { ...rest, investigation_fields: { field_names: fields as unknown[] } };
}

function readRules({ kernel }: Actor, lines: readonly (Line | Error)[]) {
  const rules: RuleBody[] = [];
  const errors: ItemError[] = [];
  const unknownId = kernel.has("namelessLineErrors") ? undefined : "(unknown id)";
  for (const line of lines) {
    if (line instanceof Error) {
      errors.push(itemError(400, line.message, unknownId));
      continue;
    }
    const outcome = parse(importLine, migrated(line), kernel.words);
    const problems = outcome.ok ? createProblems(outcome.value, kernel.traits) : [outcome.text];
    if (outcome.ok && problems.length === 0) rules.push(outcome.value);
    else errors.push(itemError(400, problems.join(","), unknownId));
  }
  return { rules, errors };
}

/** The last of the rules of one `rule_id` is taken; without `overwrite` each further one is an error. */
function withoutDoubles(rules: readonly RuleBody[], overwrite: boolean) {
  const byRuleId = new Map<string, RuleBody>();
  const errors: ItemError[] = [];
  for (const rule of rules) {
    const id = ruleIdOf(rule);
    if (byRuleId.has(id) && !overwrite) {
      errors.push(itemError(400, `More than one rule with rule-id: "${id}" found`, id));
    }
    byRuleId.set(id, rule);
  }
  return { rules: [...byRuleId.values()], errors };
}

function withKnownConnectors({ kernel, space }: Actor, rules: readonly RuleBody[]) {
  const errors: ItemError[] = [];
  const kept = rules.filter((rule) => {
    const ids = ((rule["actions"] as readonly SentAction[] | undefined) ?? []).map((action) => action.id);
    const missing = [...new Set(ids)].filter((id) => !connectorExists(kernel, space, id));
    if (missing.length === 0) return true;
    const message = `Rule actions reference the following missing action IDs: ${missing.join(",")}`;
    errors.push(itemError(404, message, ruleIdOf(rule)));
    return false;
  });
  return { rules: kept, errors };
}

class Importer {
  readonly errors: ItemError[] = [];
  imported = 0;
  unchanged = 0;
  private toFail: number;

  constructor(
    private readonly call: Call,
    private readonly overwrite: boolean,
    private readonly carriesConnectors: boolean,
  ) {
    this.toFail = call.partial?.failures ?? 0;
  }

  add(body: RuleBody): void {
    const ruleId = ruleIdOf(body);
    try {
      if (this.toFail-- > 0) throw new SiemError(500, this.call.partial!.message);
      this.save(body, ruleId);
      this.imported++;
    } catch (error) {
      if (!(error instanceof SiemError)) throw error;
      this.errors.push(itemError(error.status, error.message, ruleId));
    }
  }

  private save(sent: RuleBody, ruleId: string): void {
    const { kernel, space } = this.call;
    const existing = space.rules.named(ruleId);
    const isPrebuilt = kernel.prebuilt.has(ruleId);
    if (isPrebuilt && sent["version"] === undefined) {
      throw new SiemError(
        400,
        `Prebuilt rules must specify a "version" to be imported. [rule_id: ${ruleId}]`,
      );
    }
    const body: RuleBody = { ...sent, version: sent["version"] ?? 1, exceptions_list: this.knownLists(sent) };
    if (existing !== undefined && !this.overwrite) {
      throw new SiemError(409, "Rule with this rule_id already exists");
    }
    const options = { allowMissingSecrets: this.carriesConnectors };
    const rule = existing === undefined ? this.create(body, options) : this.replace(existing, body, options);
    if (!isPrebuilt || rule.immutable) return;
    const prebuilt = changed(rule, { immutable: true });
    space.rules.put(changed(prebuilt, { rule_source: sourceOf(kernel, prebuilt) }));
  }

  private create(body: RuleBody, options: { readonly allowMissingSecrets: boolean }): StoredRule {
    checkMl(this.call, body.type);
    checkResponseActions(body["response_actions"], undefined);
    return createRule(this.call, body, options);
  }

  /** From 9.6 on, a rule that would stay as it is is left alone. */
  private replace(
    existing: StoredRule,
    body: RuleBody,
    options: { readonly allowMissingSecrets: boolean },
  ): StoredRule {
    const replaced = replaceRule(this.call, existing, body, options);
    const same = replaced.revision === existing.revision && replaced.enabled === existing.enabled;
    if (!same || !this.call.kernel.has("unchangedImports")) return replaced;
    this.unchanged++;
    this.call.space.rules.put(existing);
    return existing;
  }

  /** The references whose lists are there, with the ids that the lists have here. */
  private knownLists(body: RuleBody): ExceptionListReference[] {
    const references = (body["exceptions_list"] as readonly ExceptionListReference[] | undefined) ?? [];
    return references.flatMap((reference) => {
      const list = exceptionsOf(this.call, reference.namespace_type).lists.named(reference.list_id);
      if (list?.type === reference.type) return [{ ...reference, id: list.id }];
      const message = `Rule with rule_id: "${ruleIdOf(body)}" references a non existent exception list of list_id: "${reference.list_id}". Reference has been removed.`;
      this.errors.push(itemError(400, message, ruleIdOf(body)));
      return [];
    });
  }
}
