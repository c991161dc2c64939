import type { Kernel } from "../kernel.js";
import type { ApiKey, Privilege, Rights } from "../options.js";

export type AuthScheme = "basic" | "apikey";

/** Who a request comes from, with what it may do. */
export interface Caller extends Rights {
  readonly username: string;
  /** The key that was used. */
  readonly key?: ApiKey;
}

export interface Identity {
  readonly user: Caller;
  readonly scheme: AuthScheme;
}

export type Authentication = { readonly identity: Identity } | { readonly refusal: string };

const REFUSED = "[security_exception\n\tRoot causes:\n\t\tsecurity_exception: {reason}]: {reason}" as const;

const refused = (reason: string): Authentication => ({ refusal: REFUSED.replaceAll("{reason}", reason) });

/** What is said to an unknown, an expired and an invalidated key alike. */
const NO_SUCH_KEY =
  "unable to authenticate with provided credentials and anonymous access is not allowed for this request";

export const KEY_REFUSED = REFUSED.replaceAll("{reason}", NO_SUCH_KEY);

/** Who sends a request with this `Authorization` header. */
export function authenticate(kernel: Kernel, header: string | null): Authentication {
  const [scheme = "", credentials = ""] = (header ?? "").split(" ", 2);
  switch (scheme.toLowerCase()) {
    case "apikey":
      return byKey(kernel, credentials);
    case "basic":
      return basic(kernel, credentials);
    default:
      return { refusal: "Unauthorized" };
  }
}

function byKey(kernel: Kernel, credentials: string): Authentication {
  const key = kernel.apiKeys.find((each) => each.encoded === credentials);
  if (key === undefined || isOver(kernel, key)) return refused(NO_SUCH_KEY);
  const username = key.username ?? kernel.users[0]!.username;
  // A key may do no more than the user who owns it.
  const owner = kernel.users.find((user) => user.username === username);
  const lacks = [...(key.lacks ?? []), ...(owner?.lacks ?? [])];
  const spaces = key.spaces ?? owner?.spaces;
  return {
    identity: {
      user: { username, key, lacks, ...(spaces === undefined ? {} : { spaces }) },
      scheme: "apikey",
    },
  };
}

/** The clock is looked at only where it matters: it may be one that goes on at each look. */
function isOver(kernel: Kernel, { expires }: ApiKey): boolean {
  return expires !== undefined && Date.parse(expires) <= Date.parse(kernel.now());
}

function basic(kernel: Kernel, credentials: string): Authentication {
  const text = Buffer.from(credentials, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const [name, password] = [text.slice(0, colon), text.slice(colon + 1)];
  const user = kernel.isServerless
    ? undefined
    : kernel.users.find((each) => each.username === name && each.password === password);
  return user === undefined
    ? refused(`unable to authenticate user [${name}] for REST request [/_security/_authenticate]`)
    : { identity: { user, scheme: "basic" } };
}

/** What whoever may not write may not do either. */
const WRITES: ReadonlySet<Privilege> = new Set(["exceptions", "lists", "connectors", "spaces", "enable"]);

export function may({ lacks = [] }: Rights, privilege: Privilege): boolean {
  return !lacks.includes(privilege) && !(WRITES.has(privilege) && lacks.includes("write"));
}

/** Whether a caller may do anything in a space. */
export function mayEnter({ spaces }: Rights, space: string): boolean {
  return spaces === undefined || spaces.includes(space);
}
