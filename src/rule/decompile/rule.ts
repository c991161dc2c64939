import { isJson, type Json } from "../../json/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { isFieldOf, isRuleField, isRuleType } from "../../kibana/rule.js";
import type { RuleDefaults } from "../../schema/index.js";
import { expandFragments } from "../fragments.js";
import { fromLookback } from "../schedule.js";
import { decompileThreat } from "./attack.js";
import type { DecompileContext, ImportNote } from "./context.js";
import { decompileGuide } from "./guide.js";
import { isJsonList, isSame, isStringList } from "./json.js";
import { inKeyOrder, partsInOrder, RULE_ORDER } from "./order.js";
import { decompileActions, decompileExceptions } from "./references.js";
import { derivedFields, filledIn, todays } from "./stored.js";
import { decompileTags } from "./tags.js";
import { blockOf, queryBlock } from "./text.js";

/** A rule as a person would have written it. */
export interface DecompiledRule {
  /** In the order of `RULE_ORDER`. */
  readonly authored: Record<string, unknown>;
  readonly notes: ImportNote[];
}

/** Fields of free form, whose keys stand as they stood. */
const FREE: ReadonlySet<string> = new Set([
  "filters",
  "threat_filters",
  "meta",
  "response_actions",
  "actions",
]);

/** Short forms that a default may have, with the field that they compile to. */
const SHORT_FORMS: Readonly<Record<string, keyof RuleDefaults>> = {
  threat: "attack",
  note: "guide",
  exceptions_list: "exceptions",
};

/**
 * The inverse of compiling: the file's fields for a rule in the form of Kibana's API, of any version. Short forms where
 * they compile to the same, Kibana's own otherwise; what Kibana would fill in is left out. Compiling the result gives the
 * rule back: the two are the same once normalised. Total: whatever the rule holds, nothing is thrown.
 */
export function decompileRule(rule: Json, context: DecompileContext): DecompiledRule {
  return new Decompilation(rule, context).run();
}

class Decompilation {
  readonly #context: DecompileContext;
  readonly #notes: ImportNote[] = [];
  /** The rule in today's form, as it was given. */
  readonly #given: Json;
  /** What a field is that the file leaves out, without the project's defaults. */
  readonly #filled: Json;
  readonly #out: Record<string, unknown> = {};
  readonly #extra: [string, unknown][] = [];

  constructor(rule: Json, context: DecompileContext) {
    this.#context = context;
    this.#given = todays(rule, this.#notes);
    this.#filled = this.#withDerived(filledIn(this.#given));
  }

