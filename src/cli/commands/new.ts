import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { schemaFolder, schemaLine } from "../../format/index.js";
import { stems } from "../../intake/file-name.js";
import { RULE_TYPES, type RuleType } from "../../kibana/rule.js";
import { nodeHost, type Project } from "../../project/index.js";
import { isInside } from "../../project/root.js";
import { visible, jsonText } from "../../report/index.js";
import {
  CONNECTOR_STARTS,
  connectorText,
  exceptionsText,
  RULE_STARTS,
  ruleText,
  VALUE_LIST_STARTS,
  valuesText,
} from "../../scaffold/index.js";
import { chosen, named } from "../asking.js";
import { Exit, type Io, UsageError } from "../io.js";
import { openProject, type ProjectOptions } from "../project.js";
import { writeFiles } from "../write-files.js";

export interface NewOptions extends ProjectOptions {
  readonly type?: string;
  readonly name?: string;
  readonly out?: string;
  readonly format: "pretty" | "json";
}

export type NewKind = "connector" | "exceptions" | "rule" | "values";

/** Where each kind of file goes, below the project's first folder. */
const FOLDERS: Readonly<Record<NewKind, string>> = {
  rule: "",
  exceptions: "_shared/exceptions",
  connector: "_shared/connectors",
  values: "_shared/values",
};

/** A file that begins a rule, an exception list, a connector or a value list, as far as its path leaves open. */
interface Start {
  /** What others refer to it by. */
  readonly id: string;
  readonly stem: string;
  text(schemaLine: string | undefined): string;
}

/** `kdac new`: a file to begin a rule, an exception list, a connector or a value list with. Nothing that is there is overwritten. */
export async function create(
  io: Io,
  kind: NewKind,
  options: NewOptions,
  uuid: () => string = randomUUID,
): Promise<Exit> {
  const project = openProject(io, [], options);
  const host = nodeHost(io.env);
  const start = await startOf(io, kind, options, project, uuid);
  const path = pathOf(io, kind, start.stem, options.out, project);
  const file = relative(project.location.root, path).split(sep).join("/");
  if (existsSync(path)) throw new UsageError(`${file} is there already; name another file with --out`);
  const schemas = schemaFolder(host, project.location.root);
  const line = schemas === undefined ? undefined : schemaLine(file, schemas, kind);
  writeFiles([{ path, text: start.text(line) }]);
  if (!project.settings.folders.some((folder) => isInside(join(project.location.root, folder), path)))
    io.err(
      `kdac: ${visible(file)} is in none of the project's folders (${visible(project.settings.folders.join(", "))})\n`,
    );
  io.out(
    options.format === "json"
      ? jsonText({ version: 1, summary: { created: 1 }, kind, id: start.id, file })
      : `Created ${visible(relative(io.cwd, path))}\n`,
  );
  return Exit.Clean;
}

async function startOf(
  io: Io,
  kind: NewKind,
  { type, name }: NewOptions,
  project: Project,
  uuid: () => string,
): Promise<Start> {
  switch (kind) {
    case "rule": {
      const types = Object.fromEntries(RULE_TYPES.map((one) => [one, RULE_STARTS[one].summary]));
      const of = (await chosen(
        io,
        { what: "type of rule", option: "--type", choices: types },
        type,
      )) as RuleType;
      const called = await named(io, "What is the rule called? ", name);
      const ruleId = uuid();
      return {
        id: ruleId,
        stem: stemOf(called, ruleId, kind),
        text: (line) => ruleText({ type: of, name: called, ruleId, schemaLine: line }),
      };
    }
    case "exceptions": {
      const called = await named(io, "What is the exception list called? ", name);
      const listId = stemOf(called, "", kind);
      refuse("an exception list", listId, project.exceptionLists.get(listId)?.file);
      return {
        id: listId,
        stem: listId,
        text: (line) => exceptionsText({ listId, name: called, schemaLine: line }),
      };
    }
    case "connector": {
      const types = Object.fromEntries(Object.keys(CONNECTOR_STARTS).map((one) => [one, ""]));
      const wanted = { what: "type of connector", option: "--type", choices: types, open: true };
      const of = await chosen(io, wanted, type);
      const called = await named(io, "What is the connector called? ", name);
      refuse("a connector", called, project.connectors.get(called)?.file);
      return {
        id: called,
        stem: stemOf(called, "", kind),
        text: (line) => connectorText({ name: called, type: of, schemaLine: line }),
      };
    }
    case "values": {
      const of = await chosen(
        io,
        { what: "type of value", option: "--type", choices: VALUE_LIST_STARTS },
        type,
      );
      const called = await named(io, "What is the value list called? ", name);
      const id = stemOf(called, "", kind);
      refuse("a value list", id, project.valueLists.get(id)?.file);
      return {
        id,
        stem: id,
        text: (line) => valuesText({ id, name: called, type: of, schemaLine: line }),
      };
    }
  }
}

/** The file's name as an import would choose it. */
const stemOf = (name: string, id: string, kind: NewKind): string =>
  stems(name, id, kind).next().value as string;

/** Two of one name would be an error, since rules refer to them by it. */
function refuse(what: string, name: string, file: string | undefined): void {
  if (file !== undefined) throw new UsageError(`there is ${what} "${name}" already, in ${file}`);
}

/** Where the file goes: a file that is named, a folder that is named, or the usual folder. */
function pathOf(io: Io, kind: NewKind, stem: string, out: string | undefined, project: Project): string {
  const { root } = project.location;
  if (out === undefined)
    return join(root, project.settings.folders[0] ?? "rules", FOLDERS[kind], `${stem}.${kind}.yml`);
  const path = resolve(io.cwd, out);
  if (!isInside(root, path)) throw new UsageError(`${out} lies outside the project in ${root}`);
  if (!/\.ya?ml$/.test(path)) return join(path, `${stem}.${kind}.yml`);
  if (!new RegExp(`.\\.${kind}\\.ya?ml$`).test(basename(path)))
    throw new UsageError(`${out} says nothing of what it holds; name it *.${kind}.yml`);
  return path;
}
