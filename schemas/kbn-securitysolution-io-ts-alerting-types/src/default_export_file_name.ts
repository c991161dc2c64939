import * as t from "io-ts";
import { defaultValue } from "./internal/default_value.js";

/** `export.ndjson` when absent. */
export const DefaultExportFileName = defaultValue(t.string, () => "export.ndjson", "DefaultExportFileName");
