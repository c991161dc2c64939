/**
 * The tokens of one query as three parallel lists: no object a token, since the parsers read millions of them. The
 * last token is the end of the query, with an empty range at the end of the text.
 */
export class Tokens<Kind extends number> {
  readonly kinds: Kind[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  push(kind: Kind, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }
}
