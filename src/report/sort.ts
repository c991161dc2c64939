import type { Diagnostic } from "../diagnostics/index.js";
import type { Locator, Place } from "./locate.js";

/** A finding with the places that its targets stand for. */
export interface LocatedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly place: Place;
  readonly related: readonly { readonly message: string; readonly place: Place }[];
}

/**
 * The findings in the order of the page: by file, place, code and message, each once. The same findings give the same order
 * whichever check came first.
 */
export function arrange(diagnostics: readonly Diagnostic[], locator: Locator): LocatedDiagnostic[] {
  const located = diagnostics.map((diagnostic) => ({
    diagnostic,
    place: locator.place(diagnostic.target),
    related: (diagnostic.related ?? []).map(({ message, target }) => ({
      message,
      place: locator.place(target),
    })),
  }));
  located.sort(compare);
  return located.filter((entry, i) => i === 0 || compare(entry, located[i - 1]!) !== 0);
}

function compare(a: LocatedDiagnostic, b: LocatedDiagnostic): number {
  return (
    text(a.place.file, b.place.file) ||
    offset(a, "start") - offset(b, "start") ||
    offset(a, "end") - offset(b, "end") ||
    text(a.diagnostic.code, b.diagnostic.code) ||
    text(a.diagnostic.message, b.diagnostic.message) ||
    text(a.diagnostic.severity, b.diagnostic.severity)
  );
}

/** Findings about the whole file come first. */
function offset({ place }: LocatedDiagnostic, edge: "start" | "end"): number {
  return place.position?.range[edge] ?? -1;
}

/** By UTF-16 units, not by locale: the order must not depend on the machine. */
function text(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
