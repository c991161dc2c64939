/** What two clients that others wrote send to Kibana, to the letter: each request must get the status that Kibana gives. */
import { expect, it } from "vitest";
import { type Flavour, FLAVOURS } from "../../src/emulator/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { type Session, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status: number;
}

/** Object ids in the requests, and the space where rules of such ids are to be. */
const IDS: Readonly<Record<string, string>> = {
  "887626fb-d6a1-447a-a36b-eac9844ee821": "",
  "8d5e5918-ceb1-4916-8fc0-4b7050f9848d": "/s/soc",
  "82679cdf-9645-4810-852f-33fac0650ce5": "/s/soc",
};

/** A Kibana with the rules that the request speaks of, and the request with their ids. */
async function prepared(line: string, flavour: Flavour): Promise<{ kibana: Session; sent: Sent }> {
  const kibana = startKibana({ flavour, apiKey: btoa("abc:def"), spaces: ["soc"] });
  let text = line;
  for (const [id, space] of Object.entries(IDS)) {
    const { body } = await kibana.post(`${space}${RULES}`, queryRule({ rule_id: `for ${id}`, tags: ["x"] }));
    text = text.replaceAll(id, String(body["id"]));
  }
  return { kibana, sent: JSON.parse(text) as Sent };
}

/** Hop-by-hop headers are the connection's, and a `Request` refuses them. */
const NOT_SENT = new Set(["connection", "accept-encoding", "sec-fetch-mode"]);

describeConformance("requests of independent clients", "client-requests", (folder) => {
  for (const { name, text } of conformanceFiles(folder, ".jsonl")) {
    const lines = text.split("\n").filter((line) => line !== "");
    for (const [i, line] of lines.entries()) {
      const { method, url, status } = JSON.parse(line) as Sent;
      const title = `${name}:${i + 1} ${method} ${decodeURIComponent(url)}`;
      if (!/^\/(?:s\/[^/]+\/)?api\//.test(url)) {
        it.skip(`${title} (goes to Elasticsearch)`, () => undefined);
        continue;
      }
      it.each(FLAVOURS)(`${title} on %s`, async (flavour) => {
        const { kibana, sent } = await prepared(line, flavour);
        const headers = Object.fromEntries(
          Object.entries(sent.headers).filter(([key]) => !NOT_SENT.has(key)),
        );
        // A serverless project knows no passwords: there the same request comes with the key.
        if (flavour === "serverless") headers["authorization"] = `ApiKey ${kibana.kibana.apiKey}`;
        const body =
          sent.body === undefined || typeof sent.body === "string" ? sent.body : JSON.stringify(sent.body);
        const answer = await kibana.send(sent.method, sent.url, headers, body);
        // Removed in Kibana 9.0.
        const isGone = url.includes("/_bulk_create") && flavour !== "8.18";
        expect(answer.status, answer.text).toBe(isGone ? 404 : status);
        const { attributes, errors } = (answer.body ?? {}) as Record<string, unknown>;
        if (attributes !== undefined) expect(attributes).toMatchObject({ summary: { failed: 0 } });
        if (errors !== undefined) expect(errors).toEqual([]);
      });
    }
  }
});
