/** Bounds of what is read: none comes near a real export, all keep hostile input from taking memory or time without end. */
export interface SourceLimits {
  /** Bytes of one object: a line of an export, an element of an array, a whole JSON document without its lists of rules. */
  readonly object: number;
  /** Bytes of a TOML file. */
  readonly toml: number;
  /** Bytes that all archives of a source unpack to, together. */
  readonly unpacked: number;
  /** Files in an archive. */
  readonly entries: number;
  /** Archives within archives. */
  readonly archives: number;
  /** Levels of arrays and objects. */
  readonly depth: number;
  /** Ids of a kind that are remembered to find duplicates. */
  readonly ids: number;
  /** Findings about broken JSON in one file, before the rest are only counted. */
  readonly broken: number;
}

const MIB = 1 << 20;

/** The longest rule that anyone has seen has 60 kB, an export of a large estate 500 MB. */
export const SOURCE_LIMITS: SourceLimits = {
  object: 32 * MIB,
  toml: 16 * MIB,
  unpacked: 4096 * MIB,
  entries: 100_000,
  archives: 2,
  depth: 200,
  ids: 500_000,
  broken: 100,
};
