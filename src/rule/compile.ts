import { type Diagnostic, type Path, type Target, toPointer } from "../diagnostics/index.js";
import { isFieldOf, isRuleType, SERVER_FIELDS } from "../kibana/rule.js";
import type { AuthoredRule, ExceptionReference } from "../schema/index.js";
import { compileAttack } from "./attack.js";
import { blockText } from "./block-text.js";
import { expandFragments } from "./fragments.js";
import { renderGuide } from "./guide.js";
import type { CompileContext, CompiledRule, Origin, RuleSource, TranslationSource } from "./model.js";
import { inOrder } from "./order.js";
import { type Edit, type Editable, type Laid, layOver, placeIn } from "./overlay.js";
import { indicesOf, queriesOf, requiredFields, type RuleQuery } from "./queries.js";
import { compileActions, compileExceptions } from "./references.js";
import { fromLookback } from "./schedule.js";
import { compileTags } from "./tags.js";

/** Short forms that are compiled away, and `extra` and `stack`, which are ours. */
const SUGAR = new Set(["attack", "guide", "lookback", "exceptions", "extra", "stack"]);

/** Fields that stand for each other: where the author writes either, a default for the other does not count. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  attack: "threat", threat: "attack",
  guide: "note", note: "guide",
  lookback: "from", from: "lookback",
  exceptions: "exceptions_list", exceptions_list: "exceptions",
  index: "data_view_id", data_view_id: "index",
}; // prettier-ignore

/** What `extra` cannot set: a rule's identity, and what Kibana alone writes. */
const FIXED: ReadonlySet<string> = new Set(["rule_id", "type", ...SERVER_FIELDS]);

/** Texts that are often written as a block, with the newline that YAML adds to it. Those with fragments come later. */
const TEXTS = ["name", "description", "query", "threat_query"] as const;

type Fields = Record<string, unknown>;

/**
 * Compiles a rule to the form that Kibana's API takes on create. Total and deterministic: any source gives a rule, and the
 * same source always the same one. Nothing is added that was not written, defaulted by the project or derived from it,
 * so that the server's own defaults stay its own.
 */
export function compileRule(source: RuleSource, context: CompileContext): CompiledRule {
  return new Compilation(source, context).run();
}

class Compilation {
  readonly #source: RuleSource;
  readonly #context: CompileContext;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #provenance = new Map<string, Origin>();
  readonly #laid: Laid;
  readonly #fields: Fields;
  readonly #translated: TranslationSource | undefined;
  readonly #out: Fields = {};

  constructor(source: RuleSource, context: CompileContext) {
    this.#source = source;
    this.#context = context;
    this.#laid = layOver(this.#overlays(), (field) => this.#fits(field), STANDS_FOR);
    this.#fields = this.#merged();
    this.#translated = source.translations.get(context.locale);
  }

