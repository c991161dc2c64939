import { isAbsolute, relative, resolve, sep } from "node:path";
import { kibanaFinding, missingSpaces, settingAt, spaceFindings } from "../../deploy/findings.js";
import { previewRules } from "../../deploy/preview/preview.js";
import type { Range } from "../../deploy/preview/window.js";
import type { Previews } from "../../deploy/preview/types.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { offsetSeconds, parseDateMath } from "../../kibana/date-math.js";
import { isKibanaError } from "../../kibana/errors.js";
import { type Project, rulesOf, type SpaceSettings } from "../../project/index.js";
import type { CompiledRule } from "../../rule/index.js";
import { type DeployOptions, deployTarget, type Target } from "../deploying.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";
import { previewJson, previewText } from "../preview-output.js";
import { reviewOf } from "./diff.js";

export interface PreviewOptions extends Omit<DeployOptions, "space"> {
  readonly env: string;
  readonly space?: string;
  readonly rule?: readonly string[];
  readonly changed?: boolean;
  readonly base: string;
  readonly from: string;
  readonly to: string;
  readonly maxAlerts?: string;
  readonly format: "pretty" | "json";
}

/** `kdac preview`: runs rules on live data without making them, and counts their alerts. */
export async function preview(
  io: Io,
  paths: readonly string[],
  { space, ...options }: PreviewOptions,
): Promise<Exit> {
  const range = rangeOf(options, Date.now());
  const maxAlerts = limitOf(options.maxAlerts);
  const target = deployTarget(io, { ...options, ...(space === undefined ? {} : { space: [space] }) });
  if (target === undefined) return Exit.Findings;
  const { project } = target;
  const to = onlySpace(target);
  const rules = wantedOf(io, project, rulesOf(project, to, { locale: options.locale }), paths, options);
  if (rules === undefined) return Exit.Findings;
  const made = await look(io, target, to.id, rules, range, maxAlerts);
  if (made === undefined) return Exit.Findings;
  io.out(options.format === "json" ? previewJson(made, project) : previewText(made, project, io.palette));
  return made.diagnostics.some(isError) ? Exit.Findings : Exit.Clean;
}

async function look(
  io: Io,
  { project, environment, client: connect, progress }: Target,
  space: string,
  rules: readonly CompiledRule[],
  range: Range,
  maxAlerts: number | undefined,
): Promise<Previews | undefined> {
  const configFile = project.configFile ?? "";
  try {
    const client = connect();
    const missing = await missingSpaces(client, [space]);
    if (missing.length > 0)
      return showFindings(
        io,
        project,
        spaceFindings(missing, settingAt(environment.name, configFile, "spaces")),
      );
    return await previewRules(client, {
      environment: environment.name,
      space,
      rules,
      range,
      ...(maxAlerts === undefined ? {} : { maxAlerts }),
      onProgress: (label, done, total) => progress.step(label, done, total),
    });
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return showFindings(io, project, [kibanaFinding(error, environment.name, configFile)]);
  } finally {
    progress.end();
  }
}

/** The rules of the space that are asked for; undefined where the changed ones cannot be told, which was said then. */
function wantedOf(
  io: Io,
  project: Project,
  rules: readonly CompiledRule[],
  paths: readonly string[],
  options: Omit<PreviewOptions, "space">,
): readonly CompiledRule[] | undefined {
  const { root } = project.location;
  const folders = paths.map((path) => {
    const way = relative(root, resolve(io.cwd, path));
    if (way.startsWith("..") || isAbsolute(way))
      throw new UsageError(`${path} lies outside the project in ${root}`);
    return way.split(sep).join("/");
  });
  const isBelow = (file: string): boolean =>
    folders.length === 0 || folders.some((way) => way === "" || file === way || file.startsWith(`${way}/`));
  let wanted = rules.filter(({ source }) => isBelow(source.file));
  if (options.rule !== undefined) {
    const isNamed = ({ rule }: CompiledRule, text: string): boolean =>
      rule.rule_id === text || rule.name.toLowerCase() === text.toLowerCase();
    const unknown = options.rule.find((text) => !wanted.some((one) => isNamed(one, text)));
    if (unknown !== undefined)
      throw new UsageError(`no rule that goes to the space has the rule_id or name "${unknown}"`);
    wanted = wanted.filter((one) => options.rule!.some((text) => isNamed(one, text)));
  }
  if (options.changed !== true) return wanted;
  const review = reviewOf(io, [], { ...options, base: options.base });
  if (review === undefined) return undefined;
  const changed = new Set(
    review.changes.filter(({ kind, action }) => kind === "rule" && action !== "removed").map(({ id }) => id),
  );
  return wanted.filter(({ rule }) => changed.has(rule.rule_id));
}

function onlySpace({ environment: { name, spaces } }: Target): SpaceSettings {
  const [first, ...others] = spaces;
  if (first !== undefined && others.length === 0) return first;
  const ids = spaces.map(({ id }) => id).join(", ");
  throw new UsageError(`name the space of "${name}" to preview in with --space: there are ${ids}`);
}

function rangeOf({ from, to }: Pick<PreviewOptions, "from" | "to">, now: number): Range {
  const range = { from: timeOf("--from", from, now), to: timeOf("--to", to, now) };
  if (range.from >= range.to) throw new UsageError("--from has to lie before --to");
  return range;
}

function timeOf(option: string, text: string, now: number): number {
  const math = parseDateMath(text);
  if (math?.kind === "date") return math.time;
  const seconds = offsetSeconds(text);
  if (seconds === undefined)
    throw new UsageError(`${option} takes a time such as now-24h or 2026-01-31T12:00:00Z, not "${text}"`);
  return now + seconds * 1_000;
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--max-alerts takes a whole number, not "${text}"`);
  return Number(text);
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === "error";
