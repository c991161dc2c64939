export { finite } from "./arithmetic.js";
export { columnExpr, compile, type Scope } from "./compile.js";
export type { Environment } from "./environment.js";
export { constantExpr, type Expr, folded } from "./expression.js";
export { readAs, widened } from "./implicit.js";
export { binary, fill, ofCells, unary, variadic } from "./map.js";
export { regexpTest, wildcardTest } from "./text-patterns.js";
