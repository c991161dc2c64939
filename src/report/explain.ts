import { type Definition, registry } from "../diagnostics/index.js";

/** One entry of the registry as `kdac explain` and the findings page show it. */
export interface Explanation {
  readonly code: string;
  readonly severity: string;
  /** Neither the configuration nor a comment lowers its severity. */
  readonly invalid?: true;
  /** The message with its parameters named in angle brackets. */
  readonly message: string;
  readonly help?: string;
  readonly why: string;
  readonly fix: string;
}

/** Everything that kdac can find, sorted by code. */
export function explanations(): Explanation[] {
  return Object.entries<Definition>(registry)
    .map(([code, definition]) => explanation(code, definition))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** What the registry says of a code. */
export function explanation(code: string, definition: Definition): Explanation {
  const { severity, invalid, message, help, why, fix } = definition;
  const names = Object.fromEntries(message.keys.map((key) => [key, `<${key}>`]));
  return {
    code,
    severity,
    ...(invalid === undefined ? {} : { invalid }),
    message: message.format(names),
    ...(help === undefined ? {} : { help }),
    why,
    fix,
  };
}

/** The findings page of the documentation: one section a code, with the anchor that SARIF links to. */
export function findingsPage(all: readonly Explanation[]): string {
  const areas = [...new Set(all.map(areaOf))];
  const sections = areas.map(
    (area) =>
      `## ${area}\n\n${all
        .filter((entry) => areaOf(entry) === area)
        .map(section)
        .join("\n")}`,
  );
  return `# Findings\n\nEverything that kdac can find, by code. \`kdac explain <code>\` prints the same in a terminal. This page is generated from the registry in \`src/diagnostics/codes/\`.\n\n${sections.join("\n")}`;
}

/** The anchor of a code on the findings page, as Markdown renderers make it from the heading. */
export function anchorOf(code: string): string {
  return code.replace("/", "");
}

function areaOf({ code }: Explanation): string {
  return code.slice(0, code.indexOf("/"));
}

function section({ code, severity, invalid, message, why, fix }: Explanation): string {
  const fixed = invalid === undefined ? "" : ", whatever the configuration and comments say";
  return `### ${code}\n\n**${severity}**${fixed}: \`${message}\`\n\n${why}\n\n${fix}\n`;
}
