import { join, posix } from "node:path";
import type { SourceItem, SourceOrigin } from "../bundle/sources/index.js";
import { Census } from "./census.js";
import { planConnector, planList } from "./declared-files.js";
import type { Destination } from "./destination.js";
import { Findings } from "./findings.js";
import { rereadable } from "./held.js";
import { folderOf, sourceFolder } from "./layout.js";
import { Links } from "./links.js";
import type { FileAction, ImportReport, Items, Layout, PlannedFile } from "./model.js";
import { Places } from "./places.js";
import { resolveReferences } from "./references.js";
import { RuleFiles } from "./rule-files.js";

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
    const outside = (action === "create" || action === "update") && links.leadOut(path, action === "update");
    if (outside) findings.about(origin, "import/target-outside", { file: path, out: out || "." });
    actions[outside ? "refused" : action]++;
    return outside ? { ...file, action: "refused" } : file;
  };
  const references = resolveReferences(census, destination, force, findings);
  const places = new Places(taken, (path) => host.list(join(root, path)) !== undefined);
  const shared = { destination, force, findings, places };
  for (const connector of references.connectors) yield settled(planConnector(connector, shared));
  for (const [id, list] of census.lists) yield settled(planList(id, list, shared));

  const rules = new RuleFiles(census, references, {
    ...shared,
    paths: pathsOf(census, destination, places),
  });
  let ordinal = 0;
  for await (const item of again()) {
    if (item.kind !== "rule") continue;
    const file = rules.plan(item, ordinal++);
    if (file !== undefined) yield settled(file);
  }
  rules.close();
  if (!destination.isSearched && census.rules.size > 0) {
    const file = destination.project.configFile ?? "";
    findings.about({ file }, "import/out-not-searched", { out: out || "." });
  }
  return {
    read: census.counts,
    files: actions,
    findings: findings.list(),
    severities: findings.severities,
    omitted: findings.omitted,
    ok: findings.severities.error === 0,
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
