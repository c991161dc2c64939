export { type Document, Documents } from "./documents.js";
export { type Index, Indices, type IndicesInput } from "./indices.js";
export { mergedFields } from "./merged-fields.js";
export {
  Column,
  ComputedColumn,
  constantColumn,
  firstRows,
  joinPages,
  type Page,
  PAGE_SIZE,
  selectRows,
  withColumns,
} from "./page.js";
export { appended, type Attribute, indexOf, type Table } from "./schema.js";