  run(): CompiledRule {
    for (const [field, value] of Object.entries(this.#fields)) {
      if (!SUGAR.has(field) && value !== undefined) this.#set(field, value);
    }
    this.#editTexts("index");
    this.#blocks();
    this.#translate();
    this.#schedule();
    this.#language();
    this.#attack();
    this.#texts();
    this.#tags();
    this.#editTexts("tags");
    this.#lists();
    const connectors = this.#actions();
    const queries = this.#queries();
    for (const [field, value] of Object.entries((this.#fields["extra"] ?? {}) as Fields))
      if (!FIXED.has(field)) this.#derive(field, value, ["extra", field]);
    return {
      source: this.#source,
      rule: inOrder(this.#out) as unknown as CompiledRule["rule"],
      queries,
      connectors,
      provenance: this.#provenance,
      diagnostics: this.#diagnostics,
    };
  }

  /** Whether the rule's type has a field; ours are for all. */
  #fits(field: string): boolean {
    const { type } = this.#source.authored;
    return SUGAR.has(field) || !isRuleType(type) || isFieldOf(field, type);
  }

  /** The overlays that take this rule. They look at the rule as its own file has it. */
  #overlays(): ReturnType<NonNullable<CompileContext["overlaysFor"]>> {
    if (this.#context.overlaysFor === undefined) return [];
    const { overlaysFor, ...plain } = this.#context;
    const source = this.#source;
    return overlaysFor({
      file: source.file,
      name: source.authored.name ?? "",
      get tags() {
        return compileRule(source, plain).rule.tags ?? [];
      },
    });
  }

  /** What the author wrote, over the project's defaults, under the space's overlays; fields that the type has. */
  #merged(): Fields {
    const merged: Fields = { ...(this.#source.authored as unknown as Fields) };
    for (const [field, overlay] of this.#laid.set) {
      const other = STANDS_FOR[field];
      if (other !== undefined) delete merged[other];
      merged[field] = (overlay.set as Fields)[field];
    }
    for (const [field, value] of Object.entries(this.#context.defaults as Fields)) {
      const other = STANDS_FOR[field];
      if (
        !this.#fits(field) ||
        merged[field] !== undefined ||
        (other !== undefined && merged[other] !== undefined)
      )
        continue;
      merged[field] = value;
    }
    return merged;
  }

  /** Where a field of `#fields` comes from; undefined for the rule's own file. */
  #originOf(field: string): Origin | undefined {
    const overlay = this.#laid.set.get(field);
    if (overlay !== undefined)
      return { kind: "overlay", target: placeIn(overlay, "set", field), what: overlay.what };
    if ((this.#source.authored as unknown as Fields)[field] !== undefined) return undefined;
    const target = { file: this.#context.configFile, pointer: toPointer(["defaults", field]) };
    return { kind: "default", target };
  }

  #set(field: string, value: unknown): void {
    this.#out[field] = value;
    const origin = this.#originOf(field);
    if (origin !== undefined) this.#provenance.set(field, origin);
  }

  /** The place of a field of `#fields`, or of something in it. */
  #at(field: string, ...path: Path): Target {
    const { file, pointer } = this.#originOf(field)?.target ?? {
      file: this.#source.file,
      pointer: `/${field}`,
    };
    return { file, pointer: path.length === 0 ? pointer! : `${pointer}${toPointer(path)}` };
  }

  #derive(field: string, value: unknown, from: Path): void {
    this.#out[field] = value;
    const [source, ...path] = from as [string, ...Path];
    const derived = { kind: "derived", target: this.#at(source, ...path) } as const;
    this.#provenance.set(field, this.#originOf(source) ?? derived);
  }

  #edits(list: Editable): readonly Edit[] {
    return this.#laid.edits.get(list) ?? [];
  }

  /** The field was changed by an overlay. */
  #edited(field: string, list: Editable, { overlay, add }: Edit): void {
    const target = placeIn(overlay, add.length > 0 ? "add" : "remove", list);
    this.#provenance.set(field, { kind: "overlay", target, what: overlay.what });
  }

  /**
   * Adds to a list of texts, and takes from it. A rule without `index` reads what its space reads by default: with a pattern added
   * it would read that one alone, so it gets none.
   */
  #editTexts(list: "tags" | "index"): void {
    for (const edit of this.#edits(list)) {
      const before = this.#out[list] as string[] | undefined;
      if (before === undefined && (list === "index" || edit.add.length === 0)) continue;
      const kept = (before ?? []).filter((text) => !edit.remove.includes(text));
      const after = [...new Set([...kept, ...(edit.add as string[])])];
      if (after.join("\n") === before?.join("\n")) continue;
      this.#out[list] = after;
      this.#edited(list, list, edit);
    }
  }

  #translate(): void {
    const translation = this.#translated;
    if (translation === undefined) return;
    for (const field of ["name", "description", "false_positives"] as const) {
      const value = translation.authored[field];
      if (value === undefined) continue;
      this.#out[field] = typeof value === "string" ? blockText(value) : value.map((line) => blockText(line));
      this.#provenance.set(field, {
        kind: "translation",
        target: { file: translation.file, pointer: `/${field}` },
      });
    }
  }

  #schedule(): void {
    const lookback = this.#fields["lookback"];
    if (typeof lookback !== "string") return;
    const interval = this.#fields["interval"];
    const from = fromLookback(lookback, typeof interval === "string" ? interval : undefined);
    if (from !== undefined) this.#derive("from", from, ["lookback"]);
  }

  /** Texts to the letter, without the one final newline that a YAML block adds. */
  #blocks(): void {
    for (const field of TEXTS) {
      const text = this.#out[field];
      if (typeof text !== "string") continue;
      const file = this.#originOf(field) === undefined ? this.#source.document.text : undefined;
      this.#out[field] = blockText(text, field, file);
    }
    const lines = this.#out["false_positives"];
    if (Array.isArray(lines)) this.#out["false_positives"] = lines.map((line: string) => blockText(line));
  }

  /** The language, where the API asks for it. */
  #language(): void {
    const { type } = this.#source.authored;
    if ((type === "eql" || type === "esql") && this.#out["language"] === undefined)
      this.#derive("language", type, ["type"]);
  }

  #attack(): void {
    const attack = this.#fields["attack"] as AuthoredRule["attack"];
    if (attack !== undefined) this.#derive("threat", compileAttack(attack, this.#context.attack), ["attack"]);
  }

  /** Guide and setup text, in the locale's own words where it is translated, with fragments filled in. */
  #texts(): void {
    const { file } = this.#source;
    const { locale, sourceLocale } = this.#context;
    const translated = this.#translated?.authored;
    const original = this.#fields as Pick<AuthoredRule, "guide" | "note" | "setup">;
    const own = this.#translated?.file ?? file;
    // A text in the original language takes fragments of that language too.
    const text = (of: string, where: string, pointer: string): string => {
      const context = { ...this.#context, locale: where === file ? sourceLocale : locale };
      return expandFragments(of, { file: where, pointer }, context, this.#diagnostics);
    };

    const guideIn = translated?.guide === undefined ? file : own;
    const guide = translated?.guide ?? (translated?.note === undefined ? original.guide : undefined);
    if (guide !== undefined) {
      const name = typeof this.#out["name"] === "string" ? this.#out["name"] : "";
      const note = renderGuide(guide, {
        name,
        locale: translated?.guide === undefined ? sourceLocale : locale,
        expand: (of, pointer) => text(of, guideIn, pointer),
      });
      this.#place("note", note, guideIn, "/guide");
    } else {
      this.#text("note", translated?.note, original.note, own, text);
    }
    this.#text("setup", translated?.setup, original.setup, own, text);
  }

  #text(
    field: "note" | "setup",
    translated: string | undefined,
    original: string | undefined,
    own: string,
    expand: (of: string, where: string, pointer: string) => string,
  ): void {
    const value = translated ?? original;
    if (value === undefined) return;
    const where = translated === undefined ? this.#source.file : own;
    this.#place(field, expand(value, where, `/${field}`), where, `/${field}`);
  }

  #place(field: string, value: string, file: string, pointer: string): void {
    this.#out[field] = blockText(value);
    const target = { file, pointer };
    const origin =
      file === this.#source.file
        ? this.#originOf(pointer.slice(1))
        : { kind: "translation" as const, target };
    if (origin !== undefined) this.#provenance.set(field, origin);
    else if (pointer !== `/${field}`) this.#provenance.set(field, { kind: "derived", target });
  }

  #tags(): void {
    const tags = this.#fields["tags"] as AuthoredRule["tags"];
    if (tags === undefined || Array.isArray(tags)) return;
    const threat = (this.#out["threat"] ?? []) as { tactic?: { name?: string } }[];
    const tactics = threat.flatMap(({ tactic }) => (tactic?.name === undefined ? [] : [tactic.name]));
    this.#derive("tags", compileTags(tags, { tactics, hasGuide: Boolean(this.#out["note"]) }), ["tags"]);
  }

  #lists(): void {
    const compiled = (references: readonly ExceptionReference[], at: (i: number) => Target) =>
      compileExceptions(references, at, this.#context, this.#diagnostics);
    const references = this.#fields["exceptions"] as AuthoredRule["exceptions"];
    if (references !== undefined)
      this.#derive(
        "exceptions_list",
        compiled(references, (i) => this.#at("exceptions", i)),
        ["exceptions"],
      );
    for (const edit of this.#edits("exceptions")) {
      const before = (this.#out["exceptions_list"] ?? []) as ReturnType<typeof compiled>;
      const kept = before.filter(({ list_id }) => !edit.remove.includes(list_id));
      const added = compiled(edit.add as ExceptionReference[], (i) =>
        placeIn(edit.overlay, "add", "exceptions", i),
      );
      const isNew = ({ list_id, namespace_type }: (typeof added)[number]): boolean =>
        !kept.some((list) => list.list_id === list_id && list.namespace_type === namespace_type);
      const after = [...kept, ...added.filter(isNew)];
      if (after.length === before.length && kept.length === before.length) continue;
      this.#out["exceptions_list"] = after;
      this.#edited("exceptions_list", "exceptions", edit);
    }
  }

  /** The queries, parsed; the fields that they read are required, unless the author says which ones are. */
  #queries(): readonly RuleQuery[] {
    const queries = queriesOf(this.#out);
    if (this.#out["required_fields"] === undefined) {
      const fields = this.#context.fieldsFor(indicesOf(this.#out, queries));
      const required = requiredFields(queries, fields, this.#context.stack);
      if (required !== undefined && required.length > 0) this.#derive("required_fields", required, ["query"]);
    }
    return queries;
  }

  #actions(): (string | undefined)[] {
    const compiled = (authored: NonNullable<AuthoredRule["actions"]>, at: (i: number) => Target) =>
      compileActions(authored, at, this.#context, this.#diagnostics);
    const authored = this.#fields["actions"] as AuthoredRule["actions"];
    let { actions, connectors } = compiled(authored ?? [], (i) => this.#at("actions", i));
    for (const edit of this.#edits("actions")) {
      const isKept = (i: number): boolean =>
        !edit.remove.some((name) => name === connectors[i] || name === actions[i]?.id);
      const kept = [...actions.keys()].filter(isKept);
      const added = compiled(edit.add as NonNullable<typeof authored>, (i) =>
        placeIn(edit.overlay, "add", "actions", i),
      );
      if (kept.length === actions.length && added.actions.length === 0) continue;
      connectors = [...kept.map((i) => connectors[i]), ...added.connectors];
      actions = [...kept.map((i) => actions[i]!), ...added.actions];
      this.#edited("actions", "actions", edit);
    }
    if (authored !== undefined || actions.length > 0) this.#out["actions"] = actions;
    return connectors;
  }
}
