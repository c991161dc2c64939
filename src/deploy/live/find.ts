import type { Client } from "../../kibana/client.js";
import { findRules, incompleteRules, type LiveRule } from "../../kibana/endpoints/index.js";

/** Rules of Elastic's, as a filter. */
export const PREBUILT = "alert.attributes.params.immutable: true";

/** Texts in the filter of one search, which travels in the address. */
const TEXTS_A_SEARCH = 25;

/**
 * Every rule that a filter takes, oldest first. Behind the 10,000th, which is how far a search reaches, a new search begins at
 * the time at which that one was made: those of the same time come again and are dropped. Those are never more than a
 * search reaches: one import takes 9,999 rules.
 */
export async function findEveryRule(client: Client, space: string, filter?: string): Promise<LiveRule[]> {
  const found = new Map<string, LiveRule>();
  let promised: number | undefined;
  for (let since: string | undefined; ;) {
    const before = found.size;
    const some = both(filter, since);
    const { total, rules } = await findRules(client, space, {
      ...(some === undefined ? {} : { filter: some }),
      sort: { field: "created_at", order: "asc" },
    });
    for (const rule of rules) found.set(rule.id, rule);
    promised ??= total;
    if (rules.length === total) break;
    const last = rules.at(-1)?.["created_at"];
    if (typeof last !== "string" || last === since || found.size === before) break;
    since = last;
  }
  if (found.size < promised) throw incompleteRules(space, found.size, promised);
  return [...found.values()];
}

function both(filter: string | undefined, since: string | undefined): string | undefined {
  const start = since === undefined ? undefined : `alert.attributes.createdAt >= ${JSON.stringify(since)}`;
  return [filter, start].filter((part) => part !== undefined).join(" and ") || undefined;
}

/**
 * The rules with one of these texts as their `rule_id`, as Kibana's own id, or as their name, whose case does not count. A search for
 * a name finds those that contain it too, which are dropped.
 */
export async function findNamedRules(
  client: Client,
  space: string,
  texts: readonly string[],
): Promise<LiveRule[]> {
  const searches: Promise<LiveRule[]>[] = [];
  for (let from = 0; from < texts.length; from += TEXTS_A_SEARCH) {
    const some = texts.slice(from, from + TEXTS_A_SEARCH);
    const any = `(${some.map((text) => JSON.stringify(text)).join(" or ")})`;
    const ids = `(${some.map((text) => JSON.stringify(`alert:${text}`)).join(" or ")})`;
    const filter = `alert.attributes.params.ruleId: ${any} or alert.attributes.name: ${any} or alert.id: ${ids}`;
    searches.push(findEveryRule(client, space, filter));
  }
  const wanted = new Set(texts.map(textKey));
  return (await Promise.all(searches)).flat().filter((rule) => keysOf(rule).some((key) => wanted.has(key)));
}

/** What a rule may be called by. */
export function keysOf({ rule_id, id, name }: LiveRule): string[] {
  return [rule_id, id, name].map(textKey);
}

/** One text for those that name the same rule. */
export function textKey(text: string): string {
  return text.trim().toLowerCase();
}
