/** Prebuilt rules: the public routes that install them all, and the internal ones that Kibana's own pages use. */
import { PlatformError, SiemError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody } from "../http/route.js";
import type { Asset } from "../prebuilt/assets.js";
import {
  installable,
  installPrebuilt,
  installRule,
  prebuiltStatus,
  upgradable,
} from "../prebuilt/install.js";
import { diffOf, type FieldDiff, type Pick, picked, PICKS, upgradeRule } from "../prebuilt/upgrade.js";
import { asAsset } from "../prebuilt/source.js";
import { changed, serverPart, storedRule, toResponse } from "../rules/rule.js";
import { saveChanged } from "../rules/write.js";
import type { StoredRule } from "../store/state.js";
import type { RuleBody } from "../validate/rule.js";
import {
  anyObject,
  array,
  boolean,
  integer,
  type Infer,
  literal,
  nullable,
  number,
  object,
  oneOf,
  optional,
  string,
  union,
} from "../validate/schema.js";
import { RULES } from "./rules.js";

const INTERNAL = "/internal/detection_engine/prebuilt_rules";

/** Serverless does not offer it, whatever the header says. */
function status(call: Call) {
  if (call.kernel.isServerless) {
    const refusal = `uri [${call.path}] with method [get] exists but is not available with the current configuration`;
    throw new PlatformError(400, refusal);
  }
  return {
    stats: {
      num_prebuilt_rules_installed: [...call.space.rules.values()].filter((rule) => rule.immutable).length,
      num_prebuilt_rules_to_install: installable(call).length,
      num_prebuilt_rules_to_upgrade: upgradable(call).length,
      num_prebuilt_rules_total_in_package: call.kernel.prebuilt.size,
    },
  };
}

const pageBody = nullable(
  object({
    page: optional(number({ integer: true, min: 1 })),
    per_page: optional(number({ integer: true, min: 0 })),
    filter: optional(anyObject()),
    sort: optional(anyObject()),
  }),
);

/** A page of what was found; all of it where no page was asked for. */
function pageOf<T>(call: Call, found: readonly T[]) {
  const { page = 1, per_page: size = found.length } = checkedBody(call, pageBody) ?? {};
  return {
    page: found.slice((page - 1) * size, page * size),
    counts: { page, per_page: size, total: found.length },
  };
}

const tagsOf = (assets: readonly Asset[]): string[] =>
  [...new Set(assets.flatMap((asset) => (asset["tags"] as readonly string[] | undefined) ?? []))].sort();

/** An asset as a rule that is not installed: without what the server decides. */
function preview(asset: Asset) {
  const body = asset as RuleBody;
  const none = { id: "", immutable: true, revision: 0, actions: [], alert_type: body.type } as const;
  const stamps = { created_at: "", created_by: "", updated_at: "", updated_by: "" };
  const rule = storedRule(body, {
    ...none,
    ...stamps,
    rule_id: String(asset["rule_id"]),
    rule_source: { type: "external", is_customized: false },
  });
  const { id: _, revision: _revision, rule_source: _source, ...rest } = toResponse(rule);
  return Object.fromEntries(Object.entries(rest).filter(([key]) => !(key in stamps)));
}

function reviewInstallation(call: Call) {
  const assets = installable(call);
  const { page, counts } = pageOf(call, assets);
  return {
    stats: { num_rules_to_install: assets.length, tags: tagsOf(assets) },
    rules: page.map(preview),
    ...counts,
  };
}

interface Failure {
  readonly message: string;
  readonly status_code: number;
  readonly rules: readonly { readonly rule_id: string; readonly name?: string }[];
}

interface Skip {
  readonly rule_id: string;
  readonly reason: string;
  readonly conflict?: string;
}

/** Does something for each rule of a request, and reports on it. */
function perform<T extends { readonly rule_id: string }>(
  wanted: readonly T[],
  act: (one: T) => StoredRule | Skip,
  named: "created" | "updated",
) {
  const done: unknown[] = [];
  const skipped: Skip[] = [];
  const errors: Failure[] = [];
  for (const one of wanted) {
    try {
      const result = act(one);
      if ("reason" in result) skipped.push(result as Skip);
      else done.push(toResponse(result));
    } catch (error) {
      if (!(error instanceof SiemError)) throw error;
      errors.push({
        message: error.message,
        status_code: error.status,
        rules: [{ rule_id: one.rule_id }],
      });
    }
  }
  return {
    summary: {
      total: wanted.length,
      succeeded: done.length,
      skipped: skipped.length,
      failed: errors.length,
    },
    results: { [named]: done, skipped },
    errors,
  };
}

function requiredAsset({ kernel }: Call, ruleId: string, version: number): Asset {
  const asset = kernel.prebuilt.get(ruleId, version);
  if (asset !== undefined) return asset;
  throw new SiemError(404, `Rule with rule_id "${ruleId}" and version "${version}" not found`);
}

