/** Texts as other texts: digests, Base64 and addresses of the web. */
import { Failure } from "../values/index.js";
import { type Functions, scalar } from "./define.js";
import { digest } from "./digest.js";

export const ENCODE: Functions = {
  from_base64: scalar(fromBase64),
  hash: scalar((algorithm: string, text: string) => digestOf(algorithm, text)),
  md5: scalar((text: string) => digestOf("md5", text)),
  sha1: scalar((text: string) => digestOf("sha1", text)),
  sha256: scalar((text: string) => digestOf("sha256", text)),
  to_base64: scalar((text: string) => btoa(binary(new TextEncoder().encode(text)))),
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

function digestOf(algorithm: string, text: string): string {
  const hex = digest(algorithm, text);
  if (hex === undefined)
    throw new Failure(`${algorithm} MessageDigest not available`, "java.security.NoSuchAlgorithmException");
  return hex;
}

/** A text of one sign a byte, as `btoa` takes it and `atob` gives it, and the bytes. */
const binary = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function fromBase64(text: string): string {
  const wrong = /[^A-Za-z0-9+/=]/.exec(text);
  if (wrong !== null) throw new Failure(`Illegal base64 character ${wrong[0].charCodeAt(0).toString(16)}`);
  const body = text.replace(/={1,2}$/, "");
  if (body.includes("=") || body.length % 4 === 1 || (body.length !== text.length && text.length % 4 !== 0))
    throw new Failure("Input byte array has wrong 4-byte ending unit");
  return utf8.decode(bytesOf(atob(text)));
}

/** As forms are written: letters, digits and `-_.*` stay, a blank is a plus. */
function urlEncode(text: string): string {
  return encodeURIComponent(utf8.decode(new TextEncoder().encode(text)))
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function urlDecode(text: string): string {
  const parts = text.replaceAll("+", " ").split(/((?:%[0-9a-fA-F]{2})+)/);
  return parts
    .map((part, at) => {
      if (at % 2 === 1)
        return utf8.decode(Uint8Array.from(part.slice(1).split("%"), (byte) => Number.parseInt(byte, 16)));
      const escape = part.indexOf("%");
      if (escape < 0) return part;
      if (part.length - escape < 3 && at === parts.length - 1)
        throw new Failure("URLDecoder: Incomplete trailing escape (%) pattern");
      throw new Failure(`URLDecoder: Illegal hex characters in escape (%) pattern - Error at index ${escape} in: "${part.slice(escape + 1, escape + 3)}"`); // prettier-ignore
    })
    .join("");
}
