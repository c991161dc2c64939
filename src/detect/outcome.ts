import type { Alerts } from "./alerts.js";
import type { Alert, Run, RunStatus } from "./types.js";

/** What a run has done so far. */
export class Outcome {
  readonly #alerts: Alerts;
  readonly #touched = new Set<string>();
  readonly #warnings = new Set<string>();
  readonly #errors = new Set<string>();
  #isRun = true;

  constructor(alerts: Alerts) {
    this.#alerts = alerts;
  }

  warn(message: string): void {
    this.#warnings.add(message);
  }

  fail(message: string): void {
    this.#errors.add(message);
  }

  /** The rule cannot be run here. */
  refuse(message: string): void {
    this.#isRun = false;
    this.fail(message);
  }

  get hasFailed(): boolean {
    return this.#errors.size > 0;
  }

  /** Writes an alert that is new or changed. */
  write(uuid: string, alert: Alert): void {
    this.#alerts.put(uuid, alert);
    this.#touched.add(uuid);
  }

  get result(): Run {
    return {
      status: this.#status,
      alerts: Array.from(this.#touched, (uuid) => this.#alerts.get(uuid)!),
      warnings: [...this.#warnings],
      errors: [...this.#errors],
    };
  }

  get #status(): RunStatus {
    if (!this.#isRun) return "not run";
    if (this.#errors.size > 0) return "failed";
    return this.#warnings.size > 0 ? "partial failure" : "succeeded";
  }
}