const versioned = object({ rule_id: string(), version: integer({ min: 1 }) });
const installBody = union<{ readonly mode: "ALL_RULES" } | Specific<Infer<typeof versioned>>>([
  object({ mode: literal("ALL_RULES") }),
  object({ mode: literal("SPECIFIC_RULES"), rules: array(versioned, { min: 1 }) }),
]);

interface Specific<T> {
  readonly mode: "SPECIFIC_RULES";
  readonly rules: readonly T[];
}

function performInstallation(call: Call) {
  const body = checkedBody(call, installBody);
  const wanted =
    body.mode === "SPECIFIC_RULES"
      ? body.rules
      : installable(call).map((asset) => ({
          rule_id: String(asset["rule_id"]),
          version: Number(asset["version"]),
        }));
  return perform(
    wanted,
    ({ rule_id, version }) => {
      if (call.space.rules.named(rule_id) !== undefined) return { rule_id, reason: "ALREADY_INSTALLED" };
      return installRule(call, requiredAsset(call, rule_id, version));
    },
    "created",
  );
}

const conflictOf = ({ isConflict, base }: FieldDiff): string =>
  !isConflict ? "NONE" : base === undefined ? "SOLVABLE" : "NON_SOLVABLE";

/** A field as a reviewer sees it; a field of one part is that part's value. */
function reviewedField(field: FieldDiff) {
  const value = (values: Readonly<Record<string, unknown>> | undefined): unknown =>
    values === undefined || field.parts.length > 1 ? values : values[field.parts[0]!];
  return {
    has_base_version: field.base !== undefined,
    base_version: value(field.base),
    current_version: value(field.current),
    target_version: value(field.target),
    merged_version: value(picked(field, "MERGED")),
    diff_outcome: field.outcome,
    merge_outcome: field.hasUpdate && !field.isConflict ? "TARGET" : "CURRENT",
    has_update: field.hasUpdate,
    conflict: conflictOf(field),
  };
}

function reviewedRule(call: Call, { rule, asset }: { readonly rule: StoredRule; readonly asset: Asset }) {
  const fields = diffOf(call, rule, asset);
  const count = (has: (field: FieldDiff) => boolean): number => fields.filter(has).length;
  const target = asAsset(asset, rule);
  return {
    id: rule.id,
    rule_id: rule.rule_id,
    revision: rule.revision,
    version: rule.version,
    current_rule: toResponse(rule),
    target_rule: toResponse(changed(target, { revision: rule.revision + 1 })),
    diff: {
      fields: Object.fromEntries(fields.map((field) => [field.name, reviewedField(field)])),
      num_fields_with_updates: count(({ hasUpdate }) => hasUpdate),
      num_fields_with_conflicts: count(({ isConflict }) => isConflict),
      num_fields_with_non_solvable_conflicts: count((field) => conflictOf(field) === "NON_SOLVABLE"),
    },
    has_base_version: call.kernel.prebuilt.get(rule.rule_id, rule.version) !== undefined,
  };
}

function reviewUpgrade(call: Call) {
  const reviewed = upgradable(call).map((one) => reviewedRule(call, one));
  const { page, counts } = pageOf(call, reviewed);
  const count = (has: (one: (typeof reviewed)[number]) => boolean): number => reviewed.filter(has).length;
  return {
    stats: {
      num_rules_to_upgrade_total: reviewed.length,
      num_rules_with_conflicts: count(({ diff }) => diff.num_fields_with_conflicts > 0),
      num_rules_with_non_solvable_conflicts: count(
        ({ diff }) => diff.num_fields_with_non_solvable_conflicts > 0,
      ),
      tags: tagsOf(upgradable(call).map(({ asset }) => asset)),
    },
    rules: page,
    ...counts,
  };
}

const pick = optional(oneOf(PICKS));
const upgradeRest = {
  pick_version: pick,
  on_conflict: optional(oneOf(["SKIP", "UPGRADE_SOLVABLE"])),
  dry_run: optional(boolean()),
};
const upgraded = object({
  rule_id: string(),
  revision: integer({ min: 0 }),
  version: integer({ min: 1 }),
  pick_version: pick,
  fields: optional(anyObject()),
});
type Upgraded = Infer<typeof upgraded>;
interface UpgradeRest {
  readonly pick_version?: Pick;
  readonly on_conflict?: "SKIP" | "UPGRADE_SOLVABLE";
  readonly dry_run?: boolean;
}
const upgradeBody = union<({ readonly mode: "ALL_RULES" } | Specific<Upgraded>) & UpgradeRest>([
  object({ mode: literal("ALL_RULES"), filter: optional(anyObject()), ...upgradeRest }),
  object({ mode: literal("SPECIFIC_RULES"), rules: array(upgraded, { min: 1 }), ...upgradeRest }),
]);

/** The side that a request wants of a field, where it says so for single fields. */
function pickFor(fields: Readonly<Record<string, unknown>> | undefined, name: string): Pick | undefined {
  const said = (fields?.[name] as { readonly pick_version?: Pick } | undefined)?.pick_version;
  return said !== undefined && PICKS.includes(said) ? said : undefined;
}

