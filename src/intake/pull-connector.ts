import type { Json } from "../json/index.js";
import { isSame } from "../deploy/form/canonical.js";
import type { LiveConnector } from "../kibana/endpoints/index.js";
import { decompileConnector } from "../rule/decompile/index.js";
import { merge, parseDocument } from "../yaml/index.js";
import type { Around } from "./pull-around.js";
import type { PulledObject } from "./pull-model.js";
import { fileText, ORDERS, STYLES } from "./text.js";

/** Types without secrets. */
const WITHOUT_SECRETS = new Set([".index", ".server-log", ".cases"]);

/**
 * Writes a file for a connector that has none. Its id stays out: it holds in one space, and a deploy finds connectors by name. Whether it
 * has secrets is what only an export says; where there was none it is taken to have those that its type takes.
 */
export function pullNewConnector(around: Around, connector: LiveConnector, file: string): void {
  const { id: _, has_secrets: secrets, ...fields } = connector;
  const is_missing_secrets = secrets ?? !WITHOUT_SECRETS.has(connector.connector_type_id);
  const { authored, notes } = decompileConnector({ ...fields, is_missing_secrets });
  around.notes(notes, file);
  const text = fileText("connector", authored, around.options.schemaLine(file, "connector"));
  const written = parseDocument(text, file);
  around.settle({ ...objectOf(connector, file), action: "create" }, written);
}

/** Takes the settings that a connector's file has as the space has them. Its others, and its secrets, stay out of it. */
export function pullIntoConnectorFile(around: Around, connector: LiveConnector): void {
  const { document, file, authored } = around.options.project.connectors.get(connector.name)!;
  const object = objectOf(connector, file);
  const live = (connector["config"] ?? {}) as Json;
  const own = (authored.config ?? {}) as Json;
  const changed = Object.keys(own).filter((key) => !isSame(own[key], live[key]));
  if (changed.length === 0) return around.settle(object);
  const config = Object.fromEntries(
    Object.entries(own).flatMap(([key, value]) => {
      if (!changed.includes(key)) return [[key, value]];
      return live[key] === undefined ? [] : [[key, live[key]]];
    }),
  );
  const text = merge(
    document,
    { ...(document.data as Json), config },
    { order: ORDERS.connector, emitOptions: STYLES.connector },
  );
  const written = parseDocument(text, file);
  around.settle({ ...object, action: "update", fields: changed.map((key) => `config.${key}`) }, written);
}

function objectOf({ name }: LiveConnector, file: string): PulledObject {
  return { kind: "connector", id: name, name, file, action: "unchanged", fields: [] };
}
