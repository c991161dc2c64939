import { relative, sep, join } from "node:path";
import { append, type Diagnostic, report } from "../diagnostics/index.js";
import type { TranslationSource } from "../rule/index.js";
import {
  type AuthoredRule,
  check,
  type ConnectorFile,
  type ExceptionsFile,
  type ProjectConfig,
} from "../schema/index.js";
import { type LocatedDocument, parseDocument } from "../yaml/index.js";
import { discover } from "./discover.js";
import { loadFields } from "./fields.js";
import { type FileKind, fileKind } from "./file-kind.js";
import type { Host } from "./host.js";
import { type DeclaredKind, hasInvalid, type InvalidFile, invalidFile } from "./invalid-files.js";
import { misnamed } from "./misnamed.js";
import { prune } from "./prune.js";
import type { Declared, Fragment, LoadedRule, Project } from "./project.js";
import { isInside, locate, type Location } from "./root.js";
import { checkSettings, type Overrides, type Settings, settingsOf } from "./settings.js";
import type { ValueList } from "./value-list.js";
import { loadValueLists } from "./value-lists.js";

export interface LoadOptions extends Overrides {
  /** The working folder, absolute. */
  readonly cwd: string;
  /** Files and folders to look at, from `cwd`; none means the whole project. */
  readonly paths?: readonly string[];
  /** Path of the configuration, from `cwd`. */
  readonly config?: string | undefined;
}

/**
 * Loads a project: finds its root, reads the configuration, every rule with its translations, and what they refer to.
 * All of the project is loaded even when only some paths are asked for, since rules can clash with each other.
 *
 * @throws LocationError when the paths cannot belong to one project.
 */
export function loadProject(host: Host, options: LoadOptions): Project {
  const location = locate(host, options.cwd, options.paths, options.config);
  return new Loader(host, location).load(options);
}

/** A file as the findings name it: from the root, with forward slashes. */
const fromRoot = (root: string, path: string): string => relative(root, path).split(sep).join("/");

class Loader {
  readonly #host: Host;
  readonly #location: Location;
  readonly #documents = new Map<string, LocatedDocument>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #rules: (Declared<AuthoredRule> & { stem: string; pruned: readonly string[] })[] = [];
  readonly #translations = new Map<string, Map<string, TranslationSource>>();
  readonly #translationFiles: { file: string; stem: string; broken: boolean }[] = [];
  readonly #exceptionLists = new Map<string, Declared<ExceptionsFile>>();
  readonly #connectors = new Map<string, Declared<ConnectorFile>>();
  readonly #valueFiles: LocatedDocument[] = [];
  readonly #valueTexts: string[] = [];
  readonly #fragments = new Map<string, Map<string, Fragment>>();
  readonly #invalid: InvalidFile[] = [];

  constructor(host: Host, location: Location) {
    this.#host = host;
    this.#location = location;
  }

