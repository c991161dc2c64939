import type { Target } from "../diagnostics/index.js";
import type { OverlayAdditions, OverlayRemovals, RuleOverlay } from "../schema/index.js";

/** What a selector looks at: a rule as its own file has it. */
export interface Selectable {
  /** Path from the root, with forward slashes. */
  readonly file: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** What is different for some rules of an environment or a space. */
export interface Overlay {
  /** The map in the configuration that holds `set`, `add` and `remove`. */
  readonly target: Required<Pick<Target, "file" | "pointer">>;
  /** Who says so, in words: `space "soc-emea"`. */
  readonly what: string;
  takes(rule: Selectable): boolean;
  readonly set: RuleOverlay;
  readonly add: OverlayAdditions;
  readonly remove: OverlayRemovals;
}

/** The lists that an overlay can add to and take from, by the names that they have in the configuration. */
export const EDITABLE = ["tags", "index", "exceptions", "actions"] as const;
export type Editable = (typeof EDITABLE)[number];

/** One change of a list. */
export interface Edit {
  readonly overlay: Overlay;
  readonly add: readonly unknown[];
  readonly remove: readonly string[];
}

/** Which list a field of `set` replaces, so that what was added before it is gone. */
const REPLACES: Readonly<Record<string, Editable>> = {
  tags: "tags", index: "index", data_view_id: "index", exceptions: "exceptions",
  exceptions_list: "exceptions", actions: "actions",
}; // prettier-ignore

/** What the overlays of one rule come to. */
export interface Laid {
  /** By field, the last overlay that sets it. */
  readonly set: ReadonlyMap<string, Overlay>;
  /** By list, the changes after the last overlay that sets it, in order. */
  readonly edits: ReadonlyMap<Editable, readonly Edit[]>;
}

/** Lays overlays over each other: later ones win, and within one `set` comes first, then `remove`, then `add`. */
export function layOver(
  overlays: readonly Overlay[],
  fits: (field: string) => boolean,
  excludes: Readonly<Record<string, string>>,
): Laid {
  const set = new Map<string, Overlay>();
  const edits = new Map<Editable, Edit[]>();
  for (const overlay of overlays) {
    for (const field of Object.keys(overlay.set)) {
      if (!fits(field)) continue;
      const other = excludes[field];
      if (other !== undefined) set.delete(other);
      set.set(field, overlay);
      const list = REPLACES[field];
      if (list !== undefined) edits.delete(list);
    }
    for (const list of EDITABLE) {
      const add = overlay.add[list] ?? [];
      const remove = overlay.remove[list] ?? [];
      if (add.length + remove.length === 0) continue;
      edits.set(list, [...(edits.get(list) ?? []), { overlay, add, remove }]);
    }
  }
  return { set, edits };
}

/** The place of a part of an overlay. */
export function placeIn({ target }: Overlay, ...path: readonly (string | number)[]): Target {
  return { file: target.file, pointer: `${target.pointer}/${path.join("/")}` };
}
