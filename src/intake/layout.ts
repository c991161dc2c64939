import type { Json } from "../json/index.js";
import { createHash } from "node:crypto";
import type { SourceOrigin } from "../bundle/sources/index.js";
import { folderName, kebab } from "./file-name.js";
import type { Layout } from "./model.js";
import { platformOf } from "./platform.js";

/** Deeper folders are not mirrored: projects are searched to a depth of 32. */
const DEEPEST = 16;

/**
 * The folder of a rule below the folder that is imported to; empty for that one itself. The source decides it, and nothing in
 * the source can make it lead elsewhere.
 *
 * @param from for the layout `mirror`: the folder that the rule was in, in the source
 */
export function folderOf(rule: Json, layout: Layout, from: string): string {
  switch (layout) {
    case "by-os":
      return platformOf(rule);
    case "by-tactic":
      return tacticOf(rule);
    case "flat":
      return "";
    case "mirror":
      return mirrored(from);
  }
}

/** The folder that something was in: below the file's own folder those of the archive. */
export function sourceFolder({ file, path = "" }: SourceOrigin): string {
  return [folder(file), folder(path)].join("/");
}

const folder = (path: string): string => path.split(/[\\/]/).slice(0, -1).join("/");

function mirrored(from: string): string {
  const segments = from.split(/[\\/]/).filter((segment) => !/^\.*$/.test(segment));
  return segments
    .slice(0, DEEPEST)
    .map((segment) => folderName(segment) || createHash("sha256").update(segment).digest("hex").slice(0, 8))
    .join("/");
}

/** The first tactic: rules name first what they are about. */
function tacticOf({ threat }: Json): string {
  const first = Array.isArray(threat) ? (threat[0] as Json | null) : undefined;
  const { name } = (first?.["tactic"] ?? {}) as { name?: unknown };
  return (typeof name === "string" ? kebab(name) : "") || "no-tactic";
}
