/** What makes a run fail, as Kibana's would. */
export class RunError extends Error {
  override readonly name = "RunError";
}

/** What keeps a rule from being run here, though Kibana could: the rule is not judged. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}
