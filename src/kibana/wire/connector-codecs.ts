/** Codecs of connectors; `connector.ts` has their types. */
import * as t from "io-ts";
import { form, freeObject } from "./form.js";
import { nonEmptyText } from "./scalars.js";

const settings = { config: freeObject, secrets: freeObject };

export const connectorCreate = form({ name: nonEmptyText, connector_type_id: nonEmptyText }, settings);

export const connectorUpdate = form({ name: nonEmptyText }, settings);

export const connectorResponse = form(
  {
    id: t.string,
    name: t.string,
    connector_type_id: t.string,
    is_preconfigured: t.boolean,
    is_deprecated: t.boolean,
  },
  {
    config: freeObject,
    is_system_action: t.boolean,
    is_connector_type_deprecated: t.boolean,
    is_missing_secrets: t.boolean,
    referenced_by_count: t.number,
  },
);

const versions = t.record(t.string, t.string);

export const connectorSavedObject = form(
  {
    id: t.string,
    type: t.literal("action"),
    attributes: form(
      {
        actionTypeId: t.string,
        name: t.string,
        isMissingSecrets: t.boolean,
        ...settings,
      },
      {},
    ),
    references: t.array(freeObject),
  },
  {
    updated_at: t.string,
    created_at: t.string,
    version: t.string,
    migrationVersion: versions,
    coreMigrationVersion: t.string,
    typeMigrationVersion: t.string,
    managed: t.boolean,
    originId: t.string,
  },
);
