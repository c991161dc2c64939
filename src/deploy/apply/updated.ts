import { isKibanaError } from "../../kibana/errors.js";

/**
 * An update whose 409 may be the answer to its own second send: the first one arrived, its answer was lost, and the
 * version token is spent. What is there now then bears the mark that was sent.
 */
export async function updated<T>(
  sent: Promise<T>,
  read: () => Promise<T | undefined>,
  isOurs: (found: T) => boolean,
): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    const found = isKibanaError(error, "conflict") ? await read() : undefined;
    if (found !== undefined && isOurs(found)) return found;
    throw error;
  }
}
