import { type Path, toPointer } from "../diagnostics/index.js";
import type { Overlay } from "../rule/index.js";
import type { ConfiguredEnvironment } from "./connection.js";
import { selector } from "./select.js";

type ConfiguredSpace = Exclude<ConfiguredEnvironment["spaces"][number], string>;

/** What an environment says about the rules of all its spaces. */
export function environmentOverlays(environment: ConfiguredEnvironment, base: Path, file: string): Overlay[] {
  return overlaysIn(environment, base, file, `environment "${String(base.at(-1))}"`);
}

/** What a space says about its rules. */
export function spaceOverlays(space: ConfiguredSpace, base: Path, file: string): Overlay[] {
  return overlaysIn(space, base, file, `space "${space.id}"`);
}

type Configured = Pick<ConfiguredSpace, "add" | "overlays" | "remove" | "set">;

/** First what holds for all rules, then the overlays of some, in their order. */
function overlaysIn(
  { set, add, remove, overlays }: Configured,
  base: Path,
  file: string,
  what: string,
): Overlay[] {
  const ofAll = { ...(set && { set }), ...(add && { add }), ...(remove && { remove }) };
  const some = (overlays ?? []).map((overlay, i) => ({ ...overlay, path: [...base, "overlays", i] }));
  const all = Object.keys(ofAll).length === 0 ? [] : [{ ...ofAll, path: base, rules: undefined }];
  return [...all, ...some].map((overlay) => ({
    target: { file, pointer: toPointer(overlay.path) },
    what,
    takes: overlay.rules === undefined ? () => true : selector(overlay.rules),
    set: overlay.set ?? {},
    add: overlay.add ?? {},
    remove: overlay.remove ?? {},
  }));
}
