import type { Diagnostic } from "../diagnostics/index.js";
import type { Project } from "../project/index.js";
import { render } from "../report/index.js";
import type { Io } from "./io.js";

/** Prints findings for people; nothing where there are none. Returns undefined, for the caller that gives up then. */
export function showFindings(
  io: Io,
  project: Pick<Project, "documents" | "rules">,
  diagnostics: readonly Diagnostic[],
  to: "stdout" | "stderr" = "stdout",
): undefined {
  if (diagnostics.length === 0) return;
  const text = render(
    "pretty",
    { diagnostics, documents: project.documents, rules: project.rules.length },
    io.palette,
  );
  if (to === "stdout") io.out(text);
  else io.err(text);
}
