import { describe, expect, it } from "vitest";
import { ecsFields, fieldsOf } from "../../../src/fields/index.js";
import {
  checkAllowedValue,
  checkExpectedValue,
  checkSince,
  Findings,
  MAX_FINDINGS,
  reportUnknownField,
} from "../../../src/query/core/index.js";

const ecs = ecsFields();
const span = { start: 3, end: 7 };
const field = (name: string) => ecs.find(name)!;

function found(report: (findings: Findings) => void): readonly string[] {
  const findings = new Findings();
  report(findings);
  return findings.all.map(
    ({ code, severity, message, help = "-" }) => `${severity} ${code}: ${message} (${help})`,
  );
}

describe("a name that no field has", () => {
  it("is a warning where not all fields are known, at its place", () => {
    const findings = new Findings();
    reportUnknownField(findings, ecs, "process.nam", span);
    expect(findings.all).toEqual([
      {
        code: "field/unknown",
        severity: "warning",
        message: 'there is no field "process.nam"',
        help: 'did you mean "process.name"?',
        ...span,
      },
    ]);
  });

  it("is an error where they are", () => {
    expect(found((findings) => reportUnknownField(findings, fieldsOf({ user: "ip" }), "usr", span))).toEqual([
      'error field/unknown: there is no field "usr" (did you mean "user"?)',
    ]);
  });

  it("is nothing where an integration may have it", () => {
    expect(found((findings) => reportUnknownField(findings, ecs, "winlog.event_id", span))).toEqual([]);
  });

  it("may be an object", () => {
    expect(found((findings) => reportUnknownField(findings, ecs, "user_agent", span))).toEqual([
      'error field/is-object: "user_agent" is an object: it has fields below it, and no value of its own ' +
        '(name a field below it, such as "user_agent.name", "user_agent.original" or "user_agent.version")',
    ]);
  });

  it("is not looked for once there are enough findings", () => {
    const findings = new Findings();
    for (let i = 0; i < 100_000; i++) reportUnknownField(findings, ecs, `process.nam${i}`, span);
    expect(findings.isFull).toBe(true);
    expect(findings.all).toHaveLength(MAX_FINDINGS + 1);
  });
});

describe("values", () => {
  it.each([
    ["event.category", "proces", 'did you mean "process"?'],
    ["event.outcome", "Success", 'did you mean "success"?'],
    ["event.outcome", "granted", 'ECS allows "failure", "success" or "unknown"'],
    ["host.os.type", "window", 'did you mean "windows"?'],
  ])("%s has no %j", (name, value, help) => {
    expect(found((findings) => checkAllowedValue(findings, field(name), value, span))).toEqual([
      `warning field/not-allowed-value: "${value}" is none of the values that ECS allows for "${name}" (${help})`,
    ]);
  });

  it.each([
    ["event.category", "process"],
    ["event.kind", "signal"],
    ["host.os.type", "windows"],
    ["host.os.type", "solaris"],
    ["network.direction", "sideways"],
    ["process.name", "anything"],
    ["event.category", "network_traffic"],
    ["event.type", "process_started"],
  ])("%s may have %j", (name, value) => {
    expect(found((findings) => checkAllowedValue(findings, field(name), value, span))).toEqual([]);
  });

  it("may stand in both spellings beside each other", () => {
    const check = (value: string, beside: readonly unknown[]) =>
      found((findings) => checkAllowedValue(findings, field("event.outcome"), value, span, beside)).length;
    expect(check("Success", ["Success", "success"])).toBe(0);
    expect(check("Success", ["Success", "failure"])).toBe(1);
    expect(check("succes", ["succes", "success"])).toBe(1);
    expect(check("network_traffic", [])).toBe(1);
  });

  it("of event.type go with a category", () => {
    const check = (value: string, category: string) =>
      found((findings) => checkExpectedValue(findings, field("event.type"), value, category, span));
    expect(check("start", "process")).toEqual([]);
    expect(check("creation", "process")).toEqual([
      'warning field/unexpected-value: events of the category "process" do not have the event.type "creation" ' +
        '(with "process" goes "access", "change", "end", "info" or "start")',
    ]);
    // What is no value at all has its own finding, and of other categories nothing is known.
    expect(check("strat", "process")).toEqual([]);
    expect(check("creation", "acme")).toEqual([]);
    expect(found((findings) => checkExpectedValue(findings, field("event.kind"), "alert", "process", span))).toEqual([]);
  }); // prettier-ignore
});

describe("fields that came with a version of ECS", () => {
  it.each([
    ["device.serial_number", "8.15", true],
    ["device.serial_number", "8.16", false],
    ["device.serial_number", "8.19.2", false],
    ["device.serial_number", "9.0", false],
    ["entity.id", "8.19", true],
    ["entity.id", "9.2.7", true],
    ["entity.id", "9.3", false],
    ["entity.id", "9.10", false],
    ["process.name", "8.0", false],
  ])("%s is too new for %s: %s", (name, stack, isNew) => {
    const findings = found((all) => checkSince(all, field(name), stack, span));
    expect(findings).toHaveLength(isNew ? 1 : 0);
    if (isNew) expect(findings[0]).toContain(`and the rule is for stack ${stack}`);
  });
});
