export type { Host } from "./host.js";
export { nodeHost } from "./node-host.js";
export { type LoadOptions, loadProject } from "./load.js";
export type { Declared, Fragment, LoadedRule, Project } from "./project.js";
export { CONFIG_FILE, LocationError } from "./root.js";
export { type Settings, withSeverities } from "./settings.js";
export { compileContext, compileProject, type CompileOptions } from "./compile.js";
export { isPruned } from "./prune.js";
