import { commonType } from "../../check/types.js";
import {
  type Attribute,
  constantColumn,
  indexOf,
  type Page,
  type Table,
  withColumns,
} from "../table/index.js";

/** The rows of several tables one after the other; a column that one does not have is null in its rows. */
export function concatenated(tables: readonly Table[]): Table {
  const attributes: Attribute[] = [];
  for (const attribute of tables.flatMap((table) => table.attributes)) {
    const at = indexOf(attributes, attribute.name);
    if (at < 0) attributes.push(attribute);
    else
      attributes[at] = {
        ...attributes[at]!,
        type: commonType(attributes[at]!.type, attribute.type) ?? "unsupported",
      };
  }
  return { attributes, pages: pagesOf(tables, attributes) };
}

function* pagesOf(tables: readonly Table[], attributes: readonly Attribute[]): Generator<Page> {
  for (const table of tables) {
    const places = attributes.map(({ name }) => indexOf(table.attributes, name));
    for (const page of table.pages)
      yield withColumns(
        page,
        places.map((at) => (at < 0 ? constantColumn(null, page.size) : page.columns[at]!)),
      );
  }
}
