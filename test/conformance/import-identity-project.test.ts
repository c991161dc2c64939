/** Whole exports as projects: their rules, exception lists and connectors load, have no errors, and compile back to the export. */
import { expect, it } from "vitest";
import { bundleConnectors, bundleLists, compileProject, loadProject } from "../../src/project/index.js";
import { loadAttack } from "../../src/attack/index.js";
import { validate } from "../../src/lint/index.js";
import {
  decompileConnector,
  decompileList,
  decompileRule,
  normalise,
} from "../../src/rule/decompile/index.js";
import { emit } from "../../src/yaml/emit/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { memoryHost } from "../support/memory-host.js";

type Fields = Record<string, unknown>;

interface Export {
  readonly rules: Fields[];
  readonly lists: Fields[];
  readonly items: Fields[];
  readonly connectors: (Fields & { attributes: Fields })[];
}

function read(text: string): Export {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const objects = lines.map((line) => JSON.parse(line) as Fields);
  return {
    rules: objects.filter((one) => "rule_id" in one),
    items: objects.filter((one) => "item_id" in one),
    lists: objects.filter((one) => "list_id" in one && !("item_id" in one)),
    connectors: objects.filter((one) => "attributes" in one) as Export["connectors"],
  };
}

/** The export's files, in a project of their own. */
function project({ rules, lists, items, connectors }: Export) {
  const names = new Map(connectors.map(({ id, attributes }) => [id as string, attributes["name"] as string]));
  const known = new Set(lists.map(({ list_id }) => list_id as string));
  const context = {
    attack: loadAttack("19.0"),
    locale: "en",
    listReference: ({ list_id }: Fields) => (known.has(list_id as string) ? (list_id as string) : undefined),
    connectorName: (id: string) => names.get(id),
  };
  const files = [
    ...rules.map((rule, i) => [`${i}.rule.yml`, decompileRule(rule, context).authored] as const),
    ...lists.map((list, i) => {
      const own = items.filter(({ list_id }) => list_id === list["list_id"]);
      return [`${i}.exceptions.yml`, decompileList(list, own).authored] as const;
    }),
    ...connectors.map((one, i) => [`${i}.connector.yml`, decompileConnector(one).authored] as const),
  ];
  const literal = new Set(["query", "threat_query"]);
  const host = memoryHost({
    "/p/kdac.config.yml": "name: p\n",
    ...Object.fromEntries(files.map(([name, authored]) => [`/p/rules/${name}`, emit(authored, { literal })])),
  });
  return loadProject(host, { cwd: "/p", paths: [] });
}

function byId(values: readonly Fields[], id: string): Fields[] {
  return [...values].sort((a, b) => String(a[id]).localeCompare(String(b[id])));
}

const SERVER = ["id", "_version", "tie_breaker_id", "immutable", "version"];

/** A list or an item without what Kibana alone writes, and without the empty lists that it fills in. */
function stored(value: Fields): Fields {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([field, inner]) =>
        !SERVER.includes(field) &&
        !/^(?:created|updated)_/.test(field) &&
        !(Array.isArray(inner) && inner.length === 0),
    ),
  );
}

/** The rule with the connectors' ids as the project has them: ids of before 8.0 cannot be given to a new connector. */
function withIds(rule: Fields, ids: ReadonlyMap<unknown, string>): Fields {
  const actions = rule["actions"] as Fields[];
  return {
    ...rule,
    actions: actions.map((action) => ({ ...action, id: ids.get(action["id"]) ?? action["id"] })),
  };
}

describeConformance("exports as projects", "ndjson", (folder) => {
  const files = conformanceFiles(folder, ".ndjson").map(({ name, text }) => ({ name, given: read(text) }));

  it.each(files)("$name", ({ given }) => {
    const loaded = project(given);
    const { diagnostics } = validate(loaded);
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual(
      [],
    );

    const connectors = bundleConnectors(loaded);
    expect(
      byId(
        connectors.map((one) => ({ ...one, id: undefined })),
        "name",
      ),
    ).toEqual(
      byId(
        given.connectors.map(({ attributes }) => connectorOf(attributes)),
        "name",
      ),
    );
    const ids = new Map(
      given.connectors.map(({ id, attributes }) => [
        id,
        connectors.find(({ name }) => name === attributes["name"])!.id,
      ]),
    );

    const rules = compileProject(loaded).map(({ rule }) => normalise(rule as unknown as Fields));
    const expected = given.rules.map((rule) => withIds(normalise(rule), ids));
    expect(byId(rules, "rule_id")).toEqual(byId(expected, "rule_id"));

    const lists = bundleLists(loaded);
    expect(
      byId(
        lists.map(({ list }) => stored({ ...list })),
        "list_id",
      ),
    ).toEqual(byId(given.lists.map(stored), "list_id"));
    expect(
      byId(
        lists.flatMap(({ items }) => items.map((item) => stored({ ...item }))),
        "item_id",
      ),
    ).toEqual(byId(given.items.map(stored), "item_id"));
  });
});

function connectorOf({ name, actionTypeId, config, isMissingSecrets }: Fields): Fields {
  return { id: undefined, name, connector_type_id: actionTypeId, config, needsSecrets: isMissingSecrets };
}
