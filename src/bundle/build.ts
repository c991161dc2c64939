import { type Diagnostic, report } from "../diagnostics/index.js";
import { FileNames, isFileSafe, sha256 } from "./file-name.js";
import type { BundleRule } from "./input.js";
import { compare } from "./order.js";
import { type BuiltRule, originsOf } from "./origins.js";
import { prebuiltAsset } from "./prebuilt.js";
import { type BundleValueList, valueListFiles } from "./value-lists.js";

export interface BuildInput {
  readonly project: string;
  /** Which kdac built it, such as `kdac 0.1.0`. */
  readonly generator: string;
  readonly locale: string;
  readonly rules: readonly BundleRule[];
  /** None by default. */
  readonly valueLists?: readonly BundleValueList[];
  /** Tell where each field comes from, in `origins.json`. */
  readonly explain?: boolean;
}

/** A file of a build: its path within the output folder, with forward slashes, and its text. */
export interface BuildFile {
  readonly path: string;
  readonly text: string;
}

/** What a build made, with the hash of every file; no clock time, so that two builds are the same to the byte. */
export interface Manifest {
  readonly version: 1;
  readonly project: string;
  readonly generator: string;
  readonly locale: string;
  readonly summary: { readonly rules: number; readonly files: number };
  readonly rules: readonly {
    readonly rule_id: string;
    readonly name: string;
    readonly type: string;
    readonly version: number;
    readonly source: string;
    readonly file: string;
    readonly sha256: string;
    readonly asset: string;
    readonly asset_sha256: string;
  }[];
  readonly value_lists: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly values: number;
    readonly file: string;
    readonly sha256: string;
  }[];
  /** Where it stands where each field comes from. */
  readonly origins?: { readonly file: string; readonly sha256: string };
}

export interface Build {
  readonly files: readonly BuildFile[];
  readonly manifest: Manifest;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The files of a build: `rules/<rule_id>.json` in the API's create form, `security_rule/<rule_id>_<version>.json` as prebuilt
 * assets, `values/<id>.txt` with the values of a value list, `origins.json` where it is asked for, and `manifest.json`. Rules whose id is no file name, or one that is taken, get another, and a finding.
 */
export function buildFiles(input: BuildInput): Build {
  const files: BuildFile[] = [];
  const names = new FileNames();
  const diagnostics: Diagnostic[] = [];
  const entries: Manifest["rules"][number][] = [];
  const rules = [...input.rules].sort(
    (a, b) => compare(a.rule.rule_id, b.rule.rule_id) || compare(a.file, b.file),
  );
  const built: BuiltRule[] = [];
  for (const bundled of rules) {
    const { file: source, rule } = bundled;
    const { rule_id, name, type } = rule;
    const { name: base, clash } = names.take(rule_id);
    const target = { file: source, pointer: "/rule_id" };
    if (clash) diagnostics.push(report("bundle/file-name-taken", { rule_id, name: base }, target));
    else if (!isFileSafe(rule_id))
      diagnostics.push(report("bundle/rule-id-no-file-name", { rule_id }, target));
    const version = rule.version ?? 1;
    const json: BuildFile = { path: `rules/${base}.json`, text: pretty(rule) };
    const asset: BuildFile = {
      path: `security_rule/${base}_${version}.json`,
      text: pretty(prebuiltAsset(rule)),
    };
    files.push(json, asset);
    built.push({ rule: bundled, file: json.path });
    entries.push({
      rule_id, name, type, version, source,
      file: json.path, sha256: sha256(json.text),
      asset: asset.path, asset_sha256: sha256(asset.text),
    }); // prettier-ignore
  }
  const lists = valueListFiles(input.valueLists ?? []).map(({ list, name, text }) => {
    const { id, type, values } = list;
    files.push({ path: `values/${name}`, text });
    return { id, name: list.name, type, values: values.length, file: `values/${name}`, sha256: sha256(text) };
  });
  const { project, generator, locale, explain = false } = input;
  const origins = { path: "origins.json", text: explain ? pretty(originsOf(built)) : "" };
  if (explain) files.push(origins);
  const summary = { rules: entries.length, files: files.length + 1 };
  const manifest: Manifest = {
    version: 1, project, generator, locale, summary, rules: entries, value_lists: lists,
    ...(explain ? { origins: { file: origins.path, sha256: sha256(origins.text) } } : {}),
  }; // prettier-ignore
  return { files: [...files, { path: "manifest.json", text: pretty(manifest) }], manifest, diagnostics };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
