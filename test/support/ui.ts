/** What analysts do in Kibana's pages while nobody deploys. */
import type { Kibana } from "../../src/emulator/index.js";

type Analyst = ReturnType<Kibana["ui"]>;

/** An analyst at work in a space; see `src/emulator/ui/analyst.ts` for what they can do. */
export function ui(kibana: Kibana, space = "default", user = "analyst"): Analyst {
  return kibana.ui(space, user);
}
