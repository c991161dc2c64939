import { explanations, findingsPage } from "../../src/report/explain.js";

/** `docs/findings.md`, from the registry of findings. */
export function findings(): { path: string; text: string } {
  return { path: "docs/findings.md", text: findingsPage(explanations()) };
}
