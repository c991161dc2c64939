import { desiredSpaces } from "../deploy/desired/deployables.js";
import type { Json } from "../json/index.js";
import { type Project, type SpaceSettings, spacesOf } from "../project/index.js";
import { type Objects, objectsOf, type TextsOf } from "./objects.js";
import type { Place, Side } from "./types.js";

/** A revision of a project, compiled: what the files alone say, and what each space gets. */
export interface Revision {
  readonly side: Side;
  readonly files: Objects;
  readonly places: ReadonlyMap<string, { readonly place: Place; readonly objects: Objects }>;
  /** Files with errors, and the rule_ids that they may have had. */
  readonly broken: { readonly files: ReadonlySet<string>; readonly rules: ReadonlySet<string> };
}

/** A space without settings, for what the files say before any overlay. */
const NO_SPACE: SpaceSettings = { id: "", selectors: undefined, overlays: [] };

/** Compiles a project for every space of its environments, or of one of them. */
export function revisionOf(project: Project, side: Side, environment?: string): Revision {
  const textsOf = translationsOf(project);
  const wanted = Object.keys(project.config.environments ?? {}).filter(
    (name) => environment === undefined || name === environment,
  );
  const places = wanted.flatMap((name) =>
    spacesOf(project, name).map((space) => ({ place: { environment: name, space: space.id }, space })),
  );
  const [files, ...desired] = desiredSpaces(project, [NO_SPACE, ...places.map(({ space }) => space)]);
  return {
    side,
    files: objectsOf(files!, textsOf),
    places: new Map(
      places.map(({ place }, i) => [keyOf(place), { place, objects: objectsOf(desired[i]!, textsOf) }]),
    ),
    broken: brokenOf(project),
  };
}

/** A project that was not there yet. */
export function emptyRevision(side: Side): Revision {
  return { side, files: new Map(), places: new Map(), broken: { files: new Set(), rules: new Set() } };
}

function keyOf({ environment, space }: Place): string {
  return JSON.stringify([environment, space]);
}

/** Translations as they are written: whatever language a space gets, those of the others change too. */
function translationsOf(project: Project): TextsOf {
  const byFile = new Map<string, Json>(
    project.rules.map(({ source }) => [
      source.file,
      Object.fromEntries([...source.translations].map(([locale, { authored }]) => [locale, authored])),
    ]),
  );
  return (file) => byFile.get(file) ?? {};
}

function brokenOf(project: Project): Revision["broken"] {
  const errors = project.diagnostics.filter(
    ({ code, severity }) => severity === "error" && code !== "project/no-rules",
  );
  const rules = project.rules.filter(({ broken }) => broken);
  return {
    files: new Set([...errors.map(({ target }) => target.file), ...rules.map(({ source }) => source.file)]),
    rules: new Set(rules.map(({ source }) => source.authored.rule_id)),
  };
}
