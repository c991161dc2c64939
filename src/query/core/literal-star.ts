import { ecsFields } from "../../fields/index.js";

/** Windows names the shares of the machine itself so: `\\*\IPC$`. */
const LOCAL_SHARE = /^\\{1,2}\*\\/;

/** Fields of ECS that hold what was typed, in which a star by itself is an argument. */
const TYPED: ReadonlySet<string> = new Set(["process.args", "process.parent.args"]);

/**
 * Whether a star in a text that is compared as it is written is meant, and no wildcard in the wrong place: in the name of
 * a share, and where it is the whole text: roles have `*` for every verb and resource. Of a field of ECS the star alone was
 * most likely to ask for any value, unless it is one value among others.
 */
export function isStarMeant(text: string, field: string | undefined, isOneOfSeveral: boolean): boolean {
  if (LOCAL_SHARE.test(text)) return true;
  if (text !== "*" || field === undefined) return false;
  return isOneOfSeveral || TYPED.has(field) || ecsFields().find(field) === undefined;
}
