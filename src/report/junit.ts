import type { ReportInput } from "./input.js";
import { Locator, placeText } from "./locate.js";
import { arrange, type LocatedDiagnostic } from "./sort.js";
import { visible } from "./visible.js";

/**
 * Findings as a JUnit report: a suite a file, and in it a test case a code that was found, or one passing case for a file without
 * findings. Errors are failures; warnings and hints are output of a case that passes, as the run does.
 */
export function junit({ diagnostics, documents }: ReportInput): string {
  const found = arrange(diagnostics, new Locator(documents, diagnostics));
  const files = [...new Set([...documents.keys(), ...found.map(({ place }) => place.file)])].sort();
  const byFile = new Map<string, LocatedDiagnostic[]>(files.map((file) => [file, []]));
  for (const entry of found) byFile.get(entry.place.file)!.push(entry);
  const suites = [...byFile].map(([file, entries]) => suite(file, entries));
  const sum = (name: "tests" | "failures") => suites.reduce((total, counts) => total + counts[name], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kdac" tests="${sum("tests")}" failures="${sum("failures")}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly xml: string;
}

function suite(file: string, entries: readonly LocatedDiagnostic[]): Suite {
  const codes = [...new Set(entries.map(({ diagnostic }) => diagnostic.code))].sort();
  const cases = codes.map((code) =>
    testCase(
      file,
      code,
      entries.filter((entry) => entry.diagnostic.code === code),
    ),
  );
  if (cases.length === 0)
    cases.push({
      failed: false,
      xml: `    <testcase name="no findings" classname="${escape(visible(file))}"/>`,
    });
  const failures = cases.filter(({ failed }) => failed).length;
  const head = `  <testsuite name="${escape(visible(file))}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`;
  return {
    tests: cases.length,
    failures,
    xml: [head, ...cases.map(({ xml }) => xml), "  </testsuite>"].join("\n"),
  };
}

function testCase(
  file: string,
  code: string,
  entries: readonly LocatedDiagnostic[],
): { failed: boolean; xml: string } {
  const failed = entries.some(({ diagnostic }) => diagnostic.severity === "error");
  const text = escape(entries.map(describe).join("\n"));
  const first = visible(entries[0]!.diagnostic.message);
  const body = failed
    ? `<failure message="${escape(first)}" type="${escape(code)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return {
    failed,
    xml: `    <testcase name="${escape(code)}" classname="${escape(visible(file))}">${body}</testcase>`,
  };
}

function describe({ diagnostic: { severity, message, help }, place, related }: LocatedDiagnostic): string {
  return [
    `${visible(placeText(place))}: ${severity}: ${visible(message)}`,
    ...(help === undefined ? [] : [`  help: ${visible(help)}`]),
    ...related.map(({ message, place }) => `  see ${visible(placeText(place))}: ${visible(message)}`),
  ].join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text that {@link visible} has written holds nothing that XML cannot. */
function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
