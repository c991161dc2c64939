import { describe, expect, it } from "vitest";
import { decompileList } from "../../../src/rule/decompile/index.js";
import { check } from "../../../src/schema/index.js";
import { emit } from "../../../src/yaml/emit/index.js";
import { parseDocument } from "../../../src/yaml/index.js";

const SERVER = {
  id: "o-1",
  _version: "WzFd",
  tie_breaker_id: "t",
  created_at: "2024-01-01T00:00:00.000Z",
  created_by: "elastic",
  updated_at: "2024-01-01T00:00:00.000Z",
  updated_by: "elastic",
};
const LIST = {
  ...SERVER,
  description: "Hosts from which administrators work.",
  immutable: false,
  list_id: "hosts",
  name: "Trusted hosts",
  namespace_type: "single",
  os_types: [],
  tags: [],
  type: "detection",
  version: 3,
};
const ITEM = {
  ...SERVER,
  comments: [],
  description: "The jump hosts.",
  entries: [{ value: ["jump01"], type: "match_any", operator: "included", field: "host.name" }],
  item_id: "jump",
  list_id: "hosts",
  name: "Jump hosts",
  namespace_type: "single",
  os_types: [],
  tags: [],
  type: "simple",
};

function imported(list: object, ...items: object[]) {
  const { authored, notes } = decompileList(list as typeof LIST, items as (typeof ITEM)[]);
  const document = parseDocument(emit(authored), "a.exceptions.yml");
  expect(document.data).toEqual(authored);
  const codes = notes.map(({ code, params }) => `${code} ${Object.values(params).join(" ")}`);
  return { authored, codes, findings: check("exceptions", document) };
}

describe("exception lists", () => {
  it("lose what Kibana alone writes and what it fills in", () => {
    const { authored, codes, findings } = imported(LIST, ITEM);
    expect(JSON.stringify(authored)).toBe(
      JSON.stringify({
        list_id: "hosts",
        name: "Trusted hosts",
        description: "Hosts from which administrators work.",
        items: [
          {
            item_id: "jump",
            name: "Jump hosts",
            description: "The jump hosts.",
            entries: [{ field: "host.name", type: "match_any", operator: "included", value: ["jump01"] }],
          },
        ],
      }),
    );
    expect(codes).toEqual([]);
    expect(findings).toEqual([]);
  });

  it("keep everything else", () => {
    const list = {
      ...LIST,
      type: "rule_default",
      namespace_type: "agnostic",
      os_types: ["linux"],
      tags: ["t"],
      meta: { a: 1 },
    };
    const entries = [
      {
        entries: [{ field: "trusted", operator: "included", type: "match", value: "true" }],
        field: "p",
        type: "nested",
      },
    ];
    const item = {
      ...ITEM,
      os_types: ["linux"],
      tags: ["u"],
      meta: { b: 1 },
      expire_time: "2030-01-01T00:00:00Z",
      entries,
      comments: [{ comment: "Agreed.", id: "c", created_at: "2024-01-01T00:00:00.000Z", created_by: "a" }],
    };
    expect(imported(list, item)).toEqual({
      authored: {
        list_id: "hosts",
        name: "Trusted hosts",
        description: "Hosts from which administrators work.",
        type: "rule_default",
        namespace_type: "agnostic",
        os_types: ["linux"],
        tags: ["t"],
        meta: { a: 1 },
        items: [
          {
            item_id: "jump",
            name: "Jump hosts",
            description: "The jump hosts.",
            os_types: ["linux"],
            tags: ["u"],
            entries,
            comments: ["Agreed."],
            expire_time: "2030-01-01T00:00:00Z",
            meta: { b: 1 },
          },
        ],
      },
      codes: [],
      findings: [],
    });
  });

  it("of 7.10 have their systems where they are today", () => {
    const { authored, codes } = imported(
      { ...LIST, _tags: ["os:linux", "x"] },
      { ...ITEM, _tags: ["os:macos"], os_types: undefined },
    );
    expect(authored).toMatchObject({ os_types: ["linux"], items: [{ os_types: ["macos"] }] });
    expect(codes).toEqual([]);
  });

  it("name what has no place", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    const { codes } = imported({ ...LIST, x: 1 }, { ...ITEM, y: 2, meta: { deep } });
    expect(codes).toEqual([
      "import/too-deep meta 95",
      "import/cannot-keep y the item jump",
      "import/cannot-keep x the list hosts",
    ]);
  });

  it("take whatever there is without throwing", () => {
    expect(imported({}, {}).authored).toEqual({ items: [{}] });
    expect(imported({ tags: "x" }, { comments: "y", entries: 1 }).authored).toEqual({
      tags: "x",
      items: [{ entries: 1, comments: "y" }],
    });
  });
});