function performUpgrade(call: Call) {
  const body = checkedBody(call, upgradeBody);
  const wanted: readonly Upgraded[] =
    body.mode === "SPECIFIC_RULES"
      ? body.rules
      : upgradable(call).map(({ rule, asset }) => ({
          rule_id: rule.rule_id,
          revision: rule.revision,
          version: Number(asset["version"]),
        }));
  return perform(wanted, (one) => upgradeOne(call, one, body), "updated");
}

function upgradeOne(call: Call, one: Upgraded, options: UpgradeRest): StoredRule | Skip {
  const { rule_id: ruleId, version, revision, fields } = one;
  const rule = call.space.rules.named(ruleId);
  if (rule === undefined) throw new SiemError(404, `Rule with rule_id "${ruleId}" not found`);
  if (rule.version >= version) return { rule_id: ruleId, reason: "RULE_UP_TO_DATE" };
  if (rule.revision !== revision) {
    throw new SiemError(
      409,
      `Revision mismatch for rule_id ${ruleId}: expected ${rule.revision}, got ${revision}`,
    );
  }
  const asset = requiredAsset(call, ruleId, version);
  const pickOf = (field: FieldDiff): Pick =>
    pickFor(fields, field.name) ?? one.pick_version ?? options.pick_version ?? "MERGED";
  const conflicts = diffOf(call, rule, asset).filter(
    (field) => field.isConflict && pickOf(field) === "MERGED",
  );
  if (conflicts.length > 0) {
    const conflict = conflicts.some((field) => conflictOf(field) === "NON_SOLVABLE")
      ? "NON_SOLVABLE"
      : "SOLVABLE";
    const isSolved = options.on_conflict === "UPGRADE_SOLVABLE" && conflict === "SOLVABLE";
    if (options.on_conflict !== undefined && !isSolved)
      return { rule_id: ruleId, reason: "CONFLICT", conflict };
    if (!isSolved) {
      const names = conflicts.map(({ name }) => name).join(", ");
      throw new SiemError(
        400,
        `Automatic merge calculation for fields: ${names} in rule of rule_id ${ruleId} resulted in a conflict. Please resolve the conflict manually or choose another value for 'pick_version'`,
      );
    }
  }
  return options.dry_run === true ? rule : upgradeRule(call, rule, asset, pickOf);
}

const revertBody = object({
  id: string({ format: "uuid" }),
  version: integer({ min: 1 }),
  revision: integer({ min: 0 }),
});

/** Makes a customised rule what its asset says again; it keeps what belongs to the user. */
function revert(call: Call) {
  const { id, version, revision } = checkedBody(call, revertBody);
  const rule = call.space.rules.get(id);
  if (rule === undefined) throw new SiemError(404, `id: "${id}" not found`);
  if (!rule.immutable) throw new SiemError(400, "Cannot revert a rule that is not prebuilt");
  if (rule.version !== version || rule.revision !== revision) {
    throw new SiemError(409, `The rule "${rule.rule_id}" was changed since it was read`);
  }
  const asset = requiredAsset(call, rule.rule_id, version);
  const { enabled, exceptions_list } = rule;
  const isCustomized = rule.rule_source.type === "external" && rule.rule_source.is_customized;
  const body = { ...(asset as RuleBody), enabled, exceptions_list };
  const updated = isCustomized ? [saveChanged(call, rule, storedRule(body, serverPart(rule)))] : [];
  const skipped = isCustomized ? [] : [{ id, name: rule.name, skip_reason: "RULE_NOT_MODIFIED" }];
  return {
    success: true,
    rules_count: 1,
    attributes: {
      results: { updated: updated.map(toResponse), created: [], deleted: [], skipped },
      summary: { failed: 0, succeeded: updated.length, skipped: skipped.length, total: 1 },
    },
  };
}

function installAll(call: Call) {
  const { installed, updated } = installPrebuilt(call);
  return {
    rules_installed: installed,
    rules_updated: updated,
    timelines_installed: 0,
    timelines_updated: 0,
  };
}

const review = { method: "POST", internal: true, privilege: "read", readOnly: true } as const;
const write = { method: "POST", internal: true, privilege: "write" } as const;

export const prebuiltRoutes: readonly Route[] = [
  { method: "PUT", path: `${RULES}/prepackaged`, privilege: "write", handle: installAll },
  { method: "GET", path: `${RULES}/prepackaged/_status`, privilege: "read", handle: prebuiltStatus },
  { method: "GET", path: `${INTERNAL}/status`, internal: true, privilege: "read", handle: status },
  { ...review, path: `${INTERNAL}/installation/_review`, handle: reviewInstallation },
  { ...write, path: `${INTERNAL}/installation/_perform`, handle: performInstallation },
  { ...review, path: `${INTERNAL}/upgrade/_review`, handle: reviewUpgrade },
  { ...write, path: `${INTERNAL}/upgrade/_perform`, handle: performUpgrade },
  { ...write, path: `${INTERNAL}/revert`, handle: revert },
];
