/** A project in memory, an embedded Kibana in the process, and deploying between them. */
import {
  apply,
  type ApplyOptions,
  desiredSpaces,
  listSnapshots,
  type Plan,
  planEnvironment,
  type Policy,
  readPlan,
  readSnapshot,
  rollbackEnvironment,
  writePlan,
} from "../../../src/deploy/index.js";
import { createKibana, type Fault, type Kibana, type KibanaOptions } from "../../../src/emulator/index.js";
import { createClient } from "../../../src/kibana/client.js";
import { fetchTransport } from "../../../src/kibana/transport.js";
import { loadProject, spacesOf } from "../../../src/project/index.js";
import { fakeClock } from "../../kibana/client/support.js";
import { type Session, session } from "../../support/kibana.js";
import { memoryHost } from "../../support/memory-host.js";
import { diskFull, MemoryFiles } from "../../support/run-files.js";
import { type Deed, DEEDS, type Doing, type Others } from "./deeds.js";
import { filesOf, PROJECT, type ProjectSpec, SECRET } from "./project.js";
import { prefixOf, type State, stateOf } from "./state.js";

const MOMENT = { kdac: "test", now: 0 };

export class World {
  readonly kibana: Kibana;
  readonly api: Session;
  readonly disk = new MemoryFiles();
  readonly done: Others = { analysts: new Set(), notes: new Map() };
  /** All that was said or written: no secret may be in it. */
  readonly said: string[] = [];

  constructor(options: KibanaOptions) {
    let second = Date.parse("2026-01-01T00:00:00Z") / 1000;
    let n = 0;
    this.kibana = createKibana({
      now: () => new Date(1000 * second++),
      uuid: () => `00000000-0000-4000-8000-${String(n++).padStart(12, "0")}`,
      spaces: ["soc"],
      ...options,
    });
    this.api = session(this.kibana, `ApiKey ${this.kibana.apiKey}`);
  }

  #client() {
    return createClient({
      url: "http://localhost:5601",
      auth: { apiKey: this.kibana.apiKey },
      clock: fakeClock(),
      random: () => 0,
      version: "test",
      transport: fetchTransport((request) => this.kibana.fetch(request)),
    });
  }

  /** Does what others do in Kibana. */
  async others(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) {
      const analysts = new Set<string>();
      const doing: Doing = { api: this.api, prefix: prefixOf(deed.space), analysts, notes: this.done.notes };
      await DEEDS[deed.kind](doing, deed);
      for (const name of analysts) this.done.analysts.add(`${deed.space}/${name}`);
      if (deed.kind === "deleteRule") this.done.analysts.delete(`${deed.space}/${deed.rule}`);
    }
  }

  state(): Promise<State> {
    return stateOf(this.api);
  }

  /** A fresh plan, as it comes back from its file; undefined where Kibana did not let it be made. */
  async plan(spec: ProjectSpec, policy: Omit<Policy, "project">): Promise<Plan | undefined> {
    const project = loadProject(memoryHost(filesOf(spec)), { cwd: "/project" });
    const { plan, diagnostics } = await planEnvironment({
      environment: "test",
      configFile: "kdac.config.yml",
      spaces: desiredSpaces(project, spacesOf(project, "test")),
      policy: { project: PROJECT, ...policy },
      connect: () => this.#client(),
    });
    this.said.push(JSON.stringify(diagnostics));
    if (plan === undefined) return undefined;
    const text = writePlan(plan, MOMENT);
    this.said.push(text);
    const read = readPlan(text, "plan.json", MOMENT);
    if (read.plan === undefined) throw new Error(JSON.stringify(read.diagnostics));
    return read.plan;
  }

  async apply(plan: Plan, more: Partial<ApplyOptions> = {}): Promise<void> {
    const options: ApplyOptions = {
      client: this.#client(),
      files: this.disk,
      env: { SLACK_URL: SECRET },
      ...more,
    };
    const { result, diagnostics } = await apply(plan, options);
    this.said.push(JSON.stringify(result ?? null), JSON.stringify(diagnostics));
  }

  /** Takes back what the newest snapshot was taken for. */
  async rollback(): Promise<void> {
    const [name] = await listSnapshots(this.disk, "test");
    if (name === undefined) return;
    const { snapshot } = await readSnapshot(this.disk, name);
    const { plan } = await rollbackEnvironment({
      snapshot: snapshot!,
      name,
      configFile: "kdac.config.yml",
      connect: () => this.#client(),
      overwriteDrift: false,
    });
    this.said.push(writePlan(plan!, MOMENT));
    await this.apply(plan!);
  }

  /** Lets the disk of `.kdac/` take so many writes more; any number when undefined. */
  leaveRoom(writes: number | undefined): void {
    let room = writes ?? Number.POSITIVE_INFINITY;
    this.disk.refuse = () => {
      if (room-- <= 0) diskFull();
    };
  }

  async withFaults(faults: readonly Fault[], what: () => Promise<void>): Promise<void> {
    this.kibana.setFaults(faults);
    await what();
    this.kibana.setFaults([]);
  }
}
