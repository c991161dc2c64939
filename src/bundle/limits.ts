/** What one request to Kibana's `_import` may hold. */
export interface ImportLimits {
  /** Of the bundle's text in UTF-8. */
  readonly bytes: number;
  readonly rules: number;
}

/** `maxRuleImportPayloadBytes`, which Kibana compares with the whole request. */
const PAYLOAD = 10_485_760;
/** The multipart form around the file: boundaries and headers are about 300 bytes. */
const FORM = 1_024;

/** Kibana's own limits. It refuses 10,000 rules, so one less is the most. */
export const IMPORT_LIMITS: ImportLimits = { bytes: PAYLOAD - FORM, rules: 9_999 };
