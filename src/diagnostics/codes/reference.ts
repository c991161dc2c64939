import { define, message } from "../define.js";

/** Findings about what a rule refers to by name. */
export const reference = define({
  "reference/unknown-fragment": {
    severity: "error",
    message: message`there is no fragment "${"name"}"`,
    why: "A fragment that is not found stays in the text as `{{> name}}`, and that is what the analyst would read in Kibana.",
    fix: "Correct the name, or write the fragment: `name.fragment.md` anywhere in the rule folders.",
  },
  "reference/fragment-cycle": {
    severity: "error",
    message: message`fragments include each other: ${"way"}`,
    help: "take one of these includes out",
    why: "A fragment that includes itself, directly or through others, would never end.",
    fix: "Break the circle: move the shared text into a fragment of its own that includes neither.",
  },
  "reference/fragment-too-long": {
    severity: "error",
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
    why: "The connector may exist in the space already; then a deploy finds it by its name. If it does not, the rule cannot be deployed there, and a bundle cannot carry it.",
    fix: "Declare it in a `*.connector.yml`, or correct the name. Where the connector is kept in Kibana, silence this with `# kdac-ignore reference/unknown-connector -- kept in Kibana`.",
  },
  "reference/several-default-lists": {
    severity: "error",
    message: message`a rule can have one exception list of type "rule_default", this is the second`,
    why: "Kibana refuses a rule with two such lists with an internal error.",
    fix: "Keep one of them, and make the other a shared list of type `detection`.",
  },
});
