/** Thrown where a filter says something that cannot be run here, such as a script. It is no wrong filter. */
export class UnsupportedDsl extends Error {
  override readonly name = "UnsupportedDsl";

  constructor(what: string) {
    super(`the filter cannot be run on events: ${what}`);
  }
}
