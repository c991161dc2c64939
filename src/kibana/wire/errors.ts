import type { Context, Decoder, Errors } from "io-ts";

/** The part of io-ts's codecs that tells what a context entry stands for. */
interface Tagged {
  readonly _tag?: string;
  readonly type?: Tagged;
}

/** How much of a text is shown, in characters. */
const SHOWN = 60;

/** Whether a codec puts branch numbers, not keys, into the context of what it validates. */
function isBranching(codec: Tagged | undefined): boolean {
  const { _tag: tag, type } = codec ?? {};
  if (tag === "ExactType" || tag === "RecursiveType" || tag === "RefinementType") return isBranching(type);
  return tag === "IntersectionType" || tag === "UnionType";
}

/** The keys that lead to a value, without the numbers of the branches of unions and intersections. */
function pathOf(context: Context): string {
  return context
    .filter((_, at) => at > 0 && !isBranching(context[at - 1]?.type as Tagged | undefined))
    .map((entry) => entry.key)
    .join(".");
}

const OBJECTS = new Set(["ExactType", "IntersectionType", "InterfaceType", "PartialType", "DictionaryType"]);

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  number: "a number",
  UnknownRecord: "an object",
  NonEmptyString: "a text that is not blank",
  RiskScore: "a whole number from 0 to 100",
  PositiveIntegerGreaterThanZero: "a whole number of 1 or more",
  TimeDuration: "a duration such as 1h",
  "NonEmptyArray<ThreatMap>": "a list of at least 1",
  "NonEmptyArray<string>": "a list of at least 1",
};

function isEnumeration({ _tag: tag }: Tagged): boolean {
  return tag === "KeyofType" || tag === "LiteralType";
}

/** What a codec takes, in words. Enumerations carry their values in their name. */
function expected(codec: Decoder<unknown, unknown> & Tagged): string {
  const { name, _tag: tag } = codec;
  if (isEnumeration(codec)) return name.replaceAll(" | ", " or ");
  if (tag === "ArrayType") return "a list";
  // Unions are given names of their own where a reader may come to see them.
  if (tag === "UnionType") return name;
  if (tag !== undefined && OBJECTS.has(tag)) return "an object";
  return EXPECTED[name] ?? name;
}

/** A value in a few words. Texts are shown where only certain texts are taken: anywhere else they might be a secret. */
function found(value: unknown, enumerated: boolean): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return `a ${typeof value}`;
  if (!enumerated) return value.trim() === "" ? "a blank text" : "a text";
  return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
}

interface Finding {
  readonly wanted: Set<string>;
  readonly got: string;
  readonly message?: string | undefined;
}

/**
 * One line a place, in the order of the codec: `threat.0.tactic.id: expected a text, found nothing`. The alternatives of a union
 * are joined; keys are joined with dots, as Kibana's own messages do.
 */
export function errorLines(errors: Errors): string[] {
  const places = new Map<string, Finding>();
  for (const { context, value, message } of errors) {
    const codec: (Decoder<unknown, unknown> & Tagged) | undefined = context.at(-1)?.type;
    if (codec === undefined) continue;
    const place = pathOf(context);
    const known = places.get(place);
    const finding = known ?? { wanted: new Set<string>(), got: found(value, isEnumeration(codec)), message };
    finding.wanted.add(expected(codec));
    places.set(place, finding);
  }
  return [...places].map(([place, { wanted, got, message }]) => {
    const text = message ?? `expected ${[...wanted].join(" or ")}, found ${got}`;
    return place === "" ? text : `${place}: ${text}`;
  });
}
