import { posix } from "node:path";
import { markOf } from "../deploy/form/mark.js";
import { finishedValues } from "../deploy/form/value-progress.js";
import type { LiveValues } from "../deploy/live/actual.js";
import { planValueList } from "../deploy/plan/value-list.js";
import type { Json } from "../json/index.js";
import type { ValueList } from "../project/value-list.js";
import { textDocument } from "../project/values-text.js";
import { type LocatedDocument, merge, parseDocument } from "../yaml/index.js";
import type { Around } from "./pull-around.js";
import type { PulledObject } from "./pull-model.js";
import { digestIn, named, type Standing, standingOf } from "./pull-standing.js";
import { fileText, ORDERS, STYLES } from "./text.js";
import { dataWithValues, textWithValues } from "./values-edit.js";

/** A list with more values gets a text file for them: nobody reviews more lines of YAML. */
const MOST_IN_YAML = 1_000;

/** Pulls value lists: those of the project where they drifted, and with `--all` every one of the space. */
export function pullValueLists(around: Around): void {
  const { actual, project, selection } = around.options;
  for (const [id, live] of actual.valueLists ?? []) {
    const own = project.valueLists.get(id);
    const isNew = own === undefined;
    if (isNew && (selection.kind !== "all" || isOfAnother(live, project.settings.name))) continue;
    if ((isNew || own.broken) && around.isBarred("value-list", id, live.list.name)) continue;
    if (isNew) pullNewValues(around, live);
    else if (live.values !== undefined) pullIntoValuesFile(around, own, live);
  }
}

function isOfAnother({ list }: LiveValues, project: string): boolean {
  const mark = markOf(list["meta"]);
  return mark !== undefined && mark.project !== project;
}

/** Writes the file of a list that has none; many values stand in a text file beside it. */
function pullNewValues(around: Around, { list, values = [] }: LiveValues): void {
  const { id, name, type, description } = list;
  const folder = posix.join(around.options.out, "_shared", "values");
  const file = around.places.take({ folder, name, id, kind: "values" });
  const isLong = values.length > MOST_IN_YAML;
  const text = file.replace(/\.yml$/, ".txt");
  const authored = {
    id,
    name,
    ...(typeof description === "string" && description.trim() !== "" ? { description } : {}),
    type,
    ...(isLong ? { file: posix.basename(text) } : { values }),
  };
  const written = parseDocument(
    fileText("values", authored, around.options.schemaLine(file, "values")),
    file,
  );
  const beside = isLong ? [textDocument(textWithValues("", values), text)] : [];
  around.settle({ ...objectOf(id, name, file), action: "create" }, written, ...beside);
}

/** Takes the values that the space has, and the list's name and description, into its file. */
function pullIntoValuesFile(around: Around, own: ValueList, read: LiveValues): void {
  const { project, selection, space } = around.options;
  // What an apply that was cut off had still to remove is no value that somebody wants.
  const values = finishedValues(read.list["meta"], read.values ?? [], own.values);
  const live = { ...read, values };
  const policy = { project: project.settings.name, adopt: true, overwriteDrift: true };
  const change = planValueList(own, read, space.id, policy);
  const standing = standingOf(change, live.list["meta"], () => digestIn(change), policy);
  const object = objectOf(own.id, own.name, own.file);
  if (selection.kind === "drifted" && (standing.is === "same" || standing.is === "file-changed")) return;
  if (standing.is === "same") return around.settle(object);
  if (live.list.type !== own.type) {
    const params = { name: own.id, type: own.type, live: live.list.type };
    around.about({ file: own.file }, "pull/value-list-type", params);
    return around.settle({ ...object, action: "refused" });
  }
  const untouched = reasonToLeave(around, own, standing);
  if (untouched !== undefined) return around.settle({ ...object, action: untouched });
  const { documents, taken } = edited(around, own, live, standing.fields);
  const left = standing.fields.filter((field) => !taken.includes(field));
  if (left.length > 0)
    around.about({ file: own.file }, "pull/value-list-text", { name: own.id, fields: named(left) });
  if (taken.length === 0) return around.settle({ ...object, action: "kept" });
  around.settle({ ...object, action: "update", fields: taken }, ...documents);
}

/** Why nothing is taken into the file, which a finding says too; undefined where it is. */
function reasonToLeave(
  around: Around,
  { id, file }: ValueList,
  { is, fields }: Standing,
): "kept" | "refused" | undefined {
  const { force, selection } = around.options;
  const params = { kind: "value list", name: id, fields: named(fields) };
  if (is === "space-changed" || force) return undefined;
  if (is === "unknown" && selection.kind !== "drifted") return undefined;
  if (is === "both-changed") {
    around.about({ file }, "pull/both-changed", params);
    return "refused";
  }
  around.about({ file }, is === "unknown" ? "pull/not-ours" : "pull/file-ahead", params);
  return "kept";
}

/** The files of a list with these fields as the space has them. A text file that is a list by itself has place for values alone. */
function edited(
  around: Around,
  { file, document }: ValueList,
  { list, values = [] }: LiveValues,
  fields: readonly string[],
): { readonly documents: readonly LocatedDocument[]; readonly taken: readonly string[] } {
  const data = document.data as Json | undefined;
  if (data === undefined) {
    if (!fields.includes("values")) return { documents: [], taken: [] };
    return { documents: [textDocument(textWithValues(document.text, values), file)], taken: ["values"] };
  }
  const about = Object.fromEntries(
    ["name", "description"].filter((field) => fields.includes(field)).map((field) => [field, list[field]]),
  );
  const beside = data["file"];
  const own = fields.includes("values") && beside === undefined ? dataWithValues(data, values) : data;
  const style = { order: ORDERS.values, emitOptions: STYLES.values };
  const yaml = parseDocument(merge(document, { ...own, ...about }, style), file);
  const documents = yaml.text === document.text ? [] : [yaml];
  if (typeof beside === "string" && fields.includes("values")) {
    const path = posix.join(posix.dirname(file), beside);
    const { text } = around.options.project.documents.get(path)!;
    documents.push(textDocument(textWithValues(text, values), path));
  }
  return { documents, taken: fields };
}

function objectOf(id: string, name: string, file: string): PulledObject {
  return { kind: "value-list", id, name, file, action: "unchanged", fields: [] };
}
