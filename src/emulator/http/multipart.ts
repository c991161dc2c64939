import { SiemError } from "./errors.js";

export interface Upload {
  readonly name: string;
  readonly text: string;
}

/** What Kibana says of a request that has no such file: the handler stumbles over the missing stream. */
const NO_FILE = "Cannot read properties of undefined (reading 'hapi')";

/** The `file` field of a multipart body. Throws a `SiemError` of status 500 where there is none, as Kibana does. */
export async function uploaded(body: ArrayBuffer, contentType: string | undefined): Promise<Upload> {
  let file: string | File | null = null;
  if (contentType?.toLowerCase().startsWith("multipart/form-data") === true) {
    try {
      file = (await new Response(body, { headers: { "content-type": contentType } }).formData()).get("file");
    } catch {
      throw new SiemError(500, "Invalid multipart payload format");
    }
  }
  if (file === null || typeof file === "string") throw new SiemError(500, NO_FILE);
  return { name: file.name, text: await file.text() };
}

/** The lines of an NDJSON text; blank ones are no lines. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
