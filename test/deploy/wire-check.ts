import {
  decodeConnectorCreate,
  decodeConnectorUpdate,
  decodeItemCreate,
  decodeItemUpdate,
  decodeListCreate,
  decodeListUpdate,
  decodeRuleCreate,
  decodeRuleUpdate,
  type Decoded,
} from "../../src/kibana/wire.js";

type Check = (value: unknown) => Decoded<unknown>;

/** Which codec a write must satisfy, strictly: a key that Kibana does not know is an error. */
const CHECKS: readonly [RegExp, Check][] = [
  [/^POST \/api\/detection_engine\/rules$/, decodeRuleCreate],
  [/^PUT \/api\/detection_engine\/rules$/, decodeRuleUpdate],
  [/^POST \/api\/exception_lists$/, decodeListCreate],
  [/^PUT \/api\/exception_lists$/, decodeListUpdate],
  [/^POST \/api\/exception_lists\/items$/, decodeItemCreate],
  [/^PUT \/api\/exception_lists\/items$/, decodeItemUpdate],
  [/^POST \/api\/actions\/connector\/[^/]+$/, decodeConnectorCreate],
  [/^PUT \/api\/actions\/connector\/[^/]+$/, decodeConnectorUpdate],
];
const READS = [/^GET /, /^POST \/api\/detection_engine\/rules\/_export$/];

/** What is wrong with a request by the codecs of the wire; a request that no codec is for is wrong as well. */
export function wrongWith(method: string, path: string, body: unknown): string[] {
  const request = `${method} ${path}`;
  if (READS.some((read) => read.test(request))) return [];
  const check = CHECKS.find(([pattern]) => pattern.test(request))?.[1];
  if (check === undefined) return [`${request}: no codec`];
  const decoded = check(body);
  return decoded.ok ? [] : decoded.errors.map((error) => `${request}: ${error}`);
}
