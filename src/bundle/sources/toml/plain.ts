import { isJson } from "../../../json/index.js";
import { TomlDate } from "smol-toml";

/** A value of TOML as JSON has it: dates become texts. The value must not be deep. */
export function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
