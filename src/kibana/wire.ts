/**
 * Checks of every value that crosses the wire to or from Kibana, built on the io-ts codecs of the alerting types. What we send
 * is checked strictly (an unknown key is an error), what we receive leniently (it is kept).
 */
export type { Decoded, UnknownKeys } from "./wire/decode.js";
export * from "./wire/connectors.js";
export * from "./wire/exceptions.js";
export * from "./wire/rules.js";
export * from "./wire/value-lists.js";
export {
  createCodecs,
  exportedCodecs,
  patchCodecs,
  responseCodecs,
  updateCodecs,
} from "./wire/rule-codecs.js";
