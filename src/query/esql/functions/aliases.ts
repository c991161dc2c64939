/** Further names of functions. Elasticsearch's definitions, which the table is made from, give the main name only. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ["to_bool", "to_boolean"],
  ["to_dt", "to_datetime"],
  ["to_datenanos", "to_date_nanos"],
  ["to_dbl", "to_double"],
  ["to_int", "to_integer"],
  ["to_str", "to_string"],
  ["to_ul", "to_unsigned_long"],
  ["to_ulong", "to_unsigned_long"],
  ["to_ver", "to_version"],
  ["to_aggregatemetricdouble", "to_aggregate_metric_double"],
]);
