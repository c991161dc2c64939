/** What a file may cost before it is refused. Real rule files stay far below each of these. */
export const limits = {
  /** UTF-16 units of text; the largest prebuilt rule is about 40 KB. */
  textLength: 5_000_000,
  /** Collections inside collections. */
  depth: 100,
  /** `*alias` nodes in a file. */
  aliases: 200,
  /** Values that the file holds once each alias is replaced by what it stands for. */
  expandedNodes: 200_000,
  /** Syntax errors that are reported of one file. */
  syntaxErrors: 20,
  /** Duplicate keys, unknown aliases and the like that are reported of one file. */
  structureErrors: 100,
  /** `# kdac-ignore` comments that are read in one file; those after them have no effect. */
  suppressions: 500,
} as const;
