import { join, posix } from "node:path";
import type { SourceItem, SourceOrigin, SourceRule } from "../bundle/sources/index.js";
import { decompileRule, normalise } from "../rule/decompile/index.js";
import { inKeyOrder, RULE_ORDER } from "../rule/decompile/order.js";
import { stableJson } from "../rule/stable-json.js";
import { check } from "../schema/index.js";
import { parseDocument } from "../yaml/index.js";
import { Census, type RuleSlot } from "./census.js";
import { planConnector, planList } from "./declared-files.js";
import { type Destination, ruleKey } from "./destination.js";
import { meetExisting } from "./existing.js";
import { Findings, placeText } from "./findings.js";
import { rereadable } from "./held.js";
import { folderOf, sourceFolder } from "./layout.js";
import { Links } from "./links.js";
import { inFormsOf, meaningOf, meaningOfNew } from "./merge-rule.js";
import type { FileAction, ImportReport, Items, Json, Layout, PlannedFile } from "./model.js";
import { Places } from "./places.js";
import { type References, resolveReferences } from "./references.js";
import { fileText } from "./text.js";

export interface ImportOptions {
  readonly destination: Destination;
  /** `by-os` when it is left out. */
  readonly layout?: Layout;
  /** Whether files that exist and mean something else are changed. */
  readonly force?: boolean;
  /** For the layout `mirror`: the folder that something was in, in the source; that of its file when it is left out. */
  readonly sourceFolder?: (origin: SourceOrigin) => string;
}

/** The plan of an import whose items are all at hand: every file, and the report. */
export async function planImport(
  items: Items,
  options: ImportOptions,
): Promise<{ readonly files: readonly PlannedFile[]; readonly report: ImportReport }> {
  const held: SourceItem[] = [];
  for await (const item of items) held.push(item);
  const files: PlannedFile[] = [];
  const planning = streamImport(() => held, options);
  for (;;) {
    const next = await planning.next();
    if (next.done === true) return { files, report: next.value };
    files.push(next.value);
  }
}

/**
 * Plans an import file by file and returns its report at the end. Nothing is written here. What is read is not held: it is read
 * twice where it is large, first for what rules refer to and for names, then to make each rule's file as it comes.
 *
 * Total: whatever the sources hold, nothing is thrown; what is odd about them is in the report. Errors of the reading itself are
 * thrown on.
 *
 * @param read starts reading from the beginning; the same items must come in the same order each time
 */
export async function* streamImport(
  read: () => Items,
  options: ImportOptions,
): AsyncGenerator<PlannedFile, ImportReport> {
  const { destination, layout = "by-os", force = false } = options;
  const { host, root, out, taken } = destination;
  const findings = new Findings();
  const again = rereadable(read);
  const inSource = options.sourceFolder ?? sourceFolder;
  const census = new Census(findings, (rule, origin) => folderOf(rule, layout, inSource(origin)));
  for await (const item of again()) census.meet(item);
  census.close();

  const actions: Record<FileAction, number> = { create: 0, update: 0, unchanged: 0, refused: 0 };
  const links = new Links(host, root, join(root, out));
  const settled = (file: PlannedFile): PlannedFile => {
    const { path, action, origin } = file;
    const outside = (action === "create" || action === "update") && links.leadOut(path);
    if (outside) findings.about(origin, "import/target-outside", { file: path, out: out || "." });
    actions[outside ? "refused" : action]++;
    return outside ? { ...file, action: "refused" } : file;
  };
  const references = resolveReferences(census, destination, force, findings);
  const places = new Places(taken, (path) => host.list(join(root, path)) !== undefined);
  const shared = { destination, force, findings, places };
  for (const connector of references.connectors) yield settled(planConnector(connector, shared));
  for (const [id, list] of census.lists) yield settled(planList(id, list, shared));

  const writer = new RuleWriter(census, references, {
    ...shared,
    paths: pathsOf(census, destination, places),
  });
  let ordinal = 0;
  for await (const item of again()) {
    if (item.kind !== "rule") continue;
    const file = writer.plan(item, ordinal++);
    if (file !== undefined) yield settled(file);
  }
  if (!destination.isSearched && census.rules.size > 0) {
    const file = destination.project.configFile ?? "";
    findings.about({ file }, "import/out-not-searched", { out: out || "." });
  }
  return {
    read: census.counts,
    files: actions,
    findings: findings.list(),
    omitted: findings.omitted,
    ok: findings.ok,
  };
}

/** The file of each rule: the one that it has, or a new one. In the order of their keys, so that the order of sources decides nothing. */
function pathsOf(census: Census, { rules, out }: Destination, places: Places): Map<string, string> {
  const slots = [...census.rules.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return new Map(
    slots.map(({ key, folder, name, id }) => {
      const path = rules.get(key) ?? places.take({ folder: posix.join(out, folder), name, id, kind: "rule" });
      return [key, path];
    }),
  );
}

class RuleWriter {
  /** What rules mean of which another copy comes. */
  readonly #meanings = new Map<string, string>();

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
    return about?.stack === undefined
      ? authored
      : inKeyOrder({ ...authored, stack: about.stack }, RULE_ORDER);
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
