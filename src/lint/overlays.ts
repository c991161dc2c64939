import { type Diagnostic, fromPointer, report, type Target } from "../diagnostics/index.js";
import { isFieldOf, isRuleType } from "../kibana/rule.js";
import { isOfStack, type Project, selectable, selector, spacesOf } from "../project/index.js";
import {
  type CompileContext,
  type CompiledRule,
  compileRule,
  EDITABLE,
  type Overlay,
} from "../rule/index.js";
import type { RuleFacts } from "./facts.js";

/** A rule that the checks have seen as its file has it, and what they found. */
export interface Checked extends RuleFacts {
  readonly findings: readonly Diagnostic[];
}

/** What the checks find in a rule. */
export type Check = (compiled: CompiledRule) => readonly Diagnostic[];

/** Fields by the name that they have in the compiled rule, where a file writes another. */
const COMPILED: Readonly<Record<string, string>> = {
  attack: "threat", exceptions: "exceptions_list", guide: "note", lookback: "from",
}; // prettier-ignore
/** Fields that every rule has a form of. */
const OURS: ReadonlySet<string> = new Set(["attack", "exceptions", "guide", "lookback"]);
/** As many rules as a finding names. */
const MOST_RELATED = 5;

/**
 * What overlays break: rules are checked again as each space gets them, and what the checks find that they did not find in the
 * file is reported once, at the overlay. Also what an overlay does to no rule at all.
 */
export function overlayFindings(
  project: Project,
  rules: readonly Checked[],
  context: CompileContext,
  check: Check,
): Diagnostic[] {
  const linter = new Linter(rules, context, check, project.settings.stack);
  for (const name of Object.keys(project.config.environments ?? {})) linter.environment(project, name);
  return linter.findings();
}

class Linter {
  readonly #rules: readonly Checked[];
  readonly #context: CompileContext;
  readonly #check: Check;
  readonly #found = new Map<string, Diagnostic>();
  /** Rules under overlays that say the same, which need to be checked once. */
  readonly #seen = new Set<string>();
  readonly #texts = new Map<Overlay, string>();

  constructor(rules: readonly Checked[], context: CompileContext, check: Check, stack: string) {
    this.#rules = rules.filter(({ source }) => isOfStack(source, stack));
    this.#context = context;
    this.#check = check;
  }

  findings(): Diagnostic[] {
    return [...this.#found.values()];
  }

  environment(project: Project, name: string): void {
    const file = project.configFile ?? "";
    const configured = project.config.environments?.[name];
    const base = `/environments/${name}`;
    this.#selectors(configured?.overlays, file, base);
    /** By overlay, the rules that it is for. */
    const taken = new Map<Overlay, Set<Checked>>();
    for (const [i, space] of spacesOf(project, name).entries()) {
      const map = configured?.spaces[i];
      if (typeof map === "object") {
        this.#idle(map.rules, file, `${base}/spaces/${i}`);
        this.#selectors(map.overlays, file, `${base}/spaces/${i}`);
      }
      const takes = selector(space.selectors ?? []);
      for (const overlay of space.overlays) if (!taken.has(overlay)) taken.set(overlay, new Set());
      if (space.overlays.length === 0) continue;
      for (const rule of this.#rules) {
        const facts = selectable(rule);
        if (!takes(facts)) continue;
        const overlays = space.overlays.filter((overlay) => overlay.takes(facts));
        for (const overlay of overlays) taken.get(overlay)!.add(rule);
        if (overlays.length > 0) this.#rule(rule, overlays);
      }
    }
    for (const [overlay, of] of taken) this.#withoutEffect(overlay, [...of], [...taken.keys()]);
  }

  /** Checks a rule as a space gets it. */
  #rule({ source, findings }: Checked, overlays: readonly Overlay[]): void {
    const key = JSON.stringify([source.file, overlays.map((overlay) => this.#textOf(overlay))]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const laid = compileRule(source, { ...this.#context, overlaysFor: () => overlays });
    const known = new Set(findings.map(identity));
    for (const finding of [...laid.diagnostics, ...this.#check(laid)])
      if (!known.has(identity(finding))) this.#add(placed(finding, laid));
  }

  /** What an overlay does, as a text that is the same for overlays that do the same. */
  #textOf(overlay: Overlay): string {
    const { set, add, remove } = overlay;
    const text = this.#texts.get(overlay) ?? JSON.stringify([set, add, remove]);
    this.#texts.set(overlay, text);
    return text;
  }

  #add(finding: Diagnostic): void {
    const key = JSON.stringify([finding.code, finding.message, finding.target]);
    const other = this.#found.get(key);
    if (other === undefined) this.#found.set(key, finding);
    else if ((other.related?.length ?? 0) < MOST_RELATED)
      this.#found.set(key, { ...other, related: [...(other.related ?? []), ...(finding.related ?? [])] });
  }

  #selectors(
    overlays: readonly { readonly rules?: readonly string[] }[] | undefined,
    file: string,
    base: string,
  ): void {
    for (const [i, { rules }] of (overlays ?? []).entries()) this.#idle(rules, file, `${base}/overlays/${i}`);
  }

  /** Selectors that take no rule: most likely a folder or a tag was renamed. */
  #idle(patterns: readonly string[] | undefined, file: string, base: string): void {
    for (const [j, pattern] of (patterns ?? []).entries()) {
      if (pattern.startsWith("!")) continue;
      const takes = selector([pattern]);
      if (this.#rules.some((rule) => takes(selectable(rule)))) continue;
      this.#add(
        report("project/unknown-selector", { selector: pattern }, { file, pointer: `${base}/rules/${j}` }),
      );
    }
  }

  /** Fields that none of the overlay's rules has, and removals of what none of them has. */
  #withoutEffect(overlay: Overlay, rules: readonly Checked[], all: readonly Overlay[]): void {
    if (rules.length === 0) return;
    const { file, pointer } = overlay.target;
    for (const field of Object.keys(overlay.set)) {
      if (rules.some((rule) => hasField(rule, field))) continue;
      const target = { file, pointer: `${pointer}/set/${field}`, on: "key" } as const;
      this.#add(report("project/overlay-without-effect", { field }, target));
    }
    if ((overlay.add.index ?? []).length > 0 && rules.every(({ rule }) => rule.index === undefined)) {
      const target = { file, pointer: `${pointer}/add/index`, on: "key" } as const;
      this.#add(report("project/overlay-without-effect", { field: "index" }, target));
    }
    for (const list of EDITABLE)
      for (const [i, text] of (overlay.remove[list] ?? []).entries()) {
        if (all.some((other) => other !== overlay && brings(other, list, text))) continue;
        if (rules.some((rule) => textsOf(rule, list).includes(text))) continue;
        const target = { file, pointer: `${pointer}/remove/${list}/${i}` };
        this.#add(report("project/nothing-to-remove", { list, text }, target));
      }
  }
}

