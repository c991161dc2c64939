/** What a start of the command line costs over an empty Node process. Run after `npm run build`. */
import { join } from "node:path";
import { line, measure } from "./measure.js";

const cli = join(import.meta.dirname, "../../dist/kdac.js");
const empty = measure(["-e", ""], { runs: 11 });
console.log(line("empty Node", empty, empty));
for (const args of [["--version"], ["--help"], ["validate", "--help"], ["explain"]])
  console.log(line(`kdac ${args.join(" ")}`, measure([cli, ...args], { runs: 11 }), empty));
