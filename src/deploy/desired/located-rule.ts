import { fromPointer, type Target } from "../../diagnostics/index.js";
import { type Locator, placeText } from "../../report/index.js";
import type { CompiledRule } from "../../rule/index.js";
import type { DesiredRule, FieldOrigin } from "./desired.js";

/**
 * A desired rule that knows where its fields come from. Lines and columns cost a second reading of the file, so they are worked out
 * when somebody asks.
 */
export class LocatedRule implements DesiredRule {
  readonly file: string;
  readonly rule: DesiredRule["rule"];
  readonly connectors: DesiredRule["connectors"];
  readonly #compiled: CompiledRule;
  readonly #locator: Locator;
  #origins: Readonly<Record<string, FieldOrigin>> | undefined;

  constructor(compiled: CompiledRule, locator: Locator) {
    this.file = compiled.source.file;
    this.rule = compiled.rule;
    this.connectors = compiled.connectors;
    this.#compiled = compiled;
    this.#locator = locator;
  }

  get origins(): Readonly<Record<string, FieldOrigin>> {
    return (this.#origins ??= Object.fromEntries(
      Object.keys(this.rule).map((field) => [field, this.#originOf(field)]),
    ));
  }

  #originOf(field: string): FieldOrigin {
    const origin = this.#compiled.provenance.get(field);
    if (origin === undefined)
      return { from: "rule", place: this.#place({ file: this.file, pointer: `/${field}` }) };
    const { kind, target } = origin;
    const what =
      origin.what ?? (kind === "derived" ? fromPointer(target.pointer ?? "").join(".") : undefined);
    return { from: kind, place: this.#place(target), ...(what === undefined ? {} : { what }) };
  }

  #place(target: Target): string {
    return placeText(this.#locator.place({ ...target, on: "key" }));
  }
}
