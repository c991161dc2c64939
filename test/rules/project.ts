import { loadProject, nodeHost, type Project } from "../../src/project/index.js";
import { root } from "../support/source-tree.js";

/** The detections of this repository, as every command loads them; no environment variable is set. */
export function detections(overrides: { stack?: string } = {}): Project {
  return loadProject(nodeHost({}), { cwd: root, ...overrides });
}
