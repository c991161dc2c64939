import { type Diagnostic, report } from "../../diagnostics/index.js";
import { isJson, parseJson } from "../../json/index.js";
import type { Seen } from "../apply/look.js";
import { ignoreByGit, type RunFiles, writeWhole } from "../journal/files.js";
import { isRunOf } from "../journal/name.js";
import { bundleOf } from "./bundle.js";
import { problemOfObject } from "./shape.js";
import { type Snapshot, SNAPSHOT_VERSION } from "./types.js";

const FOLDER = "snapshots";

/**
 * Writes a snapshot: `snapshot.json`, from which `rollback` goes back, and for each space a bundle that can be imported by
 * hand. In pieces, because a large estate is no text that fits in one string.
 *
 * @throws RunFilesError when it cannot be written
 */
export async function writeSnapshot(
  files: RunFiles,
  name: string,
  snapshot: Snapshot,
  seen: ReadonlyMap<string, Seen>,
): Promise<void> {
  await ignoreByGit(files);
  for (const [space, state] of seen) {
    const bundle = bundleOf(state);
    if (bundle !== undefined)
      await writeWhole(files, `${FOLDER}/${name}/${fileNameOf(space)}.ndjson`, [bundle]);
  }
  // Last, so that a snapshot that was cut off has none and is not taken for a whole one.
  await writeWhole(files, `${FOLDER}/${name}/snapshot.json`, piecesOf(snapshot));
}

function* piecesOf({ spaces, ...head }: Snapshot): Generator<string> {
  yield `${JSON.stringify(head, undefined, 2).replace(/\n\}$/, "")},\n  "spaces": [`;
  for (const [i, space] of spaces.entries())
    yield `${i === 0 ? "" : ","}\n${JSON.stringify(space, undefined, 2)}`;
  yield "\n  ]\n}\n";
}

/** The names of an environment's snapshots, newest first. */
export async function listSnapshots(files: RunFiles, environment: string): Promise<string[]> {
  return (await files.list(FOLDER))
    .filter((name) => isRunOf(name, environment))
    .sort()
    .toReversed();
}

/** Reads the snapshot of this name. One that is cut or of another form is a finding. */
export async function readSnapshot(
  files: RunFiles,
  name: string,
): Promise<{ snapshot?: Snapshot; diagnostics: Diagnostic[] }> {
  const file = `.kdac/${FOLDER}/${name}/snapshot.json`;
  const broken = (problem: string): { diagnostics: Diagnostic[] } => ({
    diagnostics: [report("deploy/broken-snapshot", { problem }, { file })],
  });
  let text: string;
  try {
    text = await files.read(`${FOLDER}/${name}/snapshot.json`);
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
  const value = parseJson(text);
  if (!isJson(value)) return broken("it is not JSON");
  if (typeof value["version"] === "number" && value["version"] !== SNAPSHOT_VERSION)
    return broken(`this version of kdac does not know its form ${value["version"]}`);
  const problem = problemOf(value);
  return problem === undefined
    ? { snapshot: value as unknown as Snapshot, diagnostics: [] }
    : broken(problem);
}

function problemOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const missing = ["version", "taken_at", "project", "environment", "url", "plan", "spaces"].find(
    (key) => value[key] === undefined,
  );
  if (missing !== undefined) return `"${missing}" is missing`;
  const { spaces } = value;
  if (!Array.isArray(spaces)) return '"spaces" is no list';
  for (const space of spaces) {
    if (!isJson(space) || typeof space["space"] !== "string" || !Array.isArray(space["objects"]))
      return 'an entry of "spaces" is not one of a snapshot';
    for (const object of space["objects"]) {
      const problem = problemOfObject(object);
      if (problem !== undefined) return `an object of space "${space["space"]}" ${problem}`;
    }
  }
  return undefined;
}

/** Space ids have letters, digits, `_` and `-`; whatever else one may have is no part of a path. */
function fileNameOf(space: string): string {
  return space.replace(/[^\w-]/g, "_");
}
