import { join } from "node:path";
import { type Actual, plan } from "../deploy/index.js";
import type { Change, Desired, DesiredList, DesiredRule } from "../deploy/index.js";
import {
  type Code,
  type Diagnostic,
  meansInvalid,
  type ParamsOf,
  report,
  type Target,
} from "../diagnostics/index.js";
import type { LiveRule } from "../kibana/endpoints/index.js";
import { type Host, isFile } from "../project/host.js";
import { bundleLists, compileContext, type Project, type SpaceSettings } from "../project/index.js";
import { offlineId } from "../project/compile.js";
import type { DecompileContext, ImportNote } from "../rule/decompile/index.js";
import type { CompileContext, CompiledRule, KnownConnector, KnownList } from "../rule/index.js";
import { check } from "../schema/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import type { FileKind } from "./model.js";
import { Links } from "./links.js";
import { InvalidTargets } from "./pull-invalid.js";
import { Places } from "./places.js";
import type { PulledFile, PulledObject, Selection } from "./pull-model.js";
import { listReference } from "./references.js";

export interface PullOptions {
  readonly project: Project;
  readonly host: Host;
  readonly space: SpaceSettings;
  /** What the space shall have by the project. */
  readonly desired: Desired;
  /** What it has. */
  readonly actual: Actual;
  readonly selection: Selection;
  /** The folder for new files, from the project's root with forward slashes; it lies in one of the project's folders of rules. */
  readonly out: string;
  /** Whether what is newer in a file, or may be, gives way to what the space has. */
  readonly force: boolean;
  /** Whether a file is as an earlier pull from this space left it, so that nobody's work is in it. */
  readonly isAsPulled: (file: string) => boolean;
  /** The comment that tells editors the schema of a file. */
  readonly schemaLine: (file: string, kind: FileKind) => string;
}

/** Lists and connectors that files can refer to once the pull is written. */
export interface Referable {
  /** By `list_id`. */
  readonly lists: ReadonlyMap<string, KnownList>;
  /** Names by Kibana's id. */
  readonly connectors: ReadonlyMap<string, { readonly name: string; readonly connector_type_id: string }>;
}

/** What the parts of a pull share, and where they put what they find. */
export class Around {
  readonly options: PullOptions;
  readonly places: Places;
  readonly objects: PulledObject[] = [];
  readonly files: PulledFile[] = [];
  readonly faithful = new Set<string>();
  readonly findings: Diagnostic[] = [];
  readonly documents = new Map<string, LocatedDocument>();
  /** By `list_id`: the lists of the project as it would deploy them. */
  readonly declared: ReadonlyMap<string, DesiredList>;
  readonly #own: CompileContext;
  readonly #links: Links;
  readonly #invalid: InvalidTargets;
  readonly #barred = new Set<string>();
  #compile: CompileContext;
  #connectors: Referable["connectors"] = new Map();