  load(overrides: Overrides): Project {
    const { root, paths } = this.#location;
    const { config, configFile } = this.#config();
    const settings = settingsOf(config, root.split(/[\\/]/).at(-1) || "detections", overrides);
    const asked = paths.map((path) => fromRoot(root, path));
    const loaded = loadFields({ host: this.#host, root, settings, config, configFile });
    for (const document of loaded.documents) this.#documents.set(document.file, document);
    append(this.#diagnostics, loaded.diagnostics);
    for (const file of this.#files(settings, configFile, asked))
      if (file !== configFile && !loaded.files.includes(file)) this.#read(file, asked);
    const valueLists = this.#valueLists();
    if (this.#rules.length === 0) {
      const where = asked.length > 0 ? asked.join(", ") : settings.folders.join(", ");
      this.#diagnostics.push(report("project/no-rules", { where }, { file: configFile ?? where }));
    }
    const covers = (file: string): boolean =>
      asked.length === 0 ||
      file === configFile ||
      loaded.files.includes(file) ||
      asked.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
    return {
      location: this.#location,
      configFile,
      config,
      settings,
      documents: this.#documents,
      rules: this.#ruleSources(),
      exceptionLists: this.#exceptionLists,
      connectors: this.#connectors,
      valueLists,
      fragments: this.#fragments,
      fields: loaded.fields,
      diagnostics: this.#diagnostics,
      invalid: this.#invalid,
      isAsked: covers,
    };
  }

  #config(): { config: Partial<ProjectConfig>; configFile: string | undefined } {
    const { root, configFile: path } = this.#location;
    if (path === undefined) return { config: {}, configFile: undefined };
    const configFile = fromRoot(root, path);
    const document = this.#document(configFile);
    // With another configuration the project may have other files, and another name.
    const broken = (): void => void this.#invalid.push(invalidFile(undefined, configFile));
    if (document?.data === undefined) {
      broken();
      return { config: {}, configFile };
    }
    const findings = check("config", document);
    if (hasInvalid(document.diagnostics) || hasInvalid(findings)) broken();
    const { kept } = prune(document.data as Record<string, unknown>, findings);
    append(this.#diagnostics, [...findings, ...checkSettings(kept, configFile)]);
    return { config: kept, configFile };
  }

  /** The files to read: those of the project's folders, and whatever else was asked for by path. */
  #files(settings: Settings, configFile: string | undefined, asked: readonly string[]): string[] {
    const { root } = this.#location;
    const folders = settings.folders.filter((folder, i) => {
      if (isInside(root, join(root, folder))) return true;
      const target = { file: configFile ?? folder, pointer: `/rules/${i}` };
      this.#diagnostics.push(report("project/outside", { path: folder }, target));
      this.#invalid.push(invalidFile(undefined, configFile ?? folder));
      return false;
    });
    // Without a configuration nothing says where the rules are: everything below the root is looked at.
    const places = configFile === undefined && asked.length === 0 ? ["."] : [...folders, ...asked];
    const { files, unread, diagnostics } = discover(
      this.#host,
      root,
      places.map((place) => place.replace(/^\.\/|\/+$/g, "")),
    );
    append(this.#diagnostics, diagnostics);
    for (const { path, kind } of unread) this.#unread(path, kind);
    for (const path of asked.filter(
      (place) => place !== "" && !files.some((file) => file === place || file.startsWith(`${place}/`)),
    ))
      this.#diagnostics.push(
        report(
          "file/unreadable",
          { file: path, reason: "there is no such file or folder, or it is empty" },
          { file: path },
        ),
      );
    return [...files];
  }

  /** A file or a folder that is there and was not read. */
  #unread(path: string, what: "file" | "folder"): void {
    const { kind, folder } = named(path);
    if (what === "folder") this.#invalid.push(invalidFile(undefined, path));
    else if (kind.kind === "translation")
      this.#translationFiles.push({ file: path, stem: folder + kind.stem, broken: true });
    else if (kind.kind === "values-text") this.#invalid.push(invalidFile("values", path));
    else if (DECLARING.has(kind.kind)) this.#invalid.push(invalidFile(kind.kind as DeclaredKind, path));
  }

  #read(file: string, asked: readonly string[]): void {
    const { kind, folder, name } = named(file);
    switch (kind.kind) {
      case "rule":
        return this.#rule(file, folder + kind.stem);
      case "translation":
        return this.#translation(file, folder + kind.stem, kind.locale);
      case "exceptions":
        return this.#declare(
          "exceptions",
          file,
          this.#exceptionLists,
          (list: ExceptionsFile) => list.list_id,
        );
      case "connector":
        return this.#declare(
          "connector",
          file,
          this.#connectors,
          (connector: ConnectorFile) => connector.name,
        );
      case "values": {
        const document = this.#document(file);
        if (document === undefined) this.#invalid.push(invalidFile("values", file));
        else this.#valueFiles.push(document);
        return;
      }
      case "values-text":
        this.#valueTexts.push(file);
        return;
      case "fragment":
        return this.#fragment(file, kind.stem, kind.locale ?? "");
      case "unknown": {
        const held = misnamed(this.#host, this.#location.root, file);
        if (held !== undefined) {
          this.#diagnostics.push(held.diagnostic);
          this.#invalid.push(held.invalid);
          return;
        }
        const help = kind.suggestion === undefined ? {} : { help: `did you mean "${kind.suggestion}"?` };
        const severity = asked.includes(file) ? ({ severity: "error" } as const) : {};
        this.#diagnostics.push(report("project/unknown-file", { name }, { file }, { ...help, ...severity }));
        return;
      }
      case "companion":
        return;
      case "other":
        // Asked for by name, and checked by nothing: that is not a pass.
        if (asked.includes(file))
          this.#diagnostics.push(report("project/unknown-file", { name }, { file }, { severity: "error" }));
    }
  }

