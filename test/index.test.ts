import { describe, expect, it } from "vitest";
import {
  createClient,
  createKibana,
  desiredSpaces,
  driftOf,
  FLAVOURS,
  filesOf,
  loadProject,
  plainHttpFindings,
  planEnvironment,
  readFaults,
  readSurroundings,
  renderPlanMarkdown,
  review,
  revisionOf,
  serve,
  spacesOf,
  systemClock,
  validate,
} from "../src/index.js";
import { memoryHost } from "./support/memory-host.js";
import { BASE } from "./support/rule.js";

const project = loadProject(
  memoryHost({
    "/p/kdac.config.yml":
      "name: acme\nenvironments: {test: {url: 'http://localhost:1', api_key: '${K}', spaces: [default]}}\n",
    "/p/rules/a.rule.yml": `${BASE}index: [logs-*]\n`,
  }),
  { cwd: "/p" },
);

describe("the library", () => {
  it("validates, plans and looks for drift with what it exports alone", async () => {
    expect(validate(project, { now: new Date(0) }).ok).toBe(true);
    const kibana = await serve(createKibana(), { port: 0 });
    try {
      const client = createClient({
        url: kibana.url,
        auth: { apiKey: kibana.apiKey },
        clock: systemClock,
        random: () => 0,
        version: "1",
      });
      const spaces = desiredSpaces(project, spacesOf(project, "test"));
      const { plan, diagnostics } = await planEnvironment({
        environment: "test",
        configFile: "kdac.config.yml",
        spaces,
        files: filesOf(project),
        policy: { project: "acme" },
        connect: () => client,
      });
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(renderPlanMarkdown(plan!)).toContain("1 to create");
      const drift = driftOf(plan!, await readSurroundings(client, spaces, "acme"));
      expect(drift.spaces.map(({ space }) => space)).toEqual(["default"]);
    } finally {
      await kibana.close();
    }
  });

  it("warns of an address to which credentials travel unencrypted", () => {
    const at = { file: "kdac.config.yml", pointer: "/environments/test/url" };
    expect(plainHttpFindings("https://kibana.example.com", at)).toEqual([]);
    expect(plainHttpFindings("http://kibana.example.com", at)).toMatchObject([
      { code: "deploy/plain-http", severity: "warning", target: at },
    ]);
  });

  it("reviews two revisions, and reads scripts of faults for an embedded Kibana of some flavour", () => {
    const revision = revisionOf(project, { label: "now", commit: null });
    const request = { project: "acme", base: revision, head: revision, covers: () => true };
    expect(review(request).summary).toMatchObject({ added: 0, removed: 0, changed: 0 });
    expect(readFaults('{"faults": [{"respond": {"kind": "reset"}}]}')).toHaveLength(1);
    expect(FLAVOURS).toContain("serverless");
  });
});
