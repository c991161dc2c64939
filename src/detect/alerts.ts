import { DocumentIndex } from "./store/document-index.js";
import type { IndexMapping } from "./store/mappings.js";
import type { Alert } from "./types.js";

/** The alerts of a space, by uuid. They live on between runs. */
export class Alerts {
  readonly #byUuid = new Map<string, Alert>();
  /** Uuids by the group that suppression put an alert in. */
  readonly #byGroup = new Map<string, string[]>();
  /** The index that rules on alerts search. */
  readonly index: DocumentIndex;

  constructor(mapping: IndexMapping) {
    this.index = new DocumentIndex(".internal.alerts-security.alerts-default-000001", mapping, {
      aliases: [".alerts-security.alerts-default"],
    });
  }

  get all(): Alert[] {
    return [...this.#byUuid.values()];
  }

  has(uuid: string): boolean {
    return this.#byUuid.has(uuid);
  }

  get(uuid: string): Alert | undefined {
    return this.#byUuid.get(uuid);
  }

  /** Writes an alert, in place of the one with its uuid. */
  put(uuid: string, alert: Alert): void {
    const group = alert["kibana.alert.instance.id"];
    if (typeof group === "string" && !this.#byUuid.has(uuid)) {
      const uuids = this.#byGroup.get(group);
      if (uuids === undefined) this.#byGroup.set(group, [uuid]);
      else uuids.push(uuid);
    }
    this.#byUuid.set(uuid, alert);
    this.index.put(uuid, alert);
  }

  /** The alerts of a group, oldest first. */
  ofGroup(group: string): Alert[] {
    return (this.#byGroup.get(group) ?? []).map((uuid) => this.#byUuid.get(uuid)!);
  }

  close(uuids: Iterable<string>): void {
    for (const uuid of uuids) {
      const alert = this.#byUuid.get(uuid);
      if (alert !== undefined) this.put(uuid, { ...alert, "kibana.alert.workflow_status": "closed" });
    }
  }
}
