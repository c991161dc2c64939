import { KibanaError } from "./errors.js";

/**
 * Kibana's address without a trailing slash. Refuses what cannot work or would leak: another scheme than http(s),
 * credentials in the address, a page's address copied from the browser.
 *
 * @throws KibanaError of kind `url`
 */
export function baseUrlOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refuse(
      text.trim() === "" ? "the url is empty" : "the url cannot be read",
      'write it as "https://kibana.example.com:5601"',
    );
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw refuse(`the url begins with "${url.protocol}"`, "it must begin with https:// or http://");
  if (url.username !== "" || url.password !== "")
    throw refuse(
      `the url of "${url.host}" contains credentials`,
      "take them out and set api_key (or username and password) from the environment",
    );
  const page = /\/(?:app|s|login|api)(?:\/|$)/.exec(url.pathname);
  if (page !== null)
    throw refuse(
      `the url of "${url.host}" points at a page ("${url.pathname.slice(page.index)}")`,
      "it must end before that part; spaces are listed beside it",
    );
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** What comes before `/api/` for a space; nothing for the default one. */
export function spacePrefix(space: string | undefined): string {
  return space === undefined || space === "default" ? "" : `/s/${encodedPart(space)}`;
}

/** A text as a part of a path. Half a surrogate pair, which no address can carry, becomes the replacement character. */
export function encodedPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\u{fffd}"));
}

/** What a part of an address means. A percent sign that begins no valid sequence means itself, as browsers read it. */
export function decodedPart(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** A request as errors name it: its method and its path with the space, without the query. */
export function nameOfRequest(request: {
  readonly method: string;
  readonly path: string;
  readonly space?: string;
}): string {
  return `${request.method} ${spacePrefix(request.space)}${request.path}`;
}

/** Whether credentials would cross a network in clear. */
export function isPlainHttp(base: string): boolean {
  const { protocol, hostname } = new URL(base);
  return protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function refuse(problem: string, help: string): KibanaError {
  return new KibanaError({ kind: "url", problem, help, effect: "none" });
}
