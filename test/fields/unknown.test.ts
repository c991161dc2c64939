import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { ecsFields, fieldsOf, hasFieldsBelow, judgeUnknown, nearFields } from "../../src/fields/index.js";

const ecs = ecsFields();

describe("without the mappings of a stack", () => {
  it.each([
    ["proces.name", 'did you mean "process.name"?'],
    ["process.nam", 'did you mean "process.name"?'],
    ["proces.nam", 'did you mean "process.name"?'],
    ["procces.comandline", 'did you mean "process.command_line"?'],
    ["event.catgory", 'did you mean "event.category"?'],
    ["event.ctaegory", 'did you mean "event.category"?'],
    ["host.os.typ", 'did you mean "host.os.type"?'],
    ["hosts.os.type", 'did you mean "host.os.type"?'],
    ["source.addr", 'did you mean "source.address"?'],
    ["file.extention", 'did you mean "file.extension"?'],
    ["process.parent_name", 'did you mean "process.parent.name"?'],
    ["process_parent_name", 'did you mean "process.parent.name"?'],
    ["processName", 'did you mean "process.name"?'],
    ["timestamp", 'did you mean "@timestamp"?'],
    ["@Timestamp", 'names of fields are case-sensitive: write "@timestamp"'],
    ["Process.Name", 'names of fields are case-sensitive: write "process.name"'],
    ["host.OS.type", 'names of fields are case-sensitive: write "host.os.type"'],
    ["process.name.keyword", '"process.name" is a keyword itself: write it without ".keyword"'],
    ["process.args.text", '"process.args" is of type keyword and has no "text" beside it'],
    ["message.keyword", '"message" is of type match_only_text and has no "keyword" beside it'],
    ["src.ip", 'did you mean "source.ip"?'],
    ["dst_port", 'did you mean "destination.port"?'],
    ["process.ppid", 'did you mean "process.parent.pid"?'],
    ["process.path", 'did you mean "process.executable"?'],
    ["CommandLine", 'did you mean "process.command_line"?'],
    ["process.zzzzzz", undefined],
    ["related.usr", 'did you mean "related.user"?'],
    ["log.offsets", undefined],
    ["process.name.zzzzzz", undefined],
    ["process.pid.zzzzzz.more", undefined],
    ["host.os.kernel_build_id", undefined],
  ])("%s is reported", (name, help) => {
    const expected = { code: "field/unknown", severity: "warning" };
    expect(judgeUnknown(ecs, name)).toEqual(help === undefined ? expected : { ...expected, help });
  });

  it.each([
    "winlog.event_data.LogonType",
    "aws.cloudtrail.user_identity.arn",
    "azure.signinlogs.properties.status.error_code",
    "o365.audit.Operation",
    "okta.actor.alternate_id",
    "powershell.file.script_block_text",
    "kubernetes.audit.objectRef.resource",
    "Effective_process.name",
    "Target.process.name",
    "process.Ext.token.integrity_level_name",
    "process.parent.Ext.real.pid",
    "process.thread.Ext.call_stack_summary",
    "dll.Ext.relative_file_creation_time",
    "file.Ext.header_bytes",
    "http.request.headers.authorization",
    "entity.raw.anything",
    "gen_ai.guardrail_id",
    "gen_ai.user.id",
    "gen_ai.policy.name",
    "gen_ai.policy.action",
    "gen_ai.policy.violation",
    "gen_ai.policy.confidence",
    "gen_ai.compliance.violation_detected",
    "gen_ai.completion",
    "gen_ai.prompt",
    "gen_ai.performance.response_time",
    "gen_ai.performance.request_size",
    "gen_ai.usage.prompt_tokens",
    "gen_ai.usage.completion_tokens",
    "gen_ai.request.model.id",
    "gen_ai.request.id",
    "gen_ai.response.error_code",
    "gen_ai.owasp.id",
    "gen_ai.threat.risk_score",
    "gen_ai.security.regex_pattern_count",
    "related.entity",
    "log.offset",
    "log.flags",
    "agent.hostname",
    "host.containerized",
    "host.os.build",
    "host.os.codename",
    "dns.answers_count",
    "dns.question.etld_plus_one",
    "http.request.params",
    "file.setuid",
    "process.name.caseless",
    "acme.user.id",
    "badge_number",
    "x",
    "",
    ".",
    "...",
    "*",
  ])("%s may well be there", (name) => {
    expect(judgeUnknown(ecs, name)).toBeUndefined();
  });

  it("says of an object which fields it has", () => {
    expect(judgeUnknown(ecs, "process")).toEqual({
      code: "field/is-object",
      severity: "error",
      help: 'name a field below it, such as "process.name", "process.args" or "process.args_count"',
    });
    expect(judgeUnknown(ecs, "host.os")?.help).toBe(
      'name a field below it, such as "host.os.name", "host.os.type" or "host.os.family"',
    );
    expect(hasFieldsBelow(ecs, "process")).toBe(true);
    expect(hasFieldsBelow(ecs, "process.name")).toBe(true);
    expect(hasFieldsBelow(ecs, "process.pid")).toBe(false);
    expect(hasFieldsBelow(ecs, "nothing")).toBe(false);
  });
});

