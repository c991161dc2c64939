import { changeBlockList, changeBlockMapping } from "./block.js";
import { changeFlowList, changeFlowMapping } from "./flow.js";
import { replace } from "./replace.js";
import type { Changes } from "./session.js";

/** How values are changed: lists and mappings by the way they are written. */
export const changes: Changes = {
  mapping: (session, node, ...rest) =>
    (node.flow ? changeFlowMapping : changeBlockMapping)(session, node, ...rest),
  list: (session, node, ...rest) => (node.flow ? changeFlowList : changeBlockList)(session, node, ...rest),
  replace,
};
