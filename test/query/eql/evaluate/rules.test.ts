/** Real rules on real telemetry. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { expect, it } from "vitest";
import { compileEvent, requiredLiterals } from "../../../../src/query/eql/evaluate/index.js";
import { parse } from "../../../../src/query/eql/parser.js";
import { run } from "../../../../src/query/eql/run.js";
import { type Event, fold, reader } from "../../../../src/query/match/index.js";
import { conformanceFiles, describeConformance } from "../../../support/conformance.js";

describeConformance("EQL rules", "rules", (folder) => {
  const events = conformanceFiles(join(folder, "../events"), ".ndjson").flatMap(({ text }) =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Event),
  );
  const rules = conformanceFiles(folder, ".toml")
    .map(({ name, text }) => ({
      name,
      ...(parseToml(text) as { rule: { type: string; query: string } }).rule,
    }))
    .filter(({ type }) => type === "eql");

  it("are there, with events", () => {
    expect(rules.length).toBeGreaterThan(80);
    expect(events.length).toBeGreaterThan(200);
  });

  it.each(rules)("$name runs, and each event that it matches has what it requires", ({ query }) => {
    const { events: found, sequences } = run(query, events);
    expect(found ?? sequences).toBeInstanceOf(Array);
    const { statement } = parse(query).ast;
    if (statement.kind !== "event") return;
    const test = compileEvent(statement);
    const required = requiredLiterals(statement);
    for (const event of events.filter(test))
      for (const { field, values, insensitive } of required)
        expect(
          [reader(field)(event)].flat().map((value) => (insensitive ? fold(String(value)) : value)),
        ).toSatisfy((there: unknown[]) => there.some((value) => values.includes(String(value))));
  });

  // What AWS logs of a call is one text, in which it masks passwords.
  it.each([
    [
      "persistence_rds_db_instance_password_modified",
      { provider: "rds.amazonaws.com", action: "ModifyDBInstance" },
      [
        "{dBInstanceIdentifier=db1, masterUserPassword=****, applyImmediately=true}",
        "{masterUserPassword=x}",
      ],
      "{dBInstanceIdentifier=db1}",
    ],
    [
      "exfiltration_s3_bucket_replicated_to_external_account",
      { provider: "s3.amazonaws.com", action: "PutBucketReplication" },
      ["{ReplicationConfiguration={Rule={Destination={Account=123456789012}}}}"],
      "{ReplicationConfiguration={Rule={Destination={}}}}",
    ],
  ])("%s fires on the call that it is about", (name, event, parameters, other) => {
    const text = readFileSync(join(folder, "integrations/aws", `${name}.toml`), "utf8");
    const { query } = (parseToml(text) as unknown as { rule: { query: string } }).rule;
    const calls = [...parameters, other].map((request_parameters) => ({
      data_stream: { dataset: "aws.cloudtrail" },
      event: { ...event, category: ["info"], outcome: "success" },
      aws: { cloudtrail: { request_parameters } },
    }));
    expect(run(query, calls).events).toEqual(parameters.map((_, index) => index));
  });

  it("find a script that starts PowerShell", () => {
    const text = readFileSync(
      join(folder, "windows/initial_access_script_executing_powershell.toml"),
      "utf8",
    );
    const { query } = (parseToml(text) as unknown as { rule: { query: string } }).rule;
    const found = run(query, events).events!.map((index) => reader("process.parent.name")(events[index]!));
    expect(found).toHaveLength(2);
    for (const name of found) expect(String(name)).toMatch(/^[cw]script\.exe$/i);
  });
});
