export type { Host } from "./host.js";
export { nodeHost } from "./node-host.js";
export { type LoadOptions, loadProject } from "./load.js";
export type { Declared, Fragment, LoadedRule, Project, ProjectFields } from "./project.js";
export type { DeclaredKind, InvalidFile } from "./invalid-files.js";
export type { ValueList } from "./value-list.js";
export { CONFIG_FILE, LocationError } from "./root.js";
export { type Settings, withSeverities } from "./settings.js";
export { compileContext, compileProject, type CompileOptions } from "./compile.js";
export { isPruned } from "./prune.js";
export type { ConfiguredEnvironment } from "./connection.js";
export {
  configuredEnvironment,
  type Environment,
  resolveEnvironment,
  type SpaceSettings,
  spacesOf,
} from "./environment.js";
export { isOfStack, rulesOf, selectable, SpaceCompiler } from "./space.js";
export { selector } from "./select.js";
export { bundleConnectors, bundleLists, bundleRules } from "./bundle.js";
