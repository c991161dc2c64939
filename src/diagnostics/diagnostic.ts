/** How much a finding weighs: an error fails the run, a warning and a hint do not. */
export type Severity = "error" | "warning" | "info";

/** A half-open range of UTF-16 offsets into a file's text. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a finding points at. Line and column are worked out when it is printed, by `report/`, so that
 * a check never has to know about text.
 *
 * - `pointer` is a JSON pointer (RFC 6901) into the file's data; `on: "key"` underlines the key of the
 *   last segment, the default underlines the value. A pointer to something absent falls back to its nearest
 *   ancestor that exists.
 * - `within` narrows a string value to UTF-16 offsets of its own text (a place in an embedded query).
 * - `range` is for findings about raw text, where no data exists (broken YAML).
 * - A target with a file alone is about the file as a whole.
 */
export interface Target {
  /** Path relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly pointer?: string;
  readonly on?: "key" | "value";
  readonly within?: OffsetRange;
  readonly range?: OffsetRange;
  /** The value there is, or may be, a credential: reporters show dots in its place, in every finding of the file. */
  readonly secret?: true;
}

/** Another place that belongs to a finding, such as the first of two duplicates. */
export interface Related {
  readonly message: string;
  readonly target: Target;
}

/** One finding. `code` is a key of the registry (`registry.ts`) and reads `area/slug`. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly target: Target;
  /** What to do about it, in a sentence. */
  readonly help?: string;
  readonly related?: readonly Related[];
}
