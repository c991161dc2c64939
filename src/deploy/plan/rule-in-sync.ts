import { isJson, type Json } from "../../json/index.js";
import { serverDefaults } from "../../kibana/defaults.js";
import type { LiveRule } from "../../kibana/endpoints/index.js";
import type { RuleType } from "../../kibana/rule.js";
import { type DesiredRule, listKey } from "../desired/desired.js";
import { actionsOf } from "../form/actions.js";
import { isSame } from "../form/canonical.js";
import { comparedFields, isSameField, LEFT_TO_KIBANA, referencesOf } from "../form/comparable.js";
import { isSameMark, markOf } from "../form/mark.js";
import type { References } from "./references.js";
import type { Wanted } from "./rule.js";
import { namedActions } from "./rule-body.js";

/**
 * Whether a live rule is beyond doubt as it was last applied and as git wants it: its mark is the one that it would get,
 * and the fields that count are those that Kibana stores, one by one. That is what most rules of most plans are, and it
 * costs no digest and no difference. A rule of which this is not said may be in sync still, written otherwise.
 */
export function isPlainlyInSync(
  desired: DesiredRule,
  { mark, stored }: Pick<Wanted, "mark" | "stored">,
  live: LiveRule,
  references: References,
): boolean {
  const { rule } = desired;
  if (stored === undefined || live["type"] !== rule.type) return false;
  if (live["actions"] !== undefined && !Array.isArray(live["actions"])) return false;
  const meta = isJson(live["meta"]) ? live["meta"] : {};
  if (!isSameMark(markOf(meta), mark) || !hasOurs(meta, rule.meta)) return false;
  const defaults = defaultsOf(rule.type);
  const isAsStored = (name: string): boolean =>
    isSameField(name, stored[name], live[name] === undefined ? defaults[name] : live[name]);
  return (
    comparedFields(rule.type).every(isAsStored) &&
    LEFT_TO_KIBANA.every((name) =>
      name === "actions"
        ? hasTheActions(desired, stored, live, references)
        : rule[name] === undefined || isAsStored(name),
    ) &&
    hasTheLists(referencesOf({ exceptions_list: rule.exceptions_list }), live, references)
  );
}

/** The keys of `meta` that the file has; those of others stay as they are. */
function hasOurs(live: Json, ours: Json = {}): boolean {
  return isSame(Object.fromEntries(Object.keys(ours).map((key) => [key, live[key]])), ours);
}

/** Actions that the file leaves to Kibana stay, unless a throttle of the whole rule would make others of them. */
function hasTheActions(desired: DesiredRule, stored: Json, live: LiveRule, references: References): boolean {
  const { rule, connectors } = desired;
  const [ours, theirs] = [actionsOf({ actions: rule.actions }), actionsOf(live)];
  if (ours.length === 0 && theirs.length === 0) return true;
  if (rule.actions === undefined) return rule.throttle === undefined && !live["throttle"];
  return (
    ours.length === theirs.length &&
    isSameField(
      "actions",
      namedActions(stored, (i) => connectors[i], references),
      namedActions(live, () => undefined, references),
    )
  );
}

/** Whether a rule refers to our lists by the ids that they have in this space; lists of others may be there besides. */
function hasTheLists(ours: ReturnType<typeof referencesOf>, live: LiveRule, references: References): boolean {
  if (ours.length === 0) return true;
  const own = new Set(ours.map(listKey));
  const attached = referencesOf(live).filter((list) => own.has(listKey(list)));
  return (
    own.size === ours.length &&
    attached.length === ours.length &&
    references.resolve(ours).every(({ id, type, ...key }) => {
      const list = attached.find((one) => listKey(one) === listKey(key));
      return id !== undefined && list?.id === id && list.type === type;
    })
  );
}

/** Of each type, what Kibana fills in. */
const defaultsBefore = new Map<RuleType, Json>();

function defaultsOf(type: RuleType): Json {
  const defaults = defaultsBefore.get(type) ?? { ...serverDefaults(type) };
  defaultsBefore.set(type, defaults);
  return defaults;
}