function hasField({ source }: RuleFacts, field: string): boolean {
  const { type } = source.authored;
  return OURS.has(field) || !isRuleType(type) || isFieldOf(field, type);
}

/** Whether an overlay puts something into a list that another may take out again. */
function brings({ set, add }: Overlay, list: (typeof EDITABLE)[number], text: string): boolean {
  return [set[list], add[list]].some(
    (value) => value !== undefined && JSON.stringify(value).includes(JSON.stringify(text)),
  );
}

/** What a list of a rule holds, as `remove` names it. */
function textsOf({ rule, connectors }: RuleFacts, list: (typeof EDITABLE)[number]): readonly string[] {
  switch (list) {
    case "tags":
      return rule.tags;
    case "index":
      return rule.index ?? [];
    case "exceptions":
      return rule.exceptions_list.map(({ list_id }) => list_id);
    case "actions":
      return rule.actions.flatMap(({ id }, i) => [id, connectors[i] ?? id]);
  }
}

const identity = ({ code, message, target }: Diagnostic): string =>
  JSON.stringify([code, message, target.file, target.pointer, target.within]);

/** The finding at the overlay that brought it about, with its place in the rule beside it. */
function placed(finding: Diagnostic, laid: CompiledRule): Diagnostic {
  const { file } = laid.source;
  if (finding.target.file !== file)
    return { ...finding, related: [inRule(laid, { file, pointer: "/name" })] };
  const target = overlayOf(finding.target, laid);
  return target === undefined ? finding : { ...finding, target, related: [inRule(laid, finding.target)] };
}

function inRule({ source }: CompiledRule, target: Target): { message: string; target: Target } {
  return { message: `with this, in "${source.authored.name}"`, target };
}

/**
 * Which overlay is to blame for a finding at a place of the rule: the one that has the field, else the one that has the indices,
 * since fields of queries depend on them, else any.
 */
function overlayOf({ pointer }: Target, { provenance }: CompiledRule): Target | undefined {
  const [field = "", ...rest] = fromPointer(pointer ?? "");
  const laid = [...provenance].filter(([, { kind }]) => kind === "overlay");
  const own = laid.find(([name]) => name === (COMPILED[field] ?? field));
  const [, origin] = own ?? laid.find(([name]) => name === "index") ?? laid[0] ?? [];
  if (origin === undefined) return undefined;
  const isWhole = own !== undefined && origin.target.pointer?.endsWith(`/set/${field}`) === true;
  return isWhole && rest.length > 0
    ? { ...origin.target, pointer: [origin.target.pointer, ...rest].join("/") }
    : origin.target;
}
