import type { Findings } from "../core/index.js";
import type { Query, Sample, Sequence, Term } from "./ast.js";

/**
 * Checks what the grammar leaves open and Elasticsearch's parser still refuses: how many events a sequence or a sample
 * has, which of them happen, and how many keys join them.
 */
export function checkStructure(query: Query, findings: Findings): void {
  const { statement } = query;
  if (statement.kind === "sequence") {
    checkSequence(statement, findings);
    checkKeyCounts(statement.terms, statement.until, findings);
  } else if (statement.kind === "sample") {
    checkSample(statement, findings);
    checkKeyCounts(statement.terms, undefined, findings);
  }
}

function checkSequence(sequence: Sequence, findings: Findings): void {
  const { terms, until, maxspan } = sequence;
  const head = { start: sequence.start, end: terms[0]!.start };
  const count = terms.reduce((sum, term) => sum + term.runs, 0);
  // Where something could not be read, an event may be in it.
  if (count < 2 && !findings.hasErrors)
    findings.add("eql/too-few-events", { statement: "sequence", count }, sequence);
  const missing = terms.find((term) => term.missing);
  if (until?.missing === true)
    findings.add("eql/missing-until", {}, { start: until.start, end: until.start + 2 });
  if (missing === undefined) return;
  if (terms.every((term) => term.missing)) findings.add("eql/only-missing-events", {}, head);
  if (maxspan === undefined && !findings.all.some(({ code }) => code === "eql/bad-duration"))
    findings.add("eql/missing-needs-maxspan", {}, { start: missing.start, end: missing.start + 2 });
}

function checkSample(sample: Sample, findings: Findings): void {
  const { terms, by } = sample;
  if (terms.length < 2 && !findings.hasErrors)
    findings.add("eql/too-few-events", { statement: "sample", count: terms.length }, sample);
  if (by.length === 0 && terms.every((term) => term.by.length === 0))
    findings.add("eql/sample-without-key", {}, { start: sample.start, end: sample.start + "sample".length });
}

/** Every event is joined by as many keys as the first one. */
function checkKeyCounts(terms: readonly Term[], until: Term | undefined, findings: Findings): void {
  const expected = terms[0]!.by.length;
  for (const term of until === undefined ? terms : [...terms, until]) {
    const { by } = term;
    if (by.length === expected) continue;
    const span = by.length === 0 ? term : { start: by[0]!.start, end: by[by.length - 1]!.end };
    findings.add("eql/key-count", { found: counted(by.length), expected: counted(expected) }, span);
  }
}

function counted(fields: number): string {
  return fields === 0 ? "no field" : fields === 1 ? "one field" : `${fields} fields`;
}
