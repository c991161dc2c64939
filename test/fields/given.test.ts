import { describe, expect, it } from "vitest";
import { ecsFields, type FieldsInput, fieldsOf } from "../../src/fields/index.js";

describe("descriptions of fields", () => {
  it.each<readonly [what: string, input: FieldsInput]>([
    ["types by name", { "a.b": "keyword", n: "long" }],
    ["fields by name", { "a.b": { type: "keyword" }, n: { type: "long" } }],
    ["fields of a data view", { "a.b": { type: "string", esTypes: ["keyword"] }, n: { type: "number", esTypes: ["long"] } }],
    ["a list", [{ name: "a.b", type: "keyword" }, { name: "n", type: "long" }]],
    ["a mapping", { properties: { a: { properties: { b: { type: "keyword" } } }, n: { type: "long" } } }],
    ["the mapping of an index", { mappings: { properties: { "a.b": { type: "keyword" }, n: { type: "long" } } } }],
    ["a mapping with its settings", { dynamic: "strict", properties: { "a.b": { type: "keyword" }, n: { type: "long" } } }],
    ["a mapping with dots", { properties: { "a.b": { type: "keyword" }, n: { type: "long" } } }],
  ])("%s", (_, input) => {
    const fields = fieldsOf(input);
    expect(fields.find("a.b")).toEqual({ name: "a.b", type: "keyword", source: "given" });
    expect(fields.find("n")).toEqual({ name: "n", type: "long", source: "given" });
    expect(fields.find("c")).toBeUndefined();
    expect(fields.closed).toBe(true);
    expect([...fields.names()].sort()).toEqual(["a.b", "n"]);
  }); // prettier-ignore

  it("come back as they are where they are fields already", () => {
    expect(fieldsOf(ecsFields())).toBe(ecsFields());
  });

  it("take a field that is called properties for what it is", () => {
    expect(fieldsOf({ properties: "keyword" }).find("properties")?.type).toBe("keyword");
    expect(fieldsOf({ properties: { type: "keyword" } }).find("properties")?.type).toBe("keyword");
    expect(fieldsOf({ properties: { type: { type: "keyword" } } }).find("type")?.type).toBe("keyword");
  });

  it("tell several types of one field", () => {
    expect(fieldsOf({ a: { type: "conflict", esTypes: ["long", "keyword"] } }).find("a")).toEqual({
      name: "a",
      type: "long",
      otherTypes: ["keyword"],
      source: "given",
    });
  });

  it("tell what is nested", () => {
    const view = fieldsOf({ "n.a": { type: "string", subType: { nested: { path: "n" } } } });
    expect(view.find("n.a")?.nestedIn).toBe("n");
    const mapping = fieldsOf({
      properties: {
        n: { type: "nested", properties: { a: { type: "ip" }, m: { type: "nested", properties: { b: { type: "ip" } } } } },
      },
    });
    expect(mapping.find("n")).toEqual({ name: "n", type: "nested", source: "given" });
    expect(mapping.find("n.a")?.nestedIn).toBe("n");
    expect(mapping.find("n.m")?.nestedIn).toBe("n");
    expect(mapping.find("n.m.b")?.nestedIn).toBe("n.m");
    const list = fieldsOf({ n: "nested", "n.a": "ip", "nn.a": "ip" });
    expect(list.find("n.a")?.nestedIn).toBe("n");
    expect(list.find("nn.a")?.nestedIn).toBeUndefined();
  }); // prettier-ignore

  it("tell of multi-fields, limits and aliases", () => {
    const fields = fieldsOf({
      properties: {
        message: { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } },
        msg: { type: "alias", path: "message.keyword" },
        lost: { type: "alias", path: "nowhere" },
        plain: { type: "text" },
      },
    });
    expect(fields.find("message")).toEqual({
      name: "message",
      type: "text",
      source: "given",
      exact: "message.keyword",
    });
    expect(fields.find("message.keyword")).toMatchObject({ type: "keyword", ignoreAbove: 256 });
    expect(fields.find("msg")).toEqual({
      name: "msg",
      type: "keyword",
      source: "given",
      ignoreAbove: 256,
      aliasOf: "message.keyword",
    });
    expect(fields.find("lost")).toBeUndefined();
    expect(fields.find("plain")?.exact).toBeUndefined();
    expect(fieldsOf({ a: "text", "a.raw": "keyword" }).find("a")?.exact).toBe("a.raw");
  });

  it("tell what an alias stands for, whatever the order, and that it is nested where that is", () => {
    const fields = fieldsOf({
      properties: {
        second: { type: "alias", path: "first" },
        first: { type: "alias", path: "n.a" },
        third: { type: "alias", path: "first" },
        self: { type: "alias", path: "self" },
        n: { type: "nested", properties: { a: { type: "ip" } } },
      },
    });
    expect(fields.find("first")).toMatchObject({ aliasOf: "n.a", nestedIn: "n", type: "ip" });
    expect(fields.find("third")?.aliasOf).toBe("n.a");
    // Elasticsearch takes no alias of an alias, so that it does not matter where such ones lead.
    expect(fields.find("second")?.aliasOf).toBeUndefined();
    expect(fields.find("self")).toBeUndefined();
  });

  it("tell how values are indexed", () => {
    const properties = {
      a: { type: "text", index_options: "freqs" },
      b: { type: "match_only_text", index_options: "docs" },
      c: { type: "text", index_options: "positions" },
      d: { type: "keyword", index_options: "docs" },
      e: { type: "keyword", normalizer: "lowercase" },
      f: { type: "text", fields: { low: { type: "keyword", normalizer: "lowercase" } } },
      g: {
        type: "text",
        fields: { low: { type: "keyword", normalizer: "lowercase" }, raw: { type: "keyword" } },
      },
    };
    for (const fields of [fieldsOf({ properties }), fieldsOf(properties)]) {
      expect(["a", "b", "c", "d"].map((name) => fields.find(name)?.positions)).toEqual([
        false,
        false,
        undefined,
        undefined,
      ]);
      expect(fields.find("e")?.normalizer).toBe("lowercase");
    }
    const fields = fieldsOf({ properties });
    expect(fields.find("f.low")?.normalizer).toBe("lowercase");
    expect(fields.find("f")?.exact).toBeUndefined();
    expect(fields.find("g")?.exact).toBe("g.raw");
  });

  it("hold the keys of flattened fields, and each document's own fields", () => {
    const fields = fieldsOf({ f: "flattened", o: "object" });
    expect(fields.find("f.a.b")).toEqual({ name: "f.a.b", type: "keyword", source: "given" });
    expect(fields.find("o.a")).toBeUndefined();
    expect(fields.find("_id")?.source).toBe("metadata");
    expect(fields.find("_nothing")).toBeUndefined();
    expect([...fields.names()]).toEqual(["f", "o"]);
  });

  it("hold objects of which nothing more is said", () => {
    const fields = fieldsOf({
      properties: { o: { type: "object" }, p: { properties: { a: { type: "ip" } } } },
    });
    expect(fields.find("o")?.type).toBe("object");
    expect(fields.find("p")).toBeUndefined();
    expect(fieldsOf({ mappings: "keyword" }).find("mappings")?.type).toBe("keyword");
  });

  it("may be empty", () => {
    for (const input of [{}, [], { properties: {} }]) expect([...fieldsOf(input).names()]).toEqual([]);
  });

  it("know nothing of what every object has", () => {
    for (const name of ["constructor", "__proto__", "toString"])
      expect(fieldsOf({ a: "keyword" }).find(name)).toBeUndefined();
  });
});

it("names of any length are looked up in no time to speak of", () => {
  const fields = fieldsOf({ f: "flattened" });
  expect(fields.find(`f${".a".repeat(500_000)}`)).toBeUndefined();
  expect(fields.find(`f${".a".repeat(400)}`)?.type).toBe("keyword");
  expect(ecsFields().find(`process${".a".repeat(500_000)}`)).toBeUndefined();
});
