import { define, message } from "../define.js";

/** Findings about the project as a whole: its files, its configuration, its environments. */
export const project = define({
  "project/outside": {
    severity: "error",
    message: message`"${"path"}" leads outside the project`,
    help: "move the file into the project, or copy what you need of it",
    why: "A project may only read its own files. A link or a path that leads out of it could pull in a file that nobody reviewed, or publish one that was never meant to leave the machine.",
    fix: "Move the files into the project, or make the folder that holds both the project's root (where `kdac.config.yml` stands).",
  },
  "project/unknown-file": {
    severity: "warning",
    message: message`"${"name"}" is not a kind of file that kdac knows, so it is not read`,
    help: "name it after what it holds: *.rule.yml, *.rule.<locale>.yml, *.exceptions.yml, *.values.yml, *.connector.yml",
    why: "The suffix says what a file holds. A rule in a file with another suffix would be neither checked nor deployed, and nobody would notice.",
    fix: "Rename the file, for example `suspicious-logon.yml` to `suspicious-logon.rule.yml`, or move files that are no detections out of the rule folders.",
  },
  "project/no-rules": {
    severity: "warning",
    message: message`no rules found in ${"where"}`,
    help: "rules are files named *.rule.yml below the folders that `rules` lists in kdac.config.yml",
    why: "A run that checks nothing always passes. It is more likely that the folder is wrong than that there are no rules.",
    fix: "Check the path, and the `rules` folders in `kdac.config.yml`.",
  },
  "project/orphan-translation": {
    severity: "error",
    message: message`translation of "${"stem"}.rule.yml", which does not exist`,
    help: "a translation stands beside its rule and shares its stem",
    why: "A translation without its rule is never compiled, so its text would be lost without a word.",
    fix: "Rename the translation after its rule, or move it into the rule's folder: `x.rule.yml` and `x.rule.zh-CN.yml`.",
  },
  "project/duplicate-declaration": {
    severity: "error",
    message: message`${"what"} "${"name"}" is declared twice`,
    why: "Rules name exception lists, connectors and fragments by their logical name. With two of one name it would be chance which one a rule gets.",
    fix: "Rename one of the two, or remove the one that is not needed.",
  },
  "project/missing-variable": {
    severity: "error",
    message: message`the environment variable "${"name"}" is not set`,
    why: "Addresses and credentials come from the environment, so that no secret stands in a file. Without the variable kdac cannot reach Kibana.",
    fix: "Set the variable where you run kdac: in the shell, or from the secrets of your CI.",
  },
  "project/unreadable-secret": {
    severity: "error",
    message: message`the file that "${"name"}" names cannot be read: ${"problem"}`,
    help: "set it to the path of a file that holds the value alone",
    why: "A variable that is not set may be in a file that `<NAME>_FILE` names, as containers and CI systems mount secrets. The file is not there, is empty, or may not be read.",
    fix: "Mount the secret, and set the variable to its path, for example `KIBANA_API_KEY_FILE=/run/secrets/kibana_api_key`. It holds a path, not the secret itself. Relative paths start where kdac runs.",
  },
  "project/unreadable-ca": {
    severity: "error",
    message: message`the certificates of "ca" cannot be read: ${"problem"}`,
    help: "set it to a PEM file, relative to the project's root",
    why: "`ca` names the certificate authority that vouches for Kibana. Without it no connection would be trusted, and verification cannot be turned off.",
    fix: "Write the path of a PEM file, for example `ca: certs/ca.pem`, or `ca: ${KIBANA_CA}` with a variable that holds the path or the PEM text itself.",
  },
  "project/unknown-lint-code": {
    severity: "warning",
    message: message`"${"code"}" is not a finding that kdac makes`,
    why: "A misspelt code in `lint` changes nothing: the finding you meant keeps its severity.",
    fix: "Take the code from the finding itself, for example `rule/from-shorter-than-interval`.",
  },
  "project/unknown-selector": {
    severity: "warning",
    message: message`"${"selector"}" selects no rule`,
    help: "a selector is a path pattern such as rules/windows/**, or tag:<tag>, or name:<text with *>",
    why: "A space whose selectors match nothing gets no rules: after a folder was renamed, detections would be missing without any error.",
    fix: "Correct the pattern. Paths are relative to the project's root and use forward slashes.",
  },
  "project/overlay-without-effect": {
    severity: "info",
    message: message`none of the rules here takes "${"field"}"`,
    help: "take it out, or correct which rules it is for",
    why: "A rule takes from an overlay only what its type has: a rule of ES|QL reads the indices that its query names, whatever `index` says. Here that leaves no rule.",
    fix: "Remove the field, or correct `rules` beside it. For rules of ES|QL, change the query.",
  },
  "project/nothing-to-remove": {
    severity: "warning",
    message: message`no rule here has "${"text"}" in its ${"list"}`,
    help: "write it to the letter as the rule has it, or take it out",
    why: "A removal that removes nothing is most often a misspelt one: the space goes on with what was meant to be gone.",
    fix: "Correct the text. Tags have their prefix, `Domain: Cloud`; exception lists go by `list_id`; actions by the name of their connector.",
  },
});
