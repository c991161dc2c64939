import { bundleLists, type Project } from "../../project/index.js";
import { matchesRange } from "../../rule/index.js";
import { listKey } from "../desired/desired.js";
import { itemKey } from "../live/keys.js";
import { InvalidFiles } from "./invalid-files.js";
import type { Files } from "./orphans.js";

/** What a project has files for, wherever it goes: a plan for some of its spaces makes no orphans of the rest. */
export function filesOf(project: Project): Files {
  const withheld = project.rules.filter(({ source: { authored } }) => {
    const { stack } = authored;
    return stack !== undefined && matchesRange(project.settings.stack, stack) === false;
  });
  const shared = bundleLists(project).filter(({ list }) => list["namespace_type"] === "agnostic");
  return {
    invalid: new InvalidFiles(project.invalid),
    withheldRules: new Set(withheld.map(({ source }) => source.authored.rule_id)),
    agnostic: new Set(
      shared.flatMap(({ list, items }) => [
        listKey({ list_id: list.list_id, namespace_type: "agnostic" }),
        ...items.map((item) => itemKey({ item_id: item.item_id, namespace_type: "agnostic" })),
      ]),
    ),
  };
}