  run(): DecompiledRule {
    this.#identity();
    for (const [field, value] of Object.entries({ ...this.#filled, ...this.#given })) {
      if (!this.#isField(field)) this.#extra.push([field, value]);
      else if (!this.#isLeftOut(field, value)) this.#field(field, value);
    }
    this.#defaults();
    // It follows from what the others became.
    const { tags } = this.#out;
    if (isStringList(tags)) this.#out["tags"] = decompileTags(tags, this.#facts());
    if (this.#extra.length > 0) this.#out["extra"] = Object.fromEntries(this.#extra);
    return { authored: inKeyOrder(this.#out, RULE_ORDER), notes: this.#notes };
  }

  #identity(): void {
    const { rule_id, name = "", type = "" } = this.#given;
    if (rule_id === undefined)
      this.#notes.push({ code: "import/no-rule-id", params: { name: textOf(name) }, pointer: "" });
    if (!isRuleType(type))
      this.#notes.push({ code: "import/unknown-type", params: { type: textOf(type) }, pointer: "/type" });
  }

  /** With the fields that the query requires, where it is asked for them: it has to be read for that. */
  #withDerived({ required_fields, ...filled }: Json): Json {
    const isAsked =
      this.#given["required_fields"] !== undefined || this.#context.defaults?.required_fields !== undefined;
    if (required_fields === undefined || !isAsked) return filled;
    return { ...filled, required_fields: derivedFields(this.#given, this.#context) };
  }

  /** Whether the field goes where the others are; those that do not are noted. */
  #isField(field: string): boolean {
    const { type } = this.#given;
    const pointer = `/${field}`;
    if (!isRuleField(field)) {
      this.#notes.push({ code: "import/unknown-field", params: { field }, pointer });
      return false;
    }
    if (!isRuleType(type) || isFieldOf(field, type)) return true;
    this.#notes.push({ code: "import/field-of-other-type", params: { field, type }, pointer });
    return false;
  }

  /** Whether compiling and Kibana give the field this value where the file leaves it out. */
  #isLeftOut(field: string, value: unknown): boolean {
    const theirs = this.#default(field);
    const filled = theirs === undefined ? this.#filled[field] : theirs.value;
    return filled !== undefined && isSame(filled, value);
  }

  /** What the project's defaults give a rule that leaves the field out; a short form gives no value to compare with. */
  #default(field: string): { readonly value: unknown } | undefined {
    const { defaults = {} } = this.#context;
    const { type } = this.#given;
    if (isRuleType(type) && !isFieldOf(field, type)) return undefined;
    const short = SHORT_FORMS[field];
    if (short !== undefined && defaults[short] !== undefined) return { value: undefined };
    if (field === "from" && defaults.from === undefined && defaults.lookback !== undefined) {
      const { interval = this.#filled["interval"] } = this.#given;
      return { value: fromLookback(defaults.lookback, typeof interval === "string" ? interval : undefined) };
    }
    const value = (defaults as Json)[field];
    return value === undefined ? undefined : { value: todays({ [field]: value }, [])[field] };
  }

  /** Fields that the rule does not have, and the project's defaults would give it. */
  #defaults(): void {
    const { data_view_id } = this.#given;
    for (const name of Object.keys(this.#context.defaults ?? {})) {
      const field = Object.keys(SHORT_FORMS).find((long) => SHORT_FORMS[long] === name) ?? name;
      const has = field in this.#given || field in this.#filled || this.#out[field] !== undefined;
      const { type } = this.#given;
      if (has || !isRuleField(field) || (isRuleType(type) && !isFieldOf(field, type))) continue;
      if ((field === "index" && data_view_id !== undefined) || field === "throttle") continue;
      this.#notes.push({ code: "import/default-applies", params: { field }, pointer: "" });
    }
  }

  #field(field: string, value: unknown): void {
    switch (field) {
      case "threat":
        return this.#threat(value);
      case "note":
      case "setup":
        return this.#text(field, value);
      case "exceptions_list":
        return this.#exceptions(value);
      case "actions":
        this.#out["actions"] = decompileActions(value, this.#context, this.#context.defaults?.throttle);
        return;
      case "query":
      case "threat_query":
        this.#out[field] = typeof value === "string" ? queryBlock(value) : value;
        return;
      case "name":
      case "description":
        this.#out[field] = typeof value === "string" ? blockOf(value) : value;
        return;
      case "false_positives":
        this.#out[field] = isStringList(value) ? value.map(blockOf) : value;
        return;
      case "machine_learning_job_id":
        this.#out[field] = isStringList(value) && value.length === 1 ? value[0] : value;
        return;
      default:
        this.#out[field] = FREE.has(field) ? value : partsInOrder(value);
    }
  }

  #threat(threat: unknown): void {
    const made =
      isJsonList(threat) && threat.length === 0 ? undefined : decompileThreat(threat, this.#context.attack);
    if (made !== undefined && "attack" in made) {
      this.#out["attack"] = made.attack;
      return;
    }
    this.#out["threat"] = partsInOrder(threat);
    if (made !== undefined)
      this.#notes.push({ code: "import/threat-kept", params: { reason: made.reason }, pointer: "/threat" });
  }

  #text(field: "note" | "setup", value: unknown): void {
    if (typeof value !== "string") {
      this.#out[field] = value;
      return;
    }
    const line = includeLine(value);
    if (line !== undefined) {
      this.#extra.push([field, value]);
      this.#notes.push({ code: "import/include-line", params: { field, line }, pointer: `/${field}` });
      return;
    }
    const { name } = this.#given;
    const guide =
      field === "note" && typeof name === "string"
        ? decompileGuide(value, name, this.#context.locale)
        : undefined;
    if (guide === undefined) this.#out[field] = blockOf(value);
    else this.#out["guide"] = guide;
  }

  #exceptions(lists: unknown): void {
    const made = decompileExceptions(lists, this.#context);
    if (made === undefined) this.#out["exceptions_list"] = partsInOrder(lists);
    else this.#out["exceptions"] = made;
  }

  /** What derived tags follow from, as compiling will see it. */
  #facts(): { tactics: string[]; hasGuide: boolean } {
    const { threat } = this.#given;
    const tactics = (isJsonList(threat) ? threat : []).flatMap(({ tactic }) =>
      isJson(tactic) && typeof tactic["name"] === "string" ? [tactic["name"]] : [],
    );
    return { tactics, hasGuide: this.#out["guide"] !== undefined || Boolean(this.#out["note"]) };
  }
}

/** The first line that compiling would take for a fragment. */
function includeLine(text: string): string | undefined {
  const found: Diagnostic[] = [];
  const nothing = { fragment: () => undefined, fragmentNames: [], locale: "" };
  expandFragments(text, { file: "", pointer: "" }, nothing, found);
  const within = found[0]?.target.within;
  return within === undefined ? undefined : text.slice(within.start, within.end).trim();
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
