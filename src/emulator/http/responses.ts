/** Answers, with the headers that Kibana gives them. */

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** A file to save, one JSON document a line. */
export function ndjson(lines: readonly unknown[], filename: string): Response {
  return attachment(lines.map((line) => `${JSON.stringify(line)}\n`).join(""), filename);
}

export function attachment(text: string, filename: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "application/ndjson",
      "content-disposition": `attachment; filename="${filename}"`,
    },
  });
}
