/**
 * A day in the life of a project, told through the command line: what people write, what analysts do in Kibana
 * meanwhile, and what kdac says to it. The steps build on each other.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ran } from "../../support/cli.js";
import { DeployWorld, type Json } from "../../support/deploy-world.js";
import { ui } from "../../support/ui.js";

const CONFIG = `\
name: acme-detections
stack: "9.5"
environments:
  production:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]
  emea:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces:
      - id: soc-emea
        rules: ["!rules/failed-logons.rule.yml"]
        set: { enabled: false, tags: [emea] }
`;

const POWERSHELL = `\
rule_id: 1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b01
name: Script host starts PowerShell
description: Finds PowerShell started by a Windows script host.
type: eql
severity: medium
risk_score: 47
enabled: true
index: [logs-endpoint.events.process-*]
query: |
  process where process.parent.name : ("wscript.exe", "cscript.exe") and process.name : "powershell.exe"
exceptions: [trusted-hosts]
actions:
  - connector: soc-slack
    params:
      message: "{{context.rule.name}} fired"
`;

const LOGONS = `\
rule_id: 1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02
name: Many failed logons
description: Counts failed logons of a user.
type: query
severity: low
risk_score: 21
index: [logs-system.auth-*]
query: 'event.category : authentication and event.outcome : failure'
`;

const SCANNER = `\
rule_id: 1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03
name: Internal scan
description: Finds hosts that talk to many others.
type: query
severity: low
risk_score: 21
index: [logs-network_traffic.flow-*]
query: 'network.direction : internal'
exceptions: [trusted-hosts]
`;

const TRUSTED = `\
list_id: trusted-hosts
name: Trusted hosts
description: Hosts that may.
items:
  - item_id: trusted-hosts-jump01
    name: Jump host
    description: Administration starts here.
    entries:
      - field: host.name
        type: match
        operator: included
        value: jump01
    comments: [Agreed with the platform team.]
  - item_id: trusted-hosts-scanners
    name: Vulnerability scanners
    description: They scan by order.
    entries:
      - field: source.ip
        type: list
        operator: included
        list: { id: scanners, type: ip }
`;

const SCANNERS = `\
id: scanners
name: Vulnerability scanners
description: Addresses of the scanners.
type: ip
values: [10.20.30.11, 10.20.30.12]
`;

const CONNECTOR = `\
name: soc-slack
connector_type_id: .slack
secrets:
  webhookUrl: \${SLACK_WEBHOOK_URL}
`;

const ID = {
  powershell: "1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b01",
  logons: "1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02",
  scanner: "1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03",
};

const AS_KQL = POWERSHELL.replace("type: eql", "type: query").replace(
  /query: \|\n.*\n/,
  'query: |\n  process.parent.name : (wscript.exe or cscript.exe) and process.name : "powershell.exe"\n',
);

const SECRET = "https://hooks.example.com/services/very-secret";
const USERS = ["kdac", "ana"].map((username) => ({ username, password: `${username}-password` }));

const onHost = (value: string): Json[] => [
  { field: "host.name", type: "match", operator: "included", value },
];

/** What was printed, without what differs from run to run. */
const said = ({ out }: Ran): string =>
  out
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "KIBANA")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\d{8}T?-?\d{6}\S*-(production|emea)/g, "SNAPSHOT-$1");

