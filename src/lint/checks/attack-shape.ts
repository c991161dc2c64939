import { tacticReference, techniqueReference } from "../../attack/index.js";
import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";
import {
  attackMentions,
  type Mention,
  type TacticMention,
  type TechniqueMention,
} from "./attack-mentions.js";

/** Nothing is mapped twice; in `threat`, sub-techniques stand below their own technique and links lead to their page. */
export function* attackShape(view: RuleView): Iterable<Diagnostic> {
  const tactics = attackMentions(view);
  const idOfTactic = ({ id, name }: Mention): string | undefined =>
    view.attack.tactic(id ?? name ?? "")?.id ?? id;
  yield* repeated(tactics, idOfTactic);
  for (const tactic of tactics) {
    yield* wrongReference(tactic, tacticReference);
    yield* repeated(tactic.techniques, ({ id }) => id);
    for (const technique of tactic.techniques) {
      yield* wrongReference(technique, techniqueReference);
      yield* wrongParent(technique);
    }
  }
}

function* repeated<M extends TacticMention | TechniqueMention>(
  mentions: readonly M[],
  idOf: (mention: M) => string | undefined,
): Iterable<Diagnostic> {
  const first = new Map<string, M>();
  for (const mention of mentions) {
    const id = idOf(mention);
    const other = id === undefined ? undefined : first.get(id);
    if (id === undefined) continue;
    if (other === undefined) first.set(id, mention);
    else {
      const related = [{ message: "first mapped here", target: other.at() }];
      yield report("attack/mapped-twice", { id }, mention.at(), { related });
    }
  }
}

function* wrongReference({ id, reference }: Mention, pageOf: (id: string) => string): Iterable<Diagnostic> {
  if (id === undefined || reference === undefined) return;
  const page = pageOf(id);
  if (`${reference.url.replace(/\/$/, "")}/` === page) return;
  yield report("attack/wrong-reference", { id, url: reference.url }, reference.at(), {
    help: `write ${page}`,
  });
}

function* wrongParent({ id, below, at }: TechniqueMention): Iterable<Diagnostic> {
  const dot = id?.indexOf(".") ?? -1;
  if (id === undefined || below === undefined) return;
  if (dot < 0) yield report("attack/wrong-parent", { id, below }, at(), { help: "it is no sub-technique" });
  else if (id.slice(0, dot) !== below)
    yield report("attack/wrong-parent", { id, below }, at(), {
      help: `it belongs below ${id.slice(0, dot)}`,
    });
}
