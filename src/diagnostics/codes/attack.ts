import { define, message } from "../define.js";

/** Findings about MITRE ATT&CK. The version in force follows the target stack, or the configuration. */
export const attack = define({
  "attack/unknown-tactic": {
    severity: "error",
    message: message`ATT&CK ${"version"} has no tactic "${"tactic"}"`,
    why: "Kibana takes any tactic and never says that it does not exist. The rule would be missing from coverage views, and its `Tactic:` tag would be found by nobody.",
    fix: "Name the tactic as ATT&CK does, by name or id: `Initial Access`, `TA0001` or `TA0001 Initial Access`. ATT&CK 19 renamed TA0005 from Defense Evasion to Stealth; its id holds in both versions.",
  },
  "attack/unknown-technique": {
    severity: "error",
    message: message`ATT&CK ${"version"} has no technique "${"technique"}"`,
    help: "look the technique up at https://attack.mitre.org/techniques/enterprise/",
    why: "Kibana takes any technique and never says that it does not exist: the rule would count for nothing in coverage, and the link in Kibana would lead nowhere.",
    fix: "Write the id of a technique, with its name beside it if you like: `T1059.001 PowerShell`.",
  },
  "attack/revoked-technique": {
    severity: "warning",
    message: message`${"id"} ${"name"} is revoked in ATT&CK ${"version"}`,
    why: "A revoked technique was replaced by another. Kibana runs the rule, but coverage views no longer show the technique, so that the detection looks like a gap.",
    fix: "Use the technique that took its place; the help line of the finding names it.",
  },
  "attack/deprecated-technique": {
    severity: "warning",
    message: message`${"id"} ${"name"} is deprecated`,
    help: "look for a technique that says the same",
    why: "MITRE no longer keeps a deprecated technique, and will not say what replaces it.",
    fix: "Map the rule to a technique in force that describes the same behaviour.",
  },
  "attack/wrong-tactic": {
    severity: "error",
    message: message`${"id"} ${"name"} does not belong to the tactic ${"tactic"}`,
    why: "Kibana shows a technique only under its own tactics, so that the mapping does not appear where you put it. Where an earlier version of ATT&CK has the technique there, this is a warning.",
    fix: "Move the technique below one of its tactics, or map the rule to another technique.",
  },
  "attack/wrong-name": {
    severity: "warning",
    message: message`${"id"} is called "${"name"}", not "${"given"}"`,
    why: "The id decides what is deployed. A name that says something else misleads the reader, and may be a sign that the id is wrong. A name that another version of ATT&CK has is only a note.",
    fix: "Write ATT&CK's own name, or correct the id if the name is what you meant.",
  },
  "attack/mapped-twice": {
    severity: "warning",
    message: message`${"id"} is mapped twice`,
    help: "remove one of them",
    why: "Kibana shows it twice. In the short form the techniques of both places are put together.",
    fix: "Keep one entry for a tactic, with all its techniques, and name a technique once below it.",
  },
  "attack/wrong-parent": {
    severity: "error",
    message: message`${"id"} is no sub-technique of ${"below"}`,
    why: "Kibana shows what `threat` says, unchecked: the rule would claim a sub-technique that its technique does not have.",
    fix: "Move the sub-technique below its own technique, whose id is the part before the dot. The short form `attack` does this by itself.",
  },
  "attack/wrong-reference": {
    severity: "warning",
    message: message`"${"url"}" is not the page of ${"id"}`,
    why: "Kibana shows the link as the tactic's or technique's page, so the analyst would read about something else.",
    fix: "Write the page's own address, or use the short form `attack`, which writes it for you.",
  },
});