describe("a day in the life of a project", () => {
  let world: DeployWorld;
  let ana: ReturnType<typeof ui>;

  /** What a command says; it has to end with this exit. */
  async function kdac(line: string, exit = 0): Promise<string> {
    const ran = await world.run(...line.split(" "));
    expect(ran.exit, ran.out + ran.err).toBe(exit);
    return said(ran);
  }

  beforeAll(async () => {
    world = await DeployWorld.start(
      {
        "rules/powershell.rule.yml": POWERSHELL,
        "rules/failed-logons.rule.yml": LOGONS,
        "rules/internal-scan.rule.yml": SCANNER,
        "rules/trusted-hosts.exceptions.yml": TRUSTED,
        "rules/scanners.values.yml": SCANNERS,
        "rules/soc-slack.connector.yml": CONNECTOR,
      },
      { spaces: ["default", "soc-emea"], kibana: { users: USERS } },
    );
    world.write("kdac.config.yml", CONFIG);
    world.env["SLACK_WEBHOOK_URL"] = SECRET;
    ana = ui(world.kibana, "default", "ana");
  });

  afterAll(() => world.stop());

  it("08:00 the project goes live in an empty space", async () => {
    expect(await kdac("apply --env production --yes --bootstrap")).toMatchInlineSnapshot();
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
    expect(await world.rule(ID.powershell)).toMatchObject({ enabled: true });
  });

  it("09:00 an analyst changes a rule in its form: that is drift, and no apply overwrites it", async () => {
    await ana.saveRule(ID.logons, { severity: "high", risk_score: 73 });
    expect(await kdac("plan --env production", 1)).toMatchInlineSnapshot();
    expect(await kdac("drift --env production", 3)).toMatchInlineSnapshot();
    await kdac("apply --env production --yes", 1);
    expect(await world.rule(ID.logons)).toMatchObject({ severity: "high", updated_by: "ana" });
  });

  it("09:15 the team agrees and takes the change into git; what is left is the mark", async () => {
    expect(await kdac("pull --env production")).toMatchInlineSnapshot();
    expect(world.read("rules/failed-logons.rule.yml")).toBe(
      LOGONS.replace("severity: low", "severity: high").replace("risk_score: 21", "risk_score: 73"),
    );
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
    await kdac("apply --env production --yes");
    expect(await kdac("drift --env production")).toMatchInlineSnapshot();
  });

  it("10:00 analysts add exceptions, comments and a copy of a rule: none of that is git's business", async () => {
    await ana.addException(ID.powershell, {
      item_id: "build01",
      name: "Build server",
      entries: onHost("build01"),
    });
    await ana.addItem("trusted-hosts", { item_id: "pentest", name: "Pentest", entries: onHost("kali") });
    await ana.editItem("trusted-hosts-jump01", {}, { comment: "jump02 as well?" });
    await ana.duplicate(ID.scanner);
    await ana.enable(ID.logons);
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
    world.forget();
    await kdac("apply --env production --yes");
    expect(world.writes).toEqual([]);
  });

  it("11:00 a rule gets another name: one field of one rule is changed", async () => {
    world.write("rules/internal-scan.rule.yml", SCANNER.replace("Internal scan", "Scan from inside"));
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
    expect(await kdac("apply --env production --yes")).toMatchInlineSnapshot();
    expect((await world.rules()).map(({ name }) => String(name)).sort()).toEqual([
      "Internal scan [Duplicate]",
      "Many failed logons",
      "Scan from inside",
      "Script host starts PowerShell",
    ]);
  });

  it("13:00 a rule changes its type: it is made anew, and keeps what analysts gave it", async () => {
    const [own] = (await ana.rule(ID.powershell))["exceptions_list"] as Json[];
    world.write("rules/powershell.rule.yml", AS_KQL);
    expect(await kdac("plan --env production --out plan.json")).toMatchInlineSnapshot();
    expect(await kdac("apply plan.json --env production")).toMatchInlineSnapshot();
    const live = await ana.rule(ID.powershell);
    expect(live).toMatchObject({
      type: "query",
      enabled: true,
      exceptions_list: expect.arrayContaining([own]) as [],
    });
  });

  it("14:00 a rule leaves git: it stays in Kibana until somebody says --prune", async () => {
    world.remove("rules/internal-scan.rule.yml");
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
    await kdac("apply --env production --yes");
    expect(await world.rule(ID.scanner)).toBeDefined();
    expect(await kdac("apply --env production --yes --prune")).toMatchInlineSnapshot();
    expect(await world.rule(ID.scanner)).toBeUndefined();
    expect(
      (await world.rules()).map(({ name }) => name),
      "the analyst's copy",
    ).toContain("Internal scan [Duplicate]");
  });

  it("14:10 that was a mistake: a rollback brings it back as it was", async () => {
    const snapshots = readdirSync(join(world.root, ".kdac/snapshots")).sort();
    expect(await kdac("rollback --env production")).toMatchInlineSnapshot();
    expect(await kdac(`rollback ${snapshots.at(-1)!} --env production --dry-run`)).toMatchInlineSnapshot();
    expect(await kdac(`rollback ${snapshots.at(-1)!} --env production --yes`)).toMatchInlineSnapshot();
    expect(await world.rule(ID.scanner)).toMatchObject({ name: "Scan from inside" });
    world.write("rules/internal-scan.rule.yml", SCANNER.replace("Internal scan", "Scan from inside"));
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
  });

  it("15:00 somebody deletes a rule in Kibana: the next apply makes it again", async () => {
    await ana.deleteRule(ID.logons);
    expect(await kdac("drift --env production", 3)).toMatchInlineSnapshot();
    await kdac("apply --env production --yes");
    expect(await world.rule(ID.logons)).toMatchObject({ severity: "high" });
  });

  it("16:00 a second environment gets fewer rules, with an overlay of its own", async () => {
    expect(await kdac("plan --env emea --explain")).toMatchInlineSnapshot();
    await kdac("apply --env emea --yes");
    expect(
      (await world.rules("soc-emea")).map(({ name, enabled, tags }) => ({ name, enabled, tags })),
    ).toEqual(
      ["Scan from inside", "Script host starts PowerShell"].map((name) => ({
        name,
        enabled: false,
        tags: ["emea"],
      })),
    );
    expect(await kdac("plan --env production")).toMatchInlineSnapshot();
  });

  it("02:00 the nightly drift finds what was edited, and by whom", async () => {
    await ana.bulkAddTags([ID.logons], ["triage"]);
    expect(await kdac("drift --env production", 3)).toMatchInlineSnapshot();
    expect(await kdac("drift --env emea")).toMatchInlineSnapshot();
  });

  it("no secret was printed or written down all day", () => {
    const files = [...world.files("", /^$/)];
    expect(files.some(([path]) => path.startsWith(".kdac/snapshots/"))).toBe(true);
    for (const text of [...world.printed, ...files.map(([, content]) => content)]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(world.kibana.apiKey);
    }
  });
});
