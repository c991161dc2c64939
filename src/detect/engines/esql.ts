import { CannotRun } from "../run-error.js";
import type { Engine } from "../run-context.js";

/** kdac cannot run ES|QL, and says so: a rule that was not run has not passed. */
export const esqlEngine: Engine<"esql"> = () => {
  throw new CannotRun("kdac cannot run ES|QL rules on events");
};