  constructor(options: PullOptions) {
    const { project, host, space } = options;
    const { root } = project.location;
    this.options = options;
    this.#own = compileContext(project, {
      overlaysFor: (rule) => space.overlays.filter((overlay) => overlay.takes(rule)),
    });
    this.#compile = this.#own;
    this.declared = new Map(
      bundleLists(project).map(({ list, items }) => {
        const { file } = project.exceptionLists.get(list.list_id)!;
        return [list.list_id, { file, list, items } as DesiredList];
      }),
    );
    this.places = new Places(
      new Set([...project.documents.keys()].map((file) => file.toLowerCase())),
      (path) => host.list(join(root, path)) !== undefined || isFile(host, join(root, path)),
    );
    this.#links = new Links(host, root, root);
    this.#invalid = new InvalidTargets(project);
  }

  get compile(): CompileContext {
    return this.#compile;
  }

  get decompile(): DecompileContext {
    const compile = this.#compile;
    const { attack, sourceLocale, defaults, exceptionLists } = compile;
    return {
      attack,
      locale: sourceLocale,
      defaults,
      fieldsFor: (index) => compile.fieldsFor(index),
      listReference: (entry) => listReference(entry, exceptionLists),
      connectorName: (id) => this.#connectors.get(id)?.name,
    };
  }

  /** From now on, files can refer to these lists and connectors too. */
  refer({ lists, connectors }: Referable): void {
    const own = this.#own;
    this.#connectors = connectors;
    this.#compile = {
      ...own,
      exceptionLists: new Map([...lists, ...own.exceptionLists]),
      connectors: new Map([...knownConnectors(this.options.project, connectors), ...own.connectors]),
    };
  }

  about<C extends Code>(target: Target, code: C, params: ParamsOf<C>): void {
    this.findings.push(report(code, params, target));
  }

  /** Notes about what became of a live object, at its file. */
  notes(notes: readonly ImportNote[], file: string): void {
    for (const { code, params } of notes) this.about({ file }, code, params);
  }

  /** Notes what becomes of an object, and the documents that its files are to be. */
  settle(object: PulledObject, ...documents: readonly LocatedDocument[]): void {
    const outside = documents.find(({ file }) => this.#links.leadOut(file));
    if (outside !== undefined) {
      const { file } = outside;
      this.about({ file }, "import/target-outside", { file, out: "the project" });
      this.objects.push({ ...object, action: "refused" });
      return;
    }
    for (const document of documents) this.documents.set(document.file, document);
    const refusals = documents.flatMap((document) => refusalsOf(KINDS[object.kind], document));
    if (refusals.length > 0) {
      const { name, file } = object;
      this.about({ file }, "pull/not-written", { kind: object.kind.replace("-", " "), name });
      this.findings.push(...refusals);
      this.objects.push({ ...object, action: "refused" });
      return;
    }
    this.objects.push(object);
    for (const document of documents) this.files.push({ path: document.file, text: document.text });
  }

  /** Whether the file of an object, or one that may be its file, is invalid: then nothing is pulled of it, and a finding says so. */
  isBarred(kind: PulledObject["kind"], id: string, name: string): boolean {
    const invalid = this.#invalid.of(KINDS[kind], id);
    if (invalid === undefined) return false;
    const key = `${kind}/${id}`;
    if (this.#barred.has(key)) return true;
    this.#barred.add(key);
    const { file, cause } = invalid;
    this.about({ file }, "pull/invalid-file", { kind: kind.replace("-", " "), name, file: cause });
    this.objects.push({ kind, id, name, file, action: "refused", fields: [] });
    return true;
  }

  /** What a plan that may overwrite everything would do to one rule of the space. */
  planRule(wanted: DesiredRule, live: LiveRule): Change {
    const { actual } = this.options;
    const [change] = this.plan(
      { rules: [wanted], lists: [], connectors: [], valueLists: [] },
      { ...actual, rules: new Map([[wanted.rule.rule_id, [live]]]) },
    );
    return change!;
  }

  plan(wanted: Omit<Desired, "space">, actual: Actual = this.options.actual): readonly Change[] {
    const { project, space } = this.options;
    const planned = plan(
      { environment: "", spaces: [{ space: space.id, ...wanted }] },
      { url: "", version: undefined, spaces: [actual] },
      { project: project.settings.name, adopt: true, overwriteDrift: true },
    );
    return planned.spaces.flatMap(({ changes }) => changes);
  }
}

const KINDS: Readonly<Record<PulledObject["kind"], FileKind>> = {
  rule: "rule",
  "exception-list": "exceptions",
  connector: "connector",
  "value-list": "values",
};

/** Why a file, as it is to be, would be invalid. */
function refusalsOf(kind: FileKind, document: LocatedDocument): Diagnostic[] {
  return [...document.diagnostics, ...check(kind, document)].filter(({ code }) => meansInvalid(code));
}

/** A compiled rule as plans take it. */
export function desiredRule({ source, rule, connectors }: CompiledRule): DesiredRule {
  return { file: source.file, rule, connectors };
}

function knownConnectors(project: Project, connectors: Referable["connectors"]): [string, KnownConnector][] {
  return [...connectors.values()].map(({ name, connector_type_id }) => [
    name,
    { id: offlineId(`${project.settings.name}/${name}`), connector_type_id },
  ]);
}
