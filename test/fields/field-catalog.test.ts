import { describe, expect, it } from "vitest";
import {
  type CustomFields,
  ecsFields,
  FieldCatalog,
  judgeUnknown,
  type Lock,
} from "../../src/fields/index.js";

const LOCK: Lock = {
  patterns: {
    "logs-endpoint.events.*": {
      fields: {
        keyword: ["event.category", "process.Ext.token.integrity_level_name", "process.name"],
        long: ["acme.code"],
        match_only_text: ["process.name.text"],
        nested: ["a.list"],
        ip: ["a.list.ip"],
      },
      ignore_above: { "512": ["process.name"] },
    },
    "winlogbeat-*": {
      fields: {
        "date, keyword": ["acme.when"],
        keyword: ["acme.code", "event.category"],
        text: ["acme.note"],
        constant_keyword: ["process.name"],
        wildcard: ["acme.note.exact"],
        flattened: ["acme.more"],
      },
      ignore_above: { "256": ["process.name"] },
    },
    "endgame-*": { fields: {} },
  },
};

const CUSTOM: CustomFields = [
  { index: ["logs-acme-*"], fields: { "acme.user.id": "keyword", "acme.size": { type: "long" } } },
  {
    index: ["winlogbeat-*"],
    fields: {
      "acme.door": { type: "keyword", allowed_values: ["open", "shut"], ignore_above: 10, array: true },
      "acme.code": "integer",
      "event.category": "wildcard",
    },
  },
];

describe("the fields of a rule's indices", () => {
  it("are those of ECS where nothing else is known", () => {
    const catalog = new FieldCatalog({});
    expect(catalog.for(["logs-*"])).toBe(ecsFields());
    expect(catalog.for(undefined)).toBe(ecsFields());
  });

  it.each<readonly [index: readonly string[] | undefined, closed: boolean]>([
    [["logs-endpoint.events.*"], true],
    [["logs-endpoint.events.process-*"], true],
    [["logs-endpoint.events.*", "-logs-endpoint.events.test*"], true],
    [["logs-endpoint.events.*,winlogbeat-*"], true],
    [["endgame-*"], true],
    [["logs-*"], false],
    [["logs-endpoint.events.*", "logs-aws*"], false],
    [["-winlogbeat-*"], false],
    [[], false],
    [undefined, false],
  ])("%j: all of them are known: %s", (index, closed) => {
    expect(new FieldCatalog({ lock: LOCK }).for(index).closed).toBe(closed);
  });

  it("are as the stack maps them, with what ECS says beyond that", () => {
    const fields = new FieldCatalog({ lock: LOCK }).for(["logs-endpoint.events.*"]);
    expect(fields.find("process.name")).toEqual({ name: "process.name", type: "keyword", source: "lock", ignoreAbove: 512 });
    expect(fields.find("event.category")).toMatchObject({ source: "lock", array: true });
    expect(fields.find("event.category")?.allowed).toEqual(ecsFields().find("event.category")?.allowed);
    expect(fields.find("a.list.ip")).toMatchObject({ type: "ip", nestedIn: "a.list" });
    expect(fields.find("process.pid")).toBe(ecsFields().find("process.pid"));
    expect(fields.find("acme.when")).toBeUndefined();
    expect(judgeUnknown(fields, "process.Ext.token.integrity")?.severity).toBe("error");
  }); // prettier-ignore

  it("conflict where the stack or two patterns say so, but for kinds of keywords", () => {
    const fields = new FieldCatalog({ lock: LOCK }).for(["logs-endpoint.events.*", "winlogbeat-*"]);
    expect(fields.find("acme.when")).toMatchObject({ type: "date", otherTypes: ["keyword"] });
    expect(fields.find("acme.code")).toMatchObject({ type: "long", otherTypes: ["keyword"] });
    expect(fields.find("process.name")).toEqual({ name: "process.name", type: "keyword", source: "lock", ignoreAbove: 256 });
    expect(fields.find("acme.note")).toMatchObject({ type: "text", exact: "acme.note.exact" });
    expect(fields.find("acme.more.x")).toMatchObject({ type: "keyword", source: "lock" });
  }); // prettier-ignore

  it("do not conflict where it is not known which indices a rule reads", () => {
    const fields = new FieldCatalog({ lock: LOCK }).for(undefined);
    expect(fields.find("acme.code")).toMatchObject({ type: "long" });
    expect(fields.find("acme.code")?.otherTypes).toBeUndefined();
  });

  it("are also those of narrower patterns in the lock", () => {
    const fields = new FieldCatalog({ lock: LOCK }).for(["logs-*"]);
    expect(fields.find("a.list.ip")?.source).toBe("lock");
    expect(fields.find("acme.when")).toBeUndefined();
    expect(judgeUnknown(fields, "process.zzzzz")?.severity).toBe("warning");
    expect(judgeUnknown(fields, "winlog.event_data.LogonType")).toBeUndefined();
  });

  it("are those that the project declares, for the indices that it declares them for", () => {
    const catalog = new FieldCatalog({ custom: CUSTOM });
    expect(catalog.for(["logs-*"]).find("acme.user.id")).toEqual({
      name: "acme.user.id",
      type: "keyword",
      source: "custom",
    });
    expect(catalog.for(["logs-acme-door"]).find("acme.size")?.type).toBe("long");
    expect(catalog.for(["logs-aws*"])).toBe(ecsFields());
    expect(catalog.for(undefined).find("acme.door")).toEqual({
      name: "acme.door",
      type: "keyword",
      source: "custom",
      allowed: ["open", "shut"],
      ignoreAbove: 10,
      array: true,
    });
    expect(catalog.for(["logs-acme-*"]).closed).toBe(false);
    expect(judgeUnknown(catalog.for(["logs-acme-*"]), "acme.usr.id")?.help).toBe(
      'did you mean "acme.user.id"?',
    );
    expect(judgeUnknown(catalog.for(["logs-acme-*"]), "acme.other")).toBeUndefined();
  });

  it("declared go over those that the stack maps, and these over ECS", () => {
    const fields = new FieldCatalog({ lock: LOCK, custom: CUSTOM }).for(["winlogbeat-*"]);
    expect(fields.find("acme.code")).toEqual({ name: "acme.code", type: "integer", source: "custom" });
    expect(fields.find("event.category")).toMatchObject({ type: "wildcard", source: "custom", array: true });
    expect(fields.closed).toBe(true);
    const all = new FieldCatalog({ custom: { "acme.any": "ip" } });
    expect(all.for(["x"]).find("acme.any")?.type).toBe("ip");
    expect(all.for(undefined).find("acme.any")?.type).toBe("ip");
  });

  it("are named once each, and are made once for the rules that share them", () => {
    const catalog = new FieldCatalog({ lock: LOCK, custom: CUSTOM });
    const fields = catalog.for(["winlogbeat-*"]);
    const names = [...fields.names()];
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("process.pid");
    expect(names).toContain("acme.when");
    expect(catalog.for(["winlogbeat-7*", "-x"])).toBe(fields);
    expect(catalog.for(["winlogbeat-*", "logs-aws*"])).not.toBe(fields);
  });
});
