import { jsonText, visible } from "./visible.js";
import { createHash } from "node:crypto";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import { type Definition, definitionOf, type Severity } from "../diagnostics/index.js";
import { version } from "../version.js";
import { anchorOf, explanation } from "./explain.js";
import type { ReportInput } from "./input.js";
import { Locator, type Place } from "./locate.js";
import { arrange, type LocatedDiagnostic } from "./sort.js";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** Findings as SARIF 2.1.0, for code scanning. */
export function sarif({ diagnostics, documents, findingsUrl }: ReportInput): string {
  const locator = new Locator(documents, diagnostics);
  const found = arrange(diagnostics, locator);
  const codes = [...new Set(found.map(({ diagnostic }) => diagnostic.code))].sort();
  const fingerprints = new Fingerprints(locator);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "kdac",
            semanticVersion: version,
            rules: codes.map((code) => rule(code, findingsUrl)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: found.map((entry) => result(entry, codes, fingerprints)),
      },
    ],
  };
  return jsonText(log);
}

function rule(code: string, findingsUrl: string | undefined): ReportingDescriptor {
  const definition: Definition | undefined = definitionOf(code);
  if (definition === undefined) return { id: code };
  const { message, why, fix } = explanation(code, definition);
  const page = findingsUrl === undefined ? {} : { helpUri: `${findingsUrl}#${anchorOf(code)}` };
  return {
    id: code,
    shortDescription: { text: message },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}`, markdown: `${why}\n\n${fix}` },
    ...page,
    defaultConfiguration: { level: LEVELS[definition.severity] },
    properties: { tags: [code.slice(0, code.indexOf("/"))] },
  };
}

function result(
  { diagnostic, place, related }: LocatedDiagnostic,
  codes: readonly string[],
  fingerprints: Fingerprints,
): Result {
  const { code, severity, message, help } = diagnostic;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: [message, ...(help === undefined ? [] : [help])].map(visible).join("\n") },
    locations: [location(place)],
    relatedLocations: related.map(({ message, place }, id) => ({
      id,
      ...location(place),
      message: { text: visible(message) },
    })),
    partialFingerprints: { "kdacFinding/v1": fingerprints.of(code, message, place) },
  };
}

function location({ file, position }: Place): Location {
  const artifactLocation = {
    uri: file.split("/").map(encodeURIComponent).join("/"),
    uriBaseId: "%SRCROOT%",
  };
  if (position === undefined) return { physicalLocation: { artifactLocation } };
  const { start, end } = position;
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  return { physicalLocation: { artifactLocation, region } };
}

/**
 * Tells a finding from others across commits: by its code, its file, and the text of its line, but not the line's
 * number, so that edits elsewhere do not reopen it. Equal ones are counted.
 */
class Fingerprints {
  private readonly seen = new Map<string, number>();

  constructor(private readonly locator: Locator) {}

  of(code: string, message: string, { file, position }: Place): string {
    const line =
      position === undefined ? undefined : this.locator.linesOf(file)?.lineText(position.start.line);
    const key = [code, file, line?.trim() ?? message].join("\0");
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return `${createHash("sha256").update(key).digest("hex").slice(0, 32)}:${count}`;
  }
}
