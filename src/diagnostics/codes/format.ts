import { define, message } from "../define.js";

/** Findings about formatting files. */
export const formatting = define({
  "format/meaning-at-risk": {
    severity: "error",
    message: message`not formatted: ${"reason"}`,
    help: "write the values out instead of using anchors and aliases, then format again",
    why: "Formatting must not change what a file means, nor lose a comment. kdac compares the two before it writes, and leaves a file alone where they differ. Anchors and aliases can be the reason: a value that is moved above its anchor has no value any more.",
    fix: "Write aliased values out. If the file has none, please report it as a bug: the file as it is shows it.",
  },
});
