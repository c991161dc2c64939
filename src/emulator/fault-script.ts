/** A script of faults: the JSON of `schemas/faults.schema.json`. */
import type { Fault, FaultResponse } from "./faults.js";
import {
  anyObject,
  anything,
  array,
  boolean,
  discriminated,
  integer,
  literal,
  type Infer,
  object,
  oneOf,
  optional,
  parse,
  string,
  union,
} from "./validate/schema.js";
import { zod4 } from "./validate/wording.js";
import { traitsOf, versionOf } from "./flavour.js";

const strict = { strict: true } as const;
const text = string({ min: 1 });
const count = integer({ min: 0 });
const onRule = (act: "enable-rule" | "disable-rule" | "duplicate-rule" | "delete-rule") =>
  object({ act: literal(act), rule_id: text }, strict);
const onValue = (act: "add-value" | "delete-value") =>
  object({ act: literal(act), list_id: text, value: text }, strict);

const deed = discriminated<unknown>("act", {
  "save-rule": object({ act: literal("save-rule"), rule_id: text, change: optional(anyObject()) }, strict),
  "create-rule": object({ act: literal("create-rule"), rule: anyObject() }, strict),
  "enable-rule": onRule("enable-rule"),
  "disable-rule": onRule("disable-rule"),
  "duplicate-rule": onRule("duplicate-rule"),
  "delete-rule": onRule("delete-rule"),
  "add-tags": object({ act: literal("add-tags"), rule_id: text, tags: array(text, { min: 1 }) }, strict),
  "add-exception": object({ act: literal("add-exception"), rule_id: text, item: anyObject() }, strict),
  "link-list": object({ act: literal("link-list"), rule_id: text, list_id: text }, strict),
  "create-list": object({ act: literal("create-list"), list: anyObject() }, strict),
  "edit-list": object({ act: literal("edit-list"), list_id: text, change: anyObject() }, strict),
  "delete-list": object({ act: literal("delete-list"), list_id: text }, strict),
  "add-item": object({ act: literal("add-item"), list_id: text, item: anyObject() }, strict),
  "edit-item": object(
    { act: literal("edit-item"), item_id: text, change: optional(anyObject()), comment: optional(text) },
    strict,
  ),
  "delete-item": object({ act: literal("delete-item"), item_id: text }, strict),
  "add-value": onValue("add-value"),
  "delete-value": onValue("delete-value"),
});

const status = integer({ min: 200, max: 599 });

const respond = discriminated<unknown>("kind", {
  status: object(
    {
      kind: literal("status"),
      status,
      retryAfter: optional(union<number | string>([integer({ min: 0 }), text])),
      retryAt: optional(integer()),
      body: anything(),
      afterHandling: optional(boolean()),
    },
    strict,
  ),
  reset: object({ kind: literal("reset"), afterHandling: optional(boolean()) }, strict),
  slow: object({ kind: literal("slow"), milliseconds: count }, strict),
  "slow-body": object({ kind: literal("slow-body"), milliseconds: count }, strict),
  truncated: object({ kind: literal("truncated") }, strict),
  cut: object({ kind: literal("cut"), lines: integer() }, strict),
  lie: object({ kind: literal("lie"), counts: optional(anyObject()), without: optional(count) }, strict),
  foreign: object(
    {
      kind: literal("foreign"),
      status,
      body: anything(),
      type: optional(text),
      afterHandling: optional(boolean()),
    },
    strict,
  ),
  html: object(
    {
      kind: literal("html"),
      page: oneOf(["login", "error"]),
      status: optional(status),
      afterHandling: optional(boolean()),
    },
    strict,
  ),
  "expired-key": object({ kind: literal("expired-key") }, strict),
  partial: object({ kind: literal("partial"), failures: count, message: optional(text) }, strict),
  change: object(
    {
      kind: literal("change"),
      when: optional(oneOf(["before", "after"])),
      user: optional(text),
      space: optional(text),
      does: array(deed, { min: 1 }),
    },
    strict,
  ),
});

const fault = object(
  {
    match: optional(
      object(
        {
          method: optional(text),
          path: optional(text),
          pattern: optional(string({ min: 1, demand: patternProblem })),
          space: optional(text),
        },
        strict,
      ),
    ),
    after: optional(count),
    times: optional(count),
    respond,
  },
  strict,
);

const script = object({ $schema: optional(string()), faults: array(fault) }, strict);

function patternProblem(pattern: string): string | undefined {
  try {
    RegExp(pattern, "u");
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A script of faults that cannot be used. The message says where and why. */
export class FaultScriptError extends Error {
  override readonly name = "FaultScriptError";
}

const WORDS = { ...zod4, traits: traitsOf(versionOf("9.5")) };

/** The faults of a script, in its order. Throws a `FaultScriptError`. */
export function readFaults(json: string): Fault[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new FaultScriptError((error as Error).message);
  }
  const outcome = parse(script, value, WORDS);
  if (!outcome.ok) throw new FaultScriptError(outcome.text);
  return outcome.value.faults.map(faultOf);
}

/** What passed the schema above has the form of its types; deeds and answers are unions that it checks by name. */
function faultOf({ respond: answer, ...rest }: Infer<typeof fault>): Fault {
  return { ...rest, respond: answer as FaultResponse };
}
