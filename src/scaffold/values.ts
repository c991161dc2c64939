import type { ValueListType } from "../kibana/value-lists.js";
import { emit } from "../yaml/emit/index.js";

/** The types of a value list with a few words about each; first those that Kibana's own pages offer. */
export const VALUE_LIST_STARTS: Readonly<Record<ValueListType, string>> = {
  keyword: "exact text",
  ip: "IP addresses",
  ip_range: "ranges of IP addresses, such as 10.0.0.0/8",
  text: "analysed text",
  binary: "Base64",
  boolean: "true and false",
  byte: "8-bit whole numbers",
  date: "dates",
  date_nanos: "dates to the nanosecond",
  date_range: "ranges of dates",
  double: "64-bit decimals",
  double_range: "ranges of 64-bit decimals",
  float: "32-bit decimals",
  float_range: "ranges of 32-bit decimals",
  geo_point: "points on the globe",
  geo_shape: "shapes on the globe",
  half_float: "16-bit decimals",
  integer: "32-bit whole numbers",
  integer_range: "ranges of 32-bit whole numbers",
  long: "64-bit whole numbers",
  long_range: "ranges of 64-bit whole numbers",
  shape: "shapes in a plane",
  short: "16-bit whole numbers",
};

/** The file of a new value list, without values: one that stands there as an example would be deployed. */
export function valuesText(list: {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly schemaLine: string | undefined;
}): string {
  const { id, name, type } = list;
  return `${list.schemaLine === undefined ? "" : `${list.schemaLine}\n`}\
# An exception item asks the list, in an entry of its own:
#   - { field: <field>, type: list, operator: included, list: { id: ${id}, type: ${type} } }
${emit({ id, name })}\
description: >-
  What stands in the list, and where it comes from.
type: ${type}
# One value a line, each with a comment where it helps. A long list stands in a text file beside this one instead:
# file: ${id}.values.txt
values: []
`;
}
