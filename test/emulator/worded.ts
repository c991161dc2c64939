import type { Flavour } from "../../src/emulator/index.js";

/** Whether a Kibana refuses in zod 4's words, as those from 9.4 on do; it has some other habits of theirs then. */
export function isModern(flavour: Flavour): boolean {
  return flavour === "9.5" || flavour === "serverless";
}
