import { define, invalid, message } from "../define.js";

/** Findings about what a rule refers to by name. */
export const reference = define({
  "reference/unknown-fragment": {
    ...invalid,
    message: message`there is no fragment "${"name"}"`,
    why: "A fragment that is not found stays in the text as `{{> name}}`, and that is what the analyst would read in Kibana.",
    fix: "Correct the name, or write the fragment: `name.fragment.md` anywhere in the rule folders.",
  },
  "reference/fragment-cycle": {
    ...invalid,
    message: message`fragments include each other: ${"way"}`,
    help: "take one of these includes out",
    why: "A fragment that includes itself, directly or through others, would never end.",
    fix: "Break the circle: move the shared text into a fragment of its own that includes neither.",
  },
  "reference/fragments-too-deep": {
    ...invalid,
    message: message`the fragment "${"name"}" lies ${"limit"} fragments deep`,
    help: "let the fragments above include less of each other",
    why: "Who edits a fragment has to find the rules that it ends up in. Beyond a few levels nobody does, and kdac stops.",
    fix: "Include the innermost fragments in the rule itself, or put their text where it is used.",
  },
  "reference/fragment-too-long": {
    ...invalid,
    message: message`with the fragment "${"name"}" the text grows beyond ${"limit"} characters`,
    help: "look for a fragment that is included many times over",
    why: "Kibana would refuse, or choke on, a text of that size, and no analyst would read it.",
    fix: "Shorten the fragment, or include it once.",
  },
  "reference/unknown-exception-list": {
    severity: "error",
    message: message`the project declares no exception list "${"list_id"}"`,
    why: "A rule whose exception list does not exist runs without exceptions: Kibana stores the reference and then finds no items. Alerts on what was meant to be excepted follow.",
    fix: "Declare the list in a `*.exceptions.yml`. For a list that is kept elsewhere, say so: `exceptions: [{list_id: shared-hosts, type: detection}]`.",
  },
  "reference/unknown-connector": {
    severity: "warning",
    message: message`the project declares no connector "${"name"}"`,
    help: "declare it in a *.connector.yml, or see to it that each space has a connector of that name",
    why: "The connector may exist in the space already; then a deploy finds it by its name. If it does not, the rule cannot be deployed there, and a bundle cannot carry it.",
    fix: "Declare it in a `*.connector.yml`, or correct the name. Where the connector is kept in Kibana, silence this with `# kdac-ignore reference/unknown-connector -- kept in Kibana`.",
  },
  "reference/several-default-lists": {
    severity: "error",
    message: message`a rule can have one exception list of type "rule_default", this is the second`,
    help: "keep one, and make the other a shared list of type detection",
    why: "Kibana refuses a rule with two such lists with an internal error.",
    fix: "Keep one of them, and make the other a shared list of type `detection`.",
  },
  "reference/repeated-exception-list": {
    severity: "warning",
    message: message`the exception list "${"list_id"}" is named twice`,
    help: "remove one of them",
    why: "Kibana would look for its items twice and show it twice.",
    fix: "Remove one of them.",
  },
  "reference/exception-list-mismatch": {
    severity: "error",
    message: message`the exception list "${"list_id"}" has the ${"fact"} "${"declared"}", not "${"given"}"`,
    help: "write just the list_id: the rest follows from the list's own file",
    why: "Kibana finds the items of a list by its id, type and namespace. With another type or namespace it finds none, and the rule runs without its exceptions.",
    fix: "Name the list by its id alone under `exceptions`, or correct the list's file.",
  },
  "reference/shared-default-list": {
    severity: "error",
    message: message`the list "${"list_id"}" is the default list of another rule`,
    help: "give this rule a list of its own, or make it a shared list of type detection",
    why: "A list of type `rule_default` belongs to one rule. Kibana refuses a second rule that names it.",
    fix: "For exceptions that several rules share, declare the list with `type: detection`.",
  },
  "reference/duplicate-item-id": {
    ...invalid,
    message: message`the item_id "${"item_id"}" is taken`,
    help: "give this item an id of its own",
    why: "Kibana knows an exception item by its `item_id`, whichever list it is in. It refuses the second one.",
    fix: "Give one of the two a new id. Keep the id of the one that is deployed already. The list's name as a prefix keeps ids apart.",
  },
  "reference/mixed-value-list": {
    severity: "error",
    message: message`an item that asks a value list cannot ask anything else`,
    help: "move this entry into an item of its own",
    why: "Kibana refuses an exception item that has an entry of type `list` beside entries of other types.",
    fix: "Make two items. Both hold back alerts then, each by itself: if both conditions have to hold, put the other condition into the query.",
  },
});