describe("where all fields are known", () => {
  const fields = fieldsOf({
    "acme.user.id": "keyword",
    "acme.user.name": "text",
    "acme.Mixed": "keyword",
    "deep.er.only": "ip",
    size: "long",
  });

  it.each([
    ["acme.usr.id", 'did you mean "acme.user.id"?'],
    ["acme.mixed", 'names of fields are case-sensitive: write "acme.Mixed"'],
    ["acme.user.id.keyword", '"acme.user.id" is a keyword itself: write it without ".keyword"'],
    ["acme.user.name.keyword", '"acme.user.name" is of type text and has no "keyword" beside it'],
    ["acme.user.name.caseless", undefined],
    ["process.name", undefined],
    ["src.ip", undefined],
    ["winlog.event_data.LogonType", undefined],
    ["sise", 'did you mean "size"?'],
    ["", undefined],
  ])("%s is an error", (name, help) => {
    const expected = { code: "field/unknown", severity: "error" };
    expect(judgeUnknown(fields, name)).toEqual(help === undefined ? expected : { ...expected, help });
  });

  it("objects are still objects", () => {
    expect(judgeUnknown(fields, "acme")).toMatchObject({
      code: "field/is-object",
      help: 'name a field below it, such as "acme.Mixed"',
    });
    expect(judgeUnknown(fields, "deep")?.help).toBe("name a field below it");
  });
});

describe("near fields", () => {
  test.prop([fc.constantFrom(...ecs.names()), fc.nat(), fc.constantFrom("drop", "double", "swap")])(
    "are found again after one slip of the keyboard in a long segment",
    (name, at, slip) => {
      const segments = name.split(".");
      const longest = segments.reduce((long, segment) => (segment.length > long.length ? segment : long));
      const i = at % (longest.length - 1);
      const mistyped = {
        drop: longest.slice(0, i) + longest.slice(i + 1),
        double: longest.slice(0, i) + longest[i]! + longest.slice(i),
        swap: longest.slice(0, i) + longest[i + 1]! + longest[i]! + longest.slice(i + 2),
      }[slip];
      const typed = segments.map((segment) => (segment === longest ? mistyped : segment)).join(".");
      if (longest.length < 4 || ecs.find(typed) !== undefined || nearFields(ecs, typed).length === 3) return;
      expect(nearFields(ecs, typed)).toContain(name);
    },
  );

  it("are those that read the same, whatever the case and the separators", () => {
    const plain = (name: string): string => name.toLowerCase().replace(/[._@-]/g, "");
    const same = new Map<string, string[]>();
    for (const name of ecs.names()) same.set(plain(name), [...(same.get(plain(name)) ?? []), name]);
    for (const name of ecs.names()) {
      const wanted = same.get(plain(name))!.slice(0, 3);
      for (const other of [name.replaceAll(".", "_"), name.replaceAll(/[._]/g, ""), name.toUpperCase()])
        expect(nearFields(ecs, other)).toEqual(wanted);
    }
    const given = fieldsOf({
      "Ünï.çode": "keyword",
      "a_b.c": "keyword",
      "a.b_c": "keyword",
      "._.": "keyword",
    });
    expect(nearFields(given, "ünïÇODE")).toEqual(["Ünï.çode"]);
    expect(nearFields(given, "ABC")).toEqual(["a_b.c", "a.b_c"]);
    expect(nearFields(given, "-")).toEqual(["._."]);
  });

  it("are not looked for at any price", () => {
    expect(nearFields(ecs, "a".repeat(1_000_000))).toEqual([]);
    expect(nearFields(ecs, "a.".repeat(90))).toEqual([]);
    const names = Array.from({ length: 6 }, (_, i) => `aaa${i}`);
    const trap = names.flatMap((a) => names.flatMap((b) => names.flatMap((c) => names.map((d) => [a, b, c, d, "x"].join(".")))));
    const fields = fieldsOf(Object.fromEntries(trap.map((name) => [name, "keyword"])));
    expect(nearFields(fields, "aaaa.aaaa.aaaa.aaaa.yyy")).toEqual([]);
  }); // prettier-ignore
});
