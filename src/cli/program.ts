import { Argument, Command, CommanderError, Option } from "commander";
import { visible } from "../report/visible.js";
import { Exit, type Io, UsageError } from "./io.js";

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly quiet?: boolean;
}

/**
 * Parses the command line and runs one command. Each command's code is loaded only when it runs, so that
 * `kdac --help` costs no more than this file.
 */
export async function run(argv: readonly string[], io: Io, version: string): Promise<Exit> {
  let exit: Exit = Exit.Clean;
  const program = build(io, version, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.Clean : Exit.Usage;
    if (error instanceof UsageError) {
      io.err(`kdac: ${visible(error.message)}\n`);
      for (const line of error.list) io.err(`  ${visible(line)}\n`);
      return Exit.Usage;
    }
    throw error;
  }
}

function build(io: Io, version: string, done: (exit: Exit) => void): Command {
  const program = new Command("kdac")
    .description("Kibana detections as code: check, compile and deploy detection rules kept as typed YAML.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .showHelpAfterError("(run with --help for the options)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(wrongUse(text)),
    });

  const command = (signature: string, summary: string): Command =>
    program
      .command(signature)
      .description(summary)
      .option("--config <file>", "the project's configuration (default: the nearest kdac.config.yml)")
      .option("-q, --quiet", "no progress and no summary on stderr")
      .option("--no-color", "no colour (NO_COLOR does the same)");
  const format = (...choices: string[]) =>
    new Option("--format <format>", "how to print").choices(choices).default(choices[0]);
  const stack = () => new Option("--stack <version>", "the Elastic Stack to check against, such as 9.4");
  const locale = () => new Option("--locale <locale>", "the language of names and guides, such as zh-CN");
  const environment = () => new Option("--env <name>", "an environment of the configuration");
  const trace = () => new Option("--trace", "tell each request to Kibana on stderr, without secrets");
  const spaces = () => new Option("--space <id...>", "only these spaces of the environment");

  command("init [folder]", "make a detections repository: a rule to begin with, settings, workflows")
    .option("--name <name>", "the project's name (default: the folder's)")
    .option("--force", "overwrite files that are there")
    .addOption(format("pretty", "json"))
    .action(async (folder: string | undefined, options) =>
      done((await import("./commands/init.js")).init(io, folder ?? ".", options)),
    );

  command("new", "begin a rule, an exception list, a connector or a value list; asks for what is not given")
    .addArgument(
      new Argument("<kind>", "what to begin").choices(["rule", "exceptions", "connector", "values"]),
    )
    .option("--type <type>", "the type of the rule, connector or values, such as eql, .slack or ip")
    .option("--name <name>", "what it is called")
    .option("--out <path>", "the file, or the folder for it (default: the project's first folder)")
    .addOption(format("pretty", "json"))
    .action(async (kind, options) =>
      done(await (await import("./commands/new.js")).create(io, kind, options)),
    );

  command(
    "validate [paths...]",
    "check rules, translations, exception lists, connectors and the configuration",
  )
    .addOption(format("pretty", "json", "github", "sarif", "junit"))
    .addOption(stack())
    .addOption(locale())
    .option("--max-warnings <n>", "fail when there are more warnings than this")
    .action(async (paths: string[], options) =>
      done((await import("./commands/validate.js")).validate(io, paths, options)),
    );

  command("fmt [paths...]", "rewrite files in canonical order and style; comments and what they mean stay")
    .option("--check", "write nothing, show what would change, and fail when anything would")
    .addOption(format("pretty", "json"))
    .action(async (paths: string[], options) =>
      done((await import("./commands/fmt.js")).fmt(io, paths, options)),
    );

  command(
    "build [paths...]",
    "write Kibana JSON for each rule, prebuilt-package assets and a manifest with hashes",
  )
    .option("--out <folder>", "where to write", "dist/detections")
    .addOption(format("pretty", "json"))
    .addOption(locale())
    .addOption(stack())
    .addOption(environment())
    .addOption(
      new Option("--space <id>", "only this space of the environment (default: each, in its own folder)"),
    )
    .option("--explain", "write origins.json too: where each field of each rule comes from")
    .action(async (paths: string[], options) =>
      done((await import("./commands/build.js")).build(io, paths, options)),
    );

  command("export [paths...]", "write one NDJSON bundle that Kibana imports")
    .option("--out <file>", "where to write; - for standard output", "bundle.ndjson")
    .addOption(format("pretty", "json"))
    .addOption(locale())
    .addOption(stack())
    .addOption(environment())
    .addOption(new Option("--space <id>", "export what this space of the environment gets"))
    .option("--split", "write as many files as Kibana's limits for an import ask for")
    .option("--values <folder>", "write the value lists there, which no bundle carries")
    .action(async (paths: string[], options) =>
      done((await import("./commands/export.js")).exportBundle(io, paths, options)),
    );

  command("import <files...>", "turn rule exports, rules in JSON and rules of detection-rules into YAML")
    .option("--out <folder>", "where to write", "rules")
    .addOption(
      new Option("--layout <layout>", "the folders that rules are put into")
        .choices(["by-os", "by-tactic", "flat", "mirror"])
        .default("by-os"),
    )
    .option("--force", "change files that are there already; their comments and layout stay")
    .option("--lock <file>", "the version.lock.json of detection-rules, with the versions of its rules")
    .addOption(format("pretty", "json"))
    .action(async (files: string[], options) =>
      done(await (await import("./commands/import.js")).importFiles(io, files, options)),
    );

  command(
    "diff [paths...]",
    "what changes in the detections between two git revisions, by meaning and not by lines",
  )
    .option("--base <revision>", "the revision to compare with, from where the branch left it", "HEAD")
    .option("--head <revision>", "the revision to compare (default: the files as they are)")
    .addOption(environment())
    .option("--exit-code", "exit 3 when there are changes")
    .addOption(format("pretty", "json", "markdown"))
    .action(async (paths: string[], options) =>
      done((await import("./commands/diff.js")).diff(io, paths, options)),
    );

  command("plan", "show what apply would change in the spaces of an environment")
    .addOption(environment().makeOptionMandatory())
    .addOption(trace())
    .addOption(spaces())
    .addOption(format("pretty", "json", "markdown"))
    .option("--out <file>", "write the plan for a later apply")
    .option("--exit-code", "exit 3 when there are changes")
    .option("--adopt", "take over rules that exist in the space without this project's mark")
    .option("--overwrite-drift", "overwrite what was changed outside git")
    .option("--prune", "delete what is this project's and in no file any more")
    .option("--max-deletes <n>", "objects that may be deleted or replaced (default: 5)", wholeNumber)
    .option("--explain", "say of each value of a rule where it comes from")
    .action(async (options) => done(await (await import("./commands/plan.js")).plan(io, options)));

  command("apply [plan]", "carry out a plan: the one given, or a fresh one")
    .addOption(environment())
    .addOption(trace())
    .addOption(spaces())
    .addOption(format("pretty", "json"))
    .option("--adopt", "take over rules that exist in the space without this project's mark")
    .option("--overwrite-drift", "overwrite what was changed outside git")
    .option("--prune", "delete what is this project's and in no file any more")
    .option("--max-deletes <n>", "objects that may be deleted or replaced (default: 5)", wholeNumber)
    .option("--create-spaces", "make spaces of the environment that are not there")
    .option("--bootstrap", "import the rules in batches into spaces that have none of them")
    .option("--fail-fast", "begin nothing more after the first failure")
    .option("--max-age <duration>", "how old the plan may be, such as 90m or 3d (default: 1d)")
    .option("--rollback <snapshot>", "the plan is the one that kdac rollback made of this snapshot")
    .option("--dry-run", "show the plan and write nothing")
    .option("-y, --yes", "do not ask")
    .action(async (file: string | undefined, options) =>
      done(await (await import("./commands/apply.js")).apply(io, file, options)),
    );

  command("rollback [snapshot]", "undo an apply from its snapshot; without a name, list the snapshots")
    .addOption(environment().makeOptionMandatory())
    .addOption(trace())
    .addOption(format("pretty", "json"))
    .addOption(new Option("--space <id...>", "only these spaces of the snapshot"))
    .option("--overwrite-drift", "go back over what was changed since that apply")
    .option("--dry-run", "show the plan and write nothing")
    .option("--out <file>", "write the plan for a later apply, and nothing else")
    .option("-y, --yes", "do not ask")
    .action(async (snapshot: string | undefined, options) =>
      done(await (await import("./commands/rollback.js")).rollback(io, snapshot, options)),
    );

  command("drift", "show what was changed in Kibana outside git; exit 3 when anything was")
    .addOption(environment().makeOptionMandatory())
    .addOption(trace())
    .addOption(spaces())
    .addOption(format("pretty", "json", "markdown"))
    .action(async (options) => done(await (await import("./commands/drift.js")).drift(io, options)));

  command("doctor", "check an environment: address, certificate, key, privileges, licence, versions, rules")
    .addOption(new Option("--env <name>", "this environment of the configuration (default: each)"))
    .addOption(trace())
    .addOption(format("pretty", "json"))
    .action(async (options) => done(await (await import("./commands/doctor.js")).doctor(io, options)));

  command("preview [paths...]", "run rules on live data without making them, and count their alerts")
    .addOption(environment().makeOptionMandatory())
    .addOption(trace())
    .addOption(
      new Option("--space <id>", "the space to run in, with its overlay, where the environment has several"),
    )
    .option("--rule <rule...>", "these rules: by rule_id or by name")
    .option("--changed", "rules that differ from a revision of git")
    .option("--base <revision>", "with --changed: the revision", "origin/main")
    .option("--from <time>", "the start of the range, such as now-24h", "now-24h")
    .option("--to <time>", "its end", "now")
    .option("--max-alerts <n>", "fail when a rule makes more alerts than this")
    .addOption(locale())
    .addOption(format("pretty", "json"))
    .action(async (paths: string[], options) =>
      done(await (await import("./commands/preview.js")).preview(io, paths, options)),
    );

  command("pull", "take what was changed in a space of Kibana into the files, and rules that have none yet")
    .addOption(environment().makeOptionMandatory())
    .addOption(trace())
    .addOption(new Option("--space <id>", "the space to pull from, where the environment has several"))
    .option("--rule <rule...>", "these rules: by rule_id, by name, or by the id in the address of their page")
    .option("--all", "every rule of the space, not only those of the project that were changed")
    .addOption(
      new Option("--source <source>", "with --all: your own rules, Elastic's, or both")
        .choices(["custom", "prebuilt", "all"])
        .default("custom"),
    )
    .option("--out <folder>", "where new files go (default: the project's first folder of rules)")
    .option("--force", "take what Kibana has even where the file has changes that were never applied")
    .addOption(format("pretty", "json"))
    .action(async (options) => done(await (await import("./commands/pull.js")).pull(io, options)));

  command("kibana", "start the embedded Kibana API on this machine")
    .option("--port <port>", "the port to listen on (0 picks a free one)", "5601")
    .option("--data <file>", "keep the state in this file")
    .option("--space <id...>", "spaces to create besides the default one")
    .addOption(
      new Option("--flavour <flavour>", "the Kibana to be")
        .choices(["8.18", "9.2", "9.5", "serverless"])
        .default("9.5"),
    )
    .option("--stack <version>", "the exact version to answer as (default: the flavour's)")
    .option("--prebuilt", "know a few prebuilt rules, to install and to customise")
    .option("--faults <file>", "what is to go wrong, as a script of faults (schemas/faults.schema.json)")
    .action(async (options) => done(await (await import("./commands/kibana.js")).kibana(io, options)));

  command(
    "query <query> [events...]",
    "print the events of NDJSON files (or of standard input) that a query matches, or the table of an ES|QL query",
  )
    .addOption(
      new Option("--language <language>", "the query's language (default: by how it begins)").choices([
        "eql",
        "esql",
        "kuery",
        "lucene",
      ]),
    )
    .option("--fields <file>", "an index mapping, or types by field name, in JSON or YAML (default: ECS)")
    .option("--count", "print only how many match")
    .option(
      "--explain",
      "print for each event which conditions it meets; ES|QL: how many rows pass each command",
    )
    .addOption(
      new Option("--format <format>", "ndjson or json; ES|QL also table (its default) or csv").choices([
        "ndjson",
        "json",
        "table",
        "csv",
      ]),
    )
    .option("--index <name=file...>", "ES|QL: a further index from an NDJSON file, for LOOKUP JOIN")
    .option("--category-field <field>", "EQL: the event category (default: event.category)")
    .option("--timestamp-field <field>", "EQL: the time of an event (default: @timestamp)")
    .option("--tiebreaker-field <field>", "EQL: orders events of the same time")
    .action(async (text: string, files: string[], options) =>
      done(await (await import("./commands/query.js")).query(io, text, files, options)),
    );

  command("explain [code]", "what a finding means and how to mend it; without a code, all of them")
    .addOption(format("pretty", "json"))
    .action(async (code: string | undefined, options) =>
      done((await import("./commands/explain.js")).explain(io, code, options)),
    );

  return program;
}

/** What commander finds wrong with the command line, on one line; what it suggests instead has a line of its own. */
function wrongUse(text: string): string {
  const [, message = "", hint] = /^([\s\S]*?)(?:\n(\(Did you mean [^\n]*\?\)))?\n?$/.exec(text)!;
  return [message, ...(hint === undefined ? [] : [hint])].map((line) => `${visible(line)}\n`).join("");
}

/** A count given on the command line. */
function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is no whole number`);
  return Number(text);
}
