/** What a rule remembers from run to run. */
export interface RuleState {
  /** When the last run began, in milliseconds since 1970. */
  lastRun?: number;
  /** Of a query rule with suppression: until when the events of each group are in an alert. */
  groups: readonly GroupHistory[];
  /** Of a threshold rule: until when the events of each group were counted. */
  thresholds: readonly GroupHistory[];
}

export interface GroupHistory {
  /** The values of the group's fields; null is a field that is missing. */
  readonly terms: readonly { readonly field: string; readonly value: unknown }[];
  /** The newest event of the group that was counted, in milliseconds since 1970. */
  readonly until: number;
}

export const newState = (): RuleState => ({ groups: [], thresholds: [] });
