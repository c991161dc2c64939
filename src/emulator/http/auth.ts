import type { Kernel } from "../kernel.js";
import type { User } from "../options.js";

export type AuthScheme = "basic" | "apikey";

export interface Identity {
  readonly user: User;
  readonly scheme: AuthScheme;
}

export type Authentication = { readonly identity: Identity } | { readonly refusal: string };

const REFUSED = "[security_exception\n\tRoot causes:\n\t\tsecurity_exception: {reason}]: {reason}" as const;

const refused = (reason: string): Authentication => ({ refusal: REFUSED.replaceAll("{reason}", reason) });

/** Who sends a request with this `Authorization` header. */
export function authenticate(kernel: Kernel, header: string | null): Authentication {
  const [scheme = "", credentials = ""] = (header ?? "").split(" ", 2);
  switch (scheme.toLowerCase()) {
    case "apikey":
      return credentials === kernel.apiKey
        ? { identity: { user: kernel.users[0]!, scheme: "apikey" } }
        : refused(
            "unable to authenticate with provided credentials and anonymous access is not allowed for this request",
          );
    case "basic":
      return basic(kernel, credentials);
    default:
      return { refusal: "Unauthorized" };
  }
}

function basic(kernel: Kernel, credentials: string): Authentication {
  const text = Buffer.from(credentials, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const [name, password] = [text.slice(0, colon), text.slice(colon + 1)];
  const user = kernel.users.find((each) => each.username === name && each.password === password);
  return user === undefined
    ? refused(`unable to authenticate user [${name}] for REST request [/_security/_authenticate]`)
    : { identity: { user, scheme: "basic" } };
}