  #text(file: string): string | undefined {
    try {
      return this.#host.read(join(this.#location.root, file));
    } catch (error) {
      this.#diagnostics.push(report("file/unreadable", { file, reason: (error as Error).message }, { file }));
      return undefined;
    }
  }

  #document(file: string): LocatedDocument | undefined {
    const text = this.#text(file);
    if (text === undefined) return undefined;
    const document = parseDocument(text, file);
    this.#documents.set(file, document);
    append(this.#diagnostics, document.diagnostics);
    return document;
  }

  #rule(file: string, stem: string): void {
    const document = this.#document(file);
    if (document?.data === undefined) {
      this.#invalid.push(invalidFile("rule", file));
      return;
    }
    const findings = check("rule", document);
    append(this.#diagnostics, findings);
    const { kept, pruned } = prune(document.data as Record<string, unknown>, findings);
    const broken = hasInvalid(document.diagnostics) || hasInvalid(findings);
    if (broken) this.#invalid.push(invalidFile("rule", file, document, kept["rule_id"]));
    this.#rules.push({ file, stem, document, authored: kept as unknown as AuthoredRule, pruned, broken });
  }

  #translation(file: string, stem: string, locale: string): void {
    const document = this.#document(file);
    if (document?.data === undefined) {
      this.#translationFiles.push({ file, stem, broken: true });
      return;
    }
    const findings = check("translation", document);
    append(this.#diagnostics, findings);
    const broken = hasInvalid(document.diagnostics) || hasInvalid(findings);
    this.#translationFiles.push({ file, stem, broken });
    const { kept } = prune(document.data as Record<string, unknown>, findings);
    const translations = this.#translations.get(stem) ?? new Map<string, TranslationSource>();
    const first = translations.get(locale);
    if (first === undefined) translations.set(locale, { file, document, authored: kept });
    else this.#twice("translation", locale, { file }, { file: first.file });
    this.#translations.set(stem, translations);
  }

  #declare<T>(
    kind: "exceptions" | "connector",
    file: string,
    into: Map<string, Declared<T>>,
    nameOf: (authored: T) => unknown,
  ): void {
    const document = this.#document(file);
    if (document?.data === undefined) {
      this.#invalid.push(invalidFile(kind, file));
      return;
    }
    const findings = check(kind, document);
    append(this.#diagnostics, findings);
    const { kept } = prune(document.data as Record<string, unknown>, findings);
    const authored = kept as T;
    const name = nameOf(authored);
    const broken = hasInvalid(document.diagnostics) || hasInvalid(findings);
    if (broken) this.#invalid.push(invalidFile(kind, file, document, name));
    if (typeof name !== "string" || name === "") return;
    const pointer = kind === "exceptions" ? "/list_id" : "/name";
    const what = kind === "exceptions" ? "exception list" : "connector";
    const first = into.get(name);
    if (first === undefined) into.set(name, { file, document, authored, broken });
    else {
      this.#twice(what, name, { file, pointer }, { file: first.file, pointer });
      if (!broken) this.#invalid.push(invalidFile(kind, file, document, name));
    }
  }

  #fragment(file: string, stem: string, locale: string): void {
    const text = this.#text(file);
    if (text === undefined) return;
    const variants = this.#fragments.get(stem) ?? new Map<string, Fragment>();
    this.#fragments.set(stem, variants);
    const first = variants.get(locale);
    if (first === undefined) variants.set(locale, { file, text: text.replace(/^\uFEFF/, "") });
    else this.#twice("fragment", stem, { file }, { file: first.file });
  }

  #valueLists(): ReadonlyMap<string, ValueList> {
    const { root } = this.#location;
    const realRoot = this.#host.real(root);
    const read = (file: string): string | undefined => {
      const text = this.#text(file);
      if (text === undefined || isInside(realRoot, this.#host.real(join(root, file)))) return text;
      this.#diagnostics.push(report("project/outside", { path: file }, { file }));
      return undefined;
    };
    const loaded = loadValueLists({ declared: this.#valueFiles, texts: this.#valueTexts, read });
    for (const document of loaded.documents) this.#documents.set(document.file, document);
    append(this.#diagnostics, loaded.diagnostics);
    append(this.#invalid, loaded.invalid);
    return loaded.lists;
  }

  #twice(what: string, name: string, target: Diagnostic["target"], first: Diagnostic["target"]): void {
    const related = [{ message: "first declared here", target: first }];
    this.#diagnostics.push(report("project/duplicate-declaration", { what, name }, target, { related }));
  }

  #ruleSources(): LoadedRule[] {
    const stems = new Set(this.#rules.map((rule) => rule.stem));
    const untranslated = new Map<string, string>();
    for (const { file, stem, broken } of this.#translationFiles) {
      if (broken) untranslated.set(stem, file);
      if (stems.has(stem)) continue;
      const name = stem.slice(stem.lastIndexOf("/") + 1);
      this.#diagnostics.push(report("project/orphan-translation", { stem: name }, { file }));
    }
    const first = new Set<string>();
    return this.#rules.map(({ file, stem, document, authored, pruned, broken }) => {
      const { rule_id } = authored;
      const cause = untranslated.get(stem);
      // Which of several files of one rule_id is the rule cannot be told; a check reports them.
      const unusable = cause !== undefined || first.has(rule_id);
      if (!broken && unusable) this.#invalid.push({ file, cause: cause ?? file, kind: "rule", id: rule_id });
      first.add(rule_id);
      return {
        source: { file, document, authored, translations: this.#translations.get(stem) ?? new Map() },
        pruned,
        broken: broken || unusable,
      };
    });
  }
}

/** Kinds of files that declare something by themselves. */
const DECLARING: ReadonlySet<string> = new Set<DeclaredKind>(["rule", "exceptions", "values", "connector"]);

/** A path's folder, with the slash at its end, and its name with what this says. */
function named(path: string): { folder: string; name: string; kind: FileKind } {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { folder: path.slice(0, path.length - name.length), name, kind: fileKind(name) };
}
