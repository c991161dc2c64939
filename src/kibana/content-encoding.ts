import { promisify } from "node:util";
import * as zlib from "node:zlib";

/** The encodings that answers may have, for the header that asks for them. */
export const ENCODINGS = "gzip, deflate, br";

const unzip = promisify(zlib.unzip);
const DECODERS: Readonly<Record<string, (bytes: Buffer, limit: zlib.ZlibOptions) => Promise<Buffer>>> = {
  gzip: unzip,
  "x-gzip": unzip,
  deflate: unzip,
  br: promisify(zlib.brotliDecompress),
};

/**
 * A body without its content encoding. Rejects where the body is cut: what a stream gives until then would look like a
 * smaller answer.
 *
 * @param most bytes that the body may have when it is decoded
 */
export async function decoded(bytes: Buffer, encoding: string | undefined, most: number): Promise<Buffer> {
  const decode = DECODERS[encoding?.trim().toLowerCase() ?? ""];
  // Some proxies name the encoding of a body that an answer does not have.
  return decode === undefined || bytes.length === 0 ? bytes : decode(bytes, { maxOutputLength: most });
}
