import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { desiredSpaces } from "../../deploy/index.js";
import { doctorOf, examine } from "../../deploy/doctor/examine.js";
import { check } from "../../deploy/doctor/report.js";
import { renderDoctor } from "../../deploy/doctor/text.js";
import type { Examination } from "../../deploy/doctor/types.js";
import { createClient } from "../../kibana/client.js";
import { systemClock } from "../../kibana/client-clock.js";
import { validate } from "../../lint/index.js";
import { type Project, resolveEnvironment } from "../../project/index.js";
import { version } from "../../version.js";
import { Exit, type Io, UsageError } from "../io.js";
import { networkProbes } from "../probes.js";
import { type Progress, progress } from "../progress.js";
import { openProject, type ProjectOptions } from "../project.js";
import { traceLine } from "../trace.js";

export interface DoctorOptions extends ProjectOptions {
  readonly env?: string;
  readonly trace?: boolean;
  readonly format: "pretty" | "json";
}

/** `kdac doctor`: whether an environment, or each of them, can be deployed to. Nothing is changed. */
export async function doctor(io: Io, options: DoctorOptions): Promise<Exit> {
  const project = openProject(io, [], options);
  const line = progress(io, options.quiet === true, Date.now);
  const found: Examination[] = [];
  try {
    for (const name of environmentsOf(project, options.env))
      found.push(await examineOne(io, project, name, options, line));
  } finally {
    line.end();
  }
  const report = doctorOf(found);
  io.out(
    options.format === "json"
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : renderDoctor(report, io.palette),
  );
  return report.summary.problem > 0 ? Exit.Findings : Exit.Clean;
}

function environmentsOf(project: Project, wanted: string | undefined): string[] {
  const names = Object.keys(project.config.environments ?? {});
  if (wanted === undefined) return names;
  if (names.includes(wanted)) return [wanted];
  const known = names.length === 0 ? "the configuration has none" : `there are ${names.join(", ")}`;
  throw new UsageError(`there is no environment "${wanted}": ${known}`);
}

async function examineOne(
  io: Io,
  project: Project,
  name: string,
  options: DoctorOptions,
  line: Progress,
): Promise<Examination> {
  const settings = check("configuration", "configuration");
  const errors = validate(project).diagnostics.filter(({ severity }) => severity === "error");
  const { environment, diagnostics } = resolveEnvironment(
    name,
    project.config.environments![name]!,
    project.configFile ?? "",
    {
      env: io.env,
      read: (path, base) =>
        readFileSync(resolve(base === "project" ? project.location.root : io.cwd, path), "utf8"),
    },
  );
  if (environment === undefined) {
    return {
      environment: name,
      url: null,
      kibana: null,
      checks: [
        ...diagnostics.map(({ message, help }) =>
          settings.problem(message, help ?? "see docs/connecting.md"),
        ),
        check("kibana", "Kibana").skipped("settings are missing"),
      ],
    };
  }
  const { url, credentials, connection, spaces } = environment;
  const examined = await examine({
    environment: name,
    url,
    connection,
    project: project.settings.name,
    stack: project.settings.stack,
    spaces: desiredSpaces(project, spaces, options.locale),
    connect: () =>
      createClient({
        url,
        auth: credentials.kind === "api-key" ? { apiKey: credentials.key } : credentials,
        clock: systemClock,
        random: Math.random,
        version,
        connection,
        ...(options.trace === true ? { onTrace: (sent) => io.err(traceLine(sent)) } : {}),
      }),
    env: io.env,
    probes: networkProbes,
    now: Date.now,
    onProgress: (label) => line.step(`${name}: ${label}`),
  });
  const files =
    errors.length === 0
      ? settings.ok("every variable is set, and the project has no errors")
      : settings.warning(
          `the project has ${errors.length} ${errors.length === 1 ? "error" : "errors"}, and is not deployed until it has none`,
          "see them with kdac validate",
        );
  return { ...examined, checks: [files, ...examined.checks] };
}
