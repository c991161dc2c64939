import { define, invalid, message } from "../define.js";

/** Findings about files as such. */
export const file = define({
  "file/unreadable": {
    ...invalid,
    message: message`cannot read ${"file"}: ${"reason"}`,
    why: "A file that cannot be read is a rule that is not checked and not deployed.",
    fix: "Check that the file exists and that its permissions let you read it.",
  },
});
