/** Texts as other texts: digests, Base64 and addresses of the web. */
import { createHash } from "node:crypto";
import { Failure } from "../values/index.js";
import { type Functions, scalar } from "./define.js";

export const ENCODE: Functions = {
  from_base64: scalar(fromBase64),
  hash: scalar((algorithm: string, text: string) => digest(algorithm, text)),
  md5: scalar((text: string) => digest("md5", text)),
  sha1: scalar((text: string) => digest("sha1", text)),
  sha256: scalar((text: string) => digest("sha256", text)),
  to_base64: scalar((text: string) => Buffer.from(text).toString("base64")),
  url_decode: ofEach(urlDecode),
  url_encode: ofEach(urlEncode),
  url_encode_component: ofEach((text) => urlEncode(text).replaceAll("+", "%20")),
};

/** Of several values, each is changed; those that fail are left out. */
function ofEach(change: (text: string) => string): Functions[string] {
  return ({ args, warn }) => {
    const [text] = args;
    const attempt = (value: string): string | null => {
      try {
        return change(value);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        warn(error);
        return null;
      }
    };
    return (page) =>
      text!.run(page).map((cell) => {
        if (cell === null) return null;
        if (typeof cell === "string") return attempt(cell);
        const changed = (cell as readonly string[]).map(attempt).filter((each) => each !== null);
        return changed.length > 1 ? changed : (changed[0] ?? null);
      });
  };
}

/** Java's names of digests. */
const DIGESTS: ReadonlyMap<string, string> = new Map(
  ["md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512", "sha-512/224", "sha-512/256"]
    .flatMap((name): [string, string][] => [
      [name, name.replace("-", "").replace("/", "-")],
      [name.replace("sha-", "sha"), name.replace("-", "").replace("/", "-")],
    ])
    .concat([["sha", "sha1"]]),
);

function digest(algorithm: string, text: string): string {
  const name = DIGESTS.get(algorithm.toLowerCase());
  if (name === undefined)
    throw new Failure(`${algorithm} MessageDigest not available`, "java.security.NoSuchAlgorithmException");
  return createHash(name).update(text).digest("hex");
}

function fromBase64(text: string): string {
  const wrong = /[^A-Za-z0-9+/=]/.exec(text);
  if (wrong !== null) throw new Failure(`Illegal base64 character ${wrong[0].charCodeAt(0).toString(16)}`);
  const body = text.replace(/={1,2}$/, "");
  if (body.includes("=") || body.length % 4 === 1 || (body.length !== text.length && text.length % 4 !== 0))
    throw new Failure("Input byte array has wrong 4-byte ending unit");
  return Buffer.from(text, "base64").toString("utf8");
}

/** As forms are written: letters, digits and `-_.*` stay, a blank is a plus. */
function urlEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function urlDecode(text: string): string {
  const parts = text.replaceAll("+", " ").split(/((?:%[0-9a-fA-F]{2})+)/);
  return parts
    .map((part, at) => {
      if (at % 2 === 1) return Buffer.from(part.replaceAll("%", ""), "hex").toString("utf8");
      const escape = part.indexOf("%");
      if (escape < 0) return part;
      if (part.length - escape < 3 && at === parts.length - 1)
        throw new Failure("URLDecoder: Incomplete trailing escape (%) pattern");
      throw new Failure(`URLDecoder: Illegal hex characters in escape (%) pattern - Error at index ${escape} in: "${part.slice(escape + 1, escape + 3)}"`); // prettier-ignore
    })
    .join("");
}
