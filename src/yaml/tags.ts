import { CORE_SCHEMA, defineMappingTag, mapTag, type Schema } from "js-yaml";

/** The key that YAML 1.1 gave a meaning (merge), and YAML 1.2 does not. */
export const MERGE_KEY = "<<";

/**
 * The schema of the first, quick construction: YAML 1.2 core (dates and `yes` stay strings), and any key that is not a
 * plain string stops it, so that only files with such keys pay for looking closer.
 */
export const strictSchema: Schema = CORE_SCHEMA.withTags(
  defineMappingTag<Record<string, unknown>>(mapTag.tagName, {
    ...withoutFinalize(),
    addPair: (carrier, key, value) =>
      typeof key === "string" && key !== MERGE_KEY ? mapTag.addPair(carrier, key, value) : "unusual key",
  }),
);

/** The schema of the second construction, after every unusual key was reported: keys become text, merge keys are dropped. */
export const lenientSchema: Schema = CORE_SCHEMA.withTags(
  defineMappingTag<Record<string, unknown>>(mapTag.tagName, {
    ...withoutFinalize(),
    addPair: (carrier, key, value) => (key === MERGE_KEY ? "" : mapTag.addPair(carrier, key, value)),
  }),
);

/** The default mapping tag's parts. Its `finalize` is left out: js-yaml takes its absence as "the carrier is the result". */
function withoutFinalize() {
  const { create, addPair, has, keys, get, identify, represent } = mapTag;
  return { create, addPair, has, keys, get, identify, represent };
}
