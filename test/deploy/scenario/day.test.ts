/**
 * A day in the life of a project, told through the command line: what people write, what analysts do in Kibana
 * meanwhile, and what kdac says to it. The steps build on each other.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Analyst } from "../../../src/emulator/ui/analyst.js";
import type { Ran } from "../../support/cli.js";
import { DeployWorld } from "../../support/deploy-world.js";

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

/** What was printed, without what differs from run to run. */
const said = ({ out }: Ran): string =>
  out
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "KIBANA")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\d{8}T?-?\d{6}\S*-(production|emea)/g, "SNAPSHOT-$1");

describe("a day in the life of a project", () => {
  let world: DeployWorld;
  let ana: Analyst;
  const kdac = (line: string): Promise<Ran> => world.run(...line.split(" "));

  beforeAll(async () => {
    world = await DeployWorld.start(
      {
        "kdac.config.yml": CONFIG,
        "rules/powershell.rule.yml": POWERSHELL,
        "rules/failed-logons.rule.yml": LOGONS,
        "rules/internal-scan.rule.yml": SCANNER,
        "rules/trusted-hosts.exceptions.yml": TRUSTED,
        "rules/scanners.values.yml": SCANNERS,
        "rules/soc-slack.connector.yml": CONNECTOR,
      },
      { spaces: ["default", "soc-emea"] },
    );
    world.write("kdac.config.yml", CONFIG);
    world.env["SLACK_WEBHOOK_URL"] = "https://hooks.example.com/services/very-secret";
    ana = new Analyst((request) => {
      const headers = new Headers(request.headers);
      headers.set("authorization", `ApiKey ${world.kibana.apiKey}`);
      return world.kibana.fetch(new Request(request, { headers }));
    }, "default");
  });

  afterAll(() => world.stop());

  const show = async (line: string): Promise<Ran> => {
    const ran = await kdac(line);
    if (process.env["SHOW"]) console.log(`$ kdac ${line}\n${said(ran)}[${ran.err}] -> ${ran.exit}`);
    return ran;
  };

  it("x", async () => {
    await show("validate");
    await show("apply --env production --yes");
    await show("plan --env production");
    await ana.saveRule(ID.logons, { severity: "high", risk_score: 73 });
    await show("plan --env production");
    await show("drift --env production");
    await show("pull --env production");
    await show("plan --env production");
    await show("apply --env production --yes");
    await ana.addException(ID.powershell, {
      name: "Build server",
      entries: [{ field: "host.name", type: "match", operator: "included", value: "build01" }],
    });
    await ana.addItem("trusted-hosts", {
      item_id: "analysts",
      name: "Pentest",
      entries: [{ field: "source.ip", type: "match", operator: "included", value: "10.99.7.40" }],
      comments: [{ comment: "until Friday" }],
    });
    await ana.editItem("trusted-hosts-jump01", {}, { comment: "Also jump02?" });
    await ana.duplicate(ID.scanner);
    await show("plan --env production");
    world.write("rules/internal-scan.rule.yml", SCANNER.replace("Internal scan", "Scan from inside"));
    await show("plan --env production");
    await show("apply --env production --yes");
    world.write(
      "rules/powershell.rule.yml",
      POWERSHELL.replace("type: eql", "type: query").replace(
        /query: \|\n.*\n/,
        'query: |\n  process.parent.name : (wscript.exe or cscript.exe) and process.name : "powershell.exe"\n',
      ),
    );
    await show("plan --env production");
    await show("apply --env production --yes");
    world.remove("rules/internal-scan.rule.yml");
    await show("plan --env production");
    await show("apply --env production --yes --prune");
    await show("plan --env production --prune");
    await show("rollback --env production");
    await show("plan --env emea");
    await show("apply --env emea --yes");
    await show("plan --env emea");
    await ana.bulkAddTags([ID.logons], ["triage"]);
    await show("drift --env production");
    await show("plan --env production --format markdown");
    await show("doctor --env production");
    expect(1).toBe(1);
  });
});
