import { didYouMean } from "../diagnostics/index.js";
import { type Io, UsageError } from "./io.js";

/** What can be chosen from. */
export interface Choice {
  /** Such as "type of rule". */
  readonly what: string;
  /** The option that says it without being asked. */
  readonly option: string;
  /** The values, each with a few words about it. The first one is what an empty answer stands for. */
  readonly choices: Readonly<Record<string, string>>;
  /** Whether other values are taken too. */
  readonly open?: boolean;
}

/** Answers that are none, after which nobody is asked any more. */
const MOST_TRIES = 3;

/** One of the choices: the one given, or else the answer of whoever sits at the terminal. */
export async function chosen(io: Io, choice: Choice, given: string | undefined): Promise<string> {
  const { what, option, choices } = choice;
  const values = Object.keys(choices);
  if (given !== undefined) {
    if (isChoice(choice, given)) return given;
    throw new UsageError(`there is no ${what} "${given}"; ${didYouMean(given, values) ?? listed(values)}`);
  }
  const width = Math.max(...values.map((value) => value.length));
  const lines = values.map((value, i) =>
    `  ${String(i + 1).padStart(2)}  ${value.padEnd(width)}  ${choices[value]}`.trimEnd(),
  );
  let question = `Which ${what}?\n${lines.join("\n")}\nName or number [${values[0]}]: `;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const answer = (await io.ask(question))?.trim();
    if (answer === undefined) throw new UsageError(`name the ${what} with ${option}: ${listed(values)}`);
    const value = answer === "" ? values[0]! : (values[Number(answer) - 1] ?? answer);
    if (isChoice(choice, value)) return value;
    question = `There is no ${what} "${value}". Name or number [${values[0]}]: `;
  }
  throw new UsageError(`no ${what} was chosen: ${listed(values)}`);
}

/** A name: the one given, or else the answer of whoever sits at the terminal. */
export async function named(io: Io, question: string, given: string | undefined): Promise<string> {
  const name = given ?? (await io.ask(question));
  if (name === undefined) throw new UsageError("say what it is called with --name");
  const tidy = name.trim().replace(/\s+/g, " ");
  if (tidy === "") throw new UsageError("a name cannot be empty");
  return tidy;
}

function isChoice({ choices, open }: Choice, value: string): boolean {
  return Object.hasOwn(choices, value) || (open === true && /^\.[a-z0-9_-]+$/.test(value));
}

function listed(values: readonly string[]): string {
  return `there are ${values.join(", ")}`;
}
