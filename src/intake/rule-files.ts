import type { Json } from "../json/index.js";
import { join } from "node:path";
import type { SourceOrigin, SourceRule } from "../bundle/sources/index.js";
import { attackVersionOf, decompileRule, normalise } from "../rule/decompile/index.js";
import { inKeyOrder, RULE_ORDER } from "../rule/decompile/order.js";
import { stableJson } from "../rule/stable-json.js";
import { check } from "../schema/index.js";
import { parseDocument } from "../yaml/index.js";
import type { Census, RuleSlot } from "./census.js";
import { type Destination, ruleKey } from "./destination.js";
import { meetExisting } from "./existing.js";
import { type Findings, placeText } from "./findings.js";
import { inFormsOf, meaningOf, meaningOfNew } from "./merge-rule.js";
import type { PlannedFile } from "./model.js";
import type { References } from "./references.js";
import { fileText } from "./text.js";

/** Makes the files of rules, one rule after another. */
export class RuleFiles {
  /** What rules mean of which another copy comes. */
  readonly #meanings = new Map<string, string>();
  /** How many rules follow a version of ATT&CK that is not the project's, and the first of them. */
  readonly #otherVersions = new Map<string, { readonly count: number; readonly origin: SourceOrigin }>();

  constructor(
    private readonly census: Census,
    private readonly references: References,
    private readonly around: {
      readonly destination: Destination;
      readonly force: boolean;
      readonly findings: Findings;
      readonly paths: ReadonlyMap<string, string>;
    },
  ) {}

  /** The rule's file; undefined where it is another copy of a rule. */
  plan(item: SourceRule, ordinal: number): PlannedFile | undefined {
    const slot = this.census.rules.get(ruleKey(item.value))!;
    if (slot.copies > 1 && this.#isOther(item, ordinal, slot)) return undefined;
    const { destination, findings, paths } = this.around;
    const { origin } = item;
    const path = paths.get(slot.key)!;
    const authored = this.#authored(item);
    const file = { kind: "rule" as const, id: slot.id, name: slot.name, origin };
    const schemaLine = destination.schemaLine(path, "rule");
    const text = fileText("rule", authored, schemaLine, item.about?.stackComment);
    if (!destination.rules.has(slot.key)) return { ...file, path, text, action: "create" };
    const before = destination.host.read(join(destination.root, path)) ?? "";
    if (before === text) return { ...file, path, text, action: "unchanged" };
    const document = parseDocument(before, path);
    const isError = ({ severity }: { severity: string }): boolean => severity === "error";
    const broken =
      document.data === undefined ||
      document.diagnostics.some(isError) ||
      check("rule", document).some(isError);
    const existing = (document.data ?? {}) as Json;
    const { compile } = this.references;
    return meetExisting(
      file,
      {
        document,
        broken,
        theirs: broken ? {} : meaningOf(document, existing, compile),
        ours: broken ? {} : meaningOfNew(authored, compile),
        merged: (isSame) => inFormsOf(authored, existing, isSame, compile),
      },
      destination,
      this.around.force,
      findings,
    );
  }

  #authored({ value, about, origin, format }: SourceRule): Json {
    const version = format === "toml" ? this.census.versions.get(String(value["rule_id"])) : undefined;
    const whole = version === undefined || value["version"] !== undefined ? value : { ...value, version };
    const { authored, notes } = decompileRule(whole, this.references.decompile);
    this.around.findings.notes(notes, origin);
    if (notes.some(({ code }) => code === "import/threat-kept")) this.#otherAttack(value["threat"], origin);
    return about?.stack === undefined
      ? authored
      : inKeyOrder({ ...authored, stack: about.stack }, RULE_ORDER);
  }

  #otherAttack(threat: unknown, origin: SourceOrigin): void {
    const version = attackVersionOf(threat);
    if (version === undefined || version === this.references.decompile.attack.version) return;
    const before = this.#otherVersions.get(version);
    this.#otherVersions.set(version, { count: (before?.count ?? 0) + 1, origin: before?.origin ?? origin });
  }

  /** Everything was planned: says what many rules have in common. */
  close(): void {
    const own = this.references.decompile.attack.version;
    for (const [version, { count, origin }] of this.#otherVersions)
      this.around.findings.about({ file: origin.file }, "import/attack-version", { version, count, own });
  }

  /** Whether this is not the copy that is imported; if it says something else too, a finding tells. */
  #isOther(item: SourceRule, ordinal: number, slot: RuleSlot): boolean {
    const { findings } = this.around;
    if (ordinal === slot.ordinal) {
      this.#meanings.set(slot.key, meaning(item));
      return false;
    }
    const id = slot.id ?? slot.name;
    const where = placeText(slot.origin);
    const { version } = item.value;
    const { origin } = item;
    if (item.format === "prebuilt" && slot.format === "prebuilt" && version !== slot.version)
      findings.about(origin, "import/several-versions", {
        id,
        version: String(version),
        other: String(slot.version),
        where,
      });
    else if (this.#meanings.get(slot.key) !== meaning(item))
      findings.about(origin, "import/duplicate", { kind: "rule", id, where });
    return true;
  }
}

const meaning = ({ value }: SourceRule): string => stableJson(normalise(value));
