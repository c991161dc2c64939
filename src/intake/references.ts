import type { Json } from "../json/index.js";
import { compileContext } from "../project/index.js";
import { offlineId } from "../project/compile.js";
import type { CompileContext, KnownList } from "../rule/index.js";
import type { DecompileContext } from "../rule/decompile/index.js";
import type { Census, FoundConnector, FoundList } from "./census.js";
import type { Destination } from "./destination.js";
import { isBelow } from "./existing.js";
import { type Findings, placeText } from "./findings.js";

/** What rules can refer to once the import has been written, and by which names. */
export interface References {
  readonly decompile: DecompileContext;
  readonly compile: CompileContext;
  /** Connectors that get a file. */
  readonly connectors: readonly FoundConnector[];
}

/**
 * Works out what lists and connectors there will be: those of the project, and those of the sources where these create or may change
 * a file. Of connectors with one name the first is written; the others stay nameless, and a finding says so.
 */
export function resolveReferences(
  census: Census,
  destination: Destination,
  force: boolean,
  findings: Findings,
): References {
  const { project, out } = destination;
  const own = compileContext(project);
  const changes = (file: string | undefined): boolean => file === undefined || (force && isBelow(out, file));

  const lists = new Map<string, KnownList>(own.exceptionLists);
  for (const [list_id, { list }] of census.lists)
    if (changes(project.exceptionLists.get(list_id)?.file)) lists.set(list_id, known(list));

  const connectors = new Map(own.connectors);
  const names = new Map<string, { name: string; type: string }>();
  for (const [name, { authored }] of project.connectors)
    if (authored.id !== undefined) names.set(authored.id, { name, type: authored.connector_type_id });
  const written: FoundConnector[] = [];
  const places = new Map<string, FoundConnector>();
  for (const found of census.connectors.values()) {
    const { name, type, id, origin } = found;
    const first = places.get(name);
    if (first !== undefined) {
      findings.about(origin, "import/connector-name-taken", { name, where: placeText(first.origin) });
      continue;
    }
    places.set(name, found);
    written.push(found);
    const existing = existingConnector(found, destination);
    const stands = existing !== undefined && !changes(existing.file) ? existing.authored : undefined;
    const called = stands?.name ?? name;
    const typed = stands?.connector_type_id ?? type;
    if (id !== undefined) names.set(id, { name: called, type: typed });
    if (stands === undefined)
      connectors.set(name, {
        id: existing?.authored.id ?? id ?? offlineId(`${project.settings.name}/${name}`),
        connector_type_id: type,
      });
  }

  return {
    compile: { ...own, exceptionLists: lists, connectors },
    decompile: {
      attack: own.attack,
      locale: own.sourceLocale,
      defaults: own.defaults,
      fieldsFor: (index) => own.fieldsFor(index),
      listReference: (entry) => listReference(entry, lists),
      connectorName(id, type) {
        const connector = names.get(id);
        return connector?.type === type ? connector.name : undefined;
      },
    },
    connectors: written,
  };
}

/** The file that the project has for a connector: by its id, which stays when it is renamed, else by its name. */
export function existingConnector({ id, name }: FoundConnector, { project }: Destination) {
  const byId = [...project.connectors.values()].find(
    ({ authored }) => id !== undefined && authored.id === id,
  );
  return byId ?? project.connectors.get(name);
}

/** How a rule refers to a list of the project; undefined for one that is another, or that the project does not have. */
export function listReference(entry: Json, lists: ReadonlyMap<string, KnownList>): string | undefined {
  const { list_id, type, namespace_type } = entry;
  const list = typeof list_id === "string" ? lists.get(list_id) : undefined;
  return list !== undefined && list.type === type && list.namespace_type === namespace_type
    ? (list_id as string)
    : undefined;
}

function known({ type, namespace_type }: FoundList["list"]): KnownList {
  return {
    type: typeof type === "string" ? type : "detection",
    namespace_type: namespace_type === "agnostic" ? "agnostic" : "single",
  };
}
