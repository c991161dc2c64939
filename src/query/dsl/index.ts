/** Elasticsearch's query DSL, as far as Kibana writes it into filters and exceptions, run on events. */
export { compile, type Dsl, type Matcher } from "./compile.js";
export { UnsupportedDsl } from "./unsupported.js";
