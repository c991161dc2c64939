/**
 * A day in the life of a project, told through the command line: what people write, what analysts do in Kibana
 * meanwhile, and what kdac says to it. The steps build on each other.
 */
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

const known = new Set(Object.values(ID));

/** What was printed, without what differs from run to run. */
const said = ({ out }: Ran): string =>
  out
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "KIBANA")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "TIME")
    .replaceAll(/(?<=rollback )\S+/g, "SNAPSHOT")
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => (known.has(id) ? id : "ITS-ID"));

/** What a rule is, without what Kibana counts and stamps. */
const withoutStamps = (rule: Json | undefined): Json =>
  Object.fromEntries(
    Object.entries(rule!).filter(
      ([key]) => !["id", "revision", "created_at", "created_by", "updated_at", "updated_by"].includes(key),
    ),
  );

describe("a day in the life of a project", () => {
  let world: DeployWorld;
  let ana: ReturnType<typeof ui>;
  let pruned: Json | undefined;

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
    expect(await kdac("apply --env production --yes --bootstrap")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        + connector      soc-slack  rules/soc-slack.connector.yml
        + value list     Vulnerability scanners  scanners  rules/scanners.values.yml
            note: 2 values
        + exception list Trusted hosts  trusted-hosts  rules/trusted-hosts.exceptions.yml
        + exception item Jump host  trusted-hosts-jump01  rules/trusted-hosts.exceptions.yml
        + exception item Vulnerability scanners  trusted-hosts-scanners  rules/trusted-hosts.exceptions.yml
        + rule           Many failed logons  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02  rules/failed-logons.rule.yml
        + rule           Internal scan  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03  rules/internal-scan.rule.yml
        + rule           Script host starts PowerShell  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b01  rules/powershell.rule.yml

      Plan: 8 to create, 0 to update.
      Space default
        ✓ connector      soc-slack  created
        ✓ value list     Vulnerability scanners  created
        ✓ exception list Trusted hosts  created
        ✓ exception item Jump host  created
        ✓ exception item Vulnerability scanners  created
        ✓ rule           Many failed logons  created
        ✓ rule           Internal scan  created
        ✓ rule           Script host starts PowerShell  created

      Applied: 8 created, 0 updated, 0 unchanged.
      Way back: kdac rollback SNAPSHOT --env production
      "
    `);
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      No changes. The space of production is as the files say (8 objects).
      "
    `);
    expect(await world.rule(ID.powershell)).toMatchObject({ enabled: true });
  });

  it("09:00 an analyst changes a rule in its form: that is drift, and no apply overwrites it", async () => {
    await ana.saveRule(ID.logons, { severity: "high", risk_score: 73 });
    expect(await kdac("plan --env production", 1)).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ! rule           Many failed logons  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02  rules/failed-logons.rule.yml
            rule "1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02" was saved in Kibana's own form, which drops the mark of its project
            help: take the change into the file with kdac pull, or overwrite it with --overwrite-drift
            changed in Kibana by ana at TIME
            ~ severity: "high" → "low"
            ~ risk_score: 73 → 21

      Plan: 0 to create, 0 to update. 1 in conflict, 7 unchanged.
      "
    `);
    expect(await kdac("drift --env production", 3)).toMatchInlineSnapshot(`
      "Drift in production (KIBANA, Kibana 9.5.1)

      Space default
        ~ rule           Many failed logons  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02  rules/failed-logons.rule.yml
            saved in Kibana's form, which drops the mark of the project (last change by ana, TIME)
            severity: Kibana has "high", git has "low"
            risk_score: Kibana has 73, git has 21
            help: take the change into git with kdac pull --env production --space default --rule 1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02, then apply; or overwrite it with kdac apply --env production --space default --overwrite-drift

      Drift: 1 saved in Kibana's form; 7 objects as last applied.
      "
    `);
    await kdac("apply --env production --yes", 1);
    expect(await world.rule(ID.logons)).toMatchObject({ severity: "high", updated_by: "ana" });
  });

  it("09:15 the team agrees and takes the change into git; what is left is the mark", async () => {
    expect(await kdac("pull --env production")).toMatchInlineSnapshot(`
      "~ rule           Many failed logons  rules/failed-logons.rule.yml  severity, risk_score

      1 updated. Pulled from space default of production.
      "
    `);
    expect(world.read("rules/failed-logons.rule.yml")).toBe(
      LOGONS.replace("severity: low", "severity: high").replace("risk_score: 21", "risk_score: 73"),
    );
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ~ rule           Many failed logons  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02  rules/failed-logons.rule.yml
            changed in Kibana by ana at TIME
            + meta.kdac
                + {
                +   "project": "acme-detections",
                +   "rule_id": "1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02",
                +   "digest": "2:d6e94c04cbccd7e4"
                + }

      Plan: 0 to create, 1 to update. 7 unchanged.
      "
    `);
    await kdac("apply --env production --yes");
    expect(await kdac("drift --env production")).toMatchInlineSnapshot(`
      "Drift in production (KIBANA, Kibana 9.5.1)

      No drift: 8 objects of production are as last applied.
      "
    `);
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
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      No changes. The space of production is as the files say (8 objects).
      "
    `);
    world.forget();
    await kdac("apply --env production --yes");
    expect(world.writes).toEqual([]);
  });

  it("11:00 a rule gets another name: one field of one rule is changed", async () => {
    world.write("rules/internal-scan.rule.yml", SCANNER.replace("Internal scan", "Scan from inside"));
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ~ rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03  rules/internal-scan.rule.yml
            ~ name: "Internal scan" → "Scan from inside"

      Plan: 0 to create, 1 to update. 7 unchanged.
      "
    `);
    expect(await kdac("apply --env production --yes")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ~ rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03  rules/internal-scan.rule.yml
            ~ name: "Internal scan" → "Scan from inside"

      Plan: 0 to create, 1 to update. 7 unchanged.
      Space default
        ✓ rule           Scan from inside  updated

      Applied: 0 created, 1 updated, 7 unchanged.
      Way back: kdac rollback SNAPSHOT --env production
      "
    `);
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
    expect(await kdac("plan --env production --out plan.json")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ± rule           Script host starts PowerShell  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b01  rules/powershell.rule.yml  (deleted and made anew)
            warning: its type changes from "eql" to "query": the rule is deleted and made anew, with a new internal id and without its history
            ~ type: "eql" → "query"
            ~ language: "eql" → "kuery"
            ~ query
                - process where process.parent.name : ("wscript.exe", "cscript.exe") and process.name : "powershell.exe"
                + process.parent.name : (wscript.exe or cscript.exe) and process.name : "powershell.exe"

      Plan: 0 to create, 0 to update, 1 to replace. 7 unchanged.
      "
    `);
    expect(await kdac("apply plan.json --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ± rule           Script host starts PowerShell  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b01  rules/powershell.rule.yml  (deleted and made anew)
            warning: its type changes from "eql" to "query": the rule is deleted and made anew, with a new internal id and without its history
            ~ type: "eql" → "query"
            ~ language: "eql" → "kuery"
            ~ query
                - process where process.parent.name : ("wscript.exe", "cscript.exe") and process.name : "powershell.exe"
                + process.parent.name : (wscript.exe or cscript.exe) and process.name : "powershell.exe"

      Plan: 0 to create, 0 to update, 1 to replace. 7 unchanged.
      Space default
        ✓ rule           Script host starts PowerShell  replaced

      Applied: 0 created, 0 updated, 1 replaced, 7 unchanged.
      Way back: kdac rollback SNAPSHOT --env production
      "
    `);
    const live = await ana.rule(ID.powershell);
    expect(live).toMatchObject({
      type: "query",
      enabled: true,
      exceptions_list: expect.arrayContaining([own]) as [],
    });
  });

  it("14:00 a rule leaves git: it stays in Kibana until somebody says --prune", async () => {
    world.remove("rules/internal-scan.rule.yml");
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        ? rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03  (in no file any more; --prune deletes it)

      No changes. The space of production is as the files say (7 objects). 1 object is in no file any more; --prune deletes it.
      "
    `);
    await kdac("apply --env production --yes");
    pruned = await world.rule(ID.scanner);
    expect(pruned).toBeDefined();
    expect(await kdac("apply --env production --yes --prune")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        - rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03  (in no file any more)

      Plan: 0 to create, 0 to update, 1 to delete. 7 unchanged.
      Space default
        ✓ rule           Scan from inside  deleted

      Applied: 0 created, 0 updated, 1 deleted, 7 unchanged.
      Way back: kdac rollback SNAPSHOT --env production
      "
    `);
    expect(await world.rule(ID.scanner)).toBeUndefined();
    expect(
      (await world.rules()).map(({ name }) => name),
      "the analyst's copy",
    ).toContain("Internal scan [Duplicate]");
  });

  it("14:10 that was a mistake: a rollback brings it back as it was", async () => {
    const listed = await kdac("rollback --env production");
    expect(listed).toMatch(/^Snapshots of production, newest first:\n(?: {2}\S+-production\S*\n){5}$/);
    const newest = listed.split("\n")[1]!.trim();
    expect(await kdac(`rollback ${newest} --env production --dry-run`)).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        + rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03
            note: Kibana gives it a new id of its own; its history stays with the old one

      Plan: 1 to create, 0 to update.
      "
    `);
    expect(await kdac(`rollback ${newest} --env production --yes`)).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      Space default
        + rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03
            note: Kibana gives it a new id of its own; its history stays with the old one

      Plan: 1 to create, 0 to update.
      Space default
        ✓ rule           Scan from inside  created

      Applied: 1 created, 0 updated, 0 unchanged.
      Way back: kdac rollback SNAPSHOT --env production
      "
    `);
    expect(withoutStamps(await world.rule(ID.scanner))).toEqual(withoutStamps(pruned));
    world.write("rules/internal-scan.rule.yml", SCANNER.replace("Internal scan", "Scan from inside"));
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      No changes. The space of production is as the files say (8 objects).
      "
    `);
  });

  it("15:00 somebody deletes a rule in Kibana: the next apply makes it again", async () => {
    await ana.deleteRule(ID.logons);
    expect(await kdac("drift --env production", 3)).toMatchInlineSnapshot(`
      "Drift in production (KIBANA, Kibana 9.5.1)

      Space default
        - rule           Many failed logons  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02  rules/failed-logons.rule.yml
            not there: deleted in Kibana, or not applied yet
            help: put it back with kdac apply --env production --space default, or remove it from the file
        + rule           Internal scan [Duplicate]  ITS-ID
            a copy of the rule "Scan from inside", made in Kibana (last change by ana, TIME)
            help: delete it, or take it into git as a rule of its own with kdac pull --env production --space default --rule ITS-ID
        made by analysts, and theirs: 1 exception on 1 rule of ours, 1 item in lists of ours

      Drift: 1 not there, 1 copied; 7 objects as last applied.
      "
    `);
    await kdac("apply --env production --yes");
    expect(await world.rule(ID.logons)).toMatchObject({ severity: "high" });
  });

  it("16:00 a second environment gets fewer rules, with an overlay of its own", async () => {
    expect(await kdac("plan --env emea --explain")).toMatchInlineSnapshot(`
      "Plan for emea (KIBANA, Kibana 9.5.1)

      Space soc-emea
        + connector      soc-slack  rules/soc-slack.connector.yml
        + value list     Vulnerability scanners  scanners  rules/scanners.values.yml
            note: 2 values
        + exception list Trusted hosts  trusted-hosts  rules/trusted-hosts.exceptions.yml
        + exception item Jump host  trusted-hosts-jump01  rules/trusted-hosts.exceptions.yml
        + exception item Vulnerability scanners  trusted-hosts-scanners  rules/trusted-hosts.exceptions.yml
        + rule           Scan from inside  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b03  rules/internal-scan.rule.yml
            rule_id          rules/internal-scan.rule.yml:1:1
            name             rules/internal-scan.rule.yml:2:1
            description      rules/internal-scan.rule.yml:3:1
            enabled          overlay of space "soc-emea", kdac.config.yml:14:16
            type             rules/internal-scan.rule.yml:4:1
            severity         rules/internal-scan.rule.yml:5:1
            risk_score       rules/internal-scan.rule.yml:6:1
            index            rules/internal-scan.rule.yml:7:1
            query            rules/internal-scan.rule.yml:8:1
            tags             overlay of space "soc-emea", kdac.config.yml:14:32
            required_fields  derived from query, rules/internal-scan.rule.yml:8:1
            exceptions_list  derived from exceptions, rules/internal-scan.rule.yml:9:1
        + rule           Script host starts PowerShell  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b01  rules/powershell.rule.yml
            rule_id          rules/powershell.rule.yml:1:1
            name             rules/powershell.rule.yml:2:1
            description      rules/powershell.rule.yml:3:1
            enabled          overlay of space "soc-emea", kdac.config.yml:14:16
            type             rules/powershell.rule.yml:4:1
            severity         rules/powershell.rule.yml:5:1
            risk_score       rules/powershell.rule.yml:6:1
            index            rules/powershell.rule.yml:8:1
            query            rules/powershell.rule.yml:9:1
            tags             overlay of space "soc-emea", kdac.config.yml:14:32
            required_fields  derived from query, rules/powershell.rule.yml:9:1
            exceptions_list  derived from exceptions, rules/powershell.rule.yml:11:1
            actions          rules/powershell.rule.yml:12:1

      Plan: 7 to create, 0 to update.
      "
    `);
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
    expect(await kdac("plan --env production")).toMatchInlineSnapshot(`
      "Plan for production (KIBANA, Kibana 9.5.1)

      No changes. The space of production is as the files say (8 objects).
      "
    `);
  });

  it("02:00 the nightly drift finds what was edited, and by whom", async () => {
    await ana.bulkAddTags([ID.logons], ["triage"]);
    expect(await kdac("drift --env production", 3)).toMatchInlineSnapshot(`
      "Drift in production (KIBANA, Kibana 9.5.1)

      Space default
        ~ rule           Many failed logons  1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02  rules/failed-logons.rule.yml
            edited in Kibana since it was last applied (last change by ana, TIME)
            tags: Kibana has "triage", git has none
            help: take the change into git with kdac pull --env production --space default --rule 1d9a5c9e-0b6f-4d0e-9d56-0a6f3a5f8b02, or overwrite it with kdac apply --env production --space default --overwrite-drift
        + rule           Internal scan [Duplicate]  ITS-ID
            a copy of the rule "Scan from inside", made in Kibana (last change by ana, TIME)
            help: delete it, or take it into git as a rule of its own with kdac pull --env production --space default --rule ITS-ID
        made by analysts, and theirs: 1 exception on 1 rule of ours, 1 item in lists of ours

      Drift: 1 edited in Kibana, 1 copied; 7 objects as last applied.
      "
    `);
    expect(await kdac("drift --env emea")).toMatchInlineSnapshot(`
      "Drift in emea (KIBANA, Kibana 9.5.1)

      No drift: 7 objects of emea are as last applied.
      "
    `);
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
