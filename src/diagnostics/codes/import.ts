import { define, message } from "../define.js";

/** Findings about what an import makes of a rule, an exception list or a connector. */
export const importing = define({
  "import/unknown-field": {
    severity: "warning",
    message: message`kdac does not know the field "${"field"}"; it is kept under extra`,
    why: "The field belongs to a newer Kibana, to another tool, or is a slip. Under `extra` it is passed on as it is, so nothing is lost; a Kibana that does not know it drops it without a word.",
    fix: "Leave it if your Kibana knows it. Otherwise remove it from the imported file.",
  },
  "import/field-of-other-type": {
    severity: "warning",
    message: message`a rule of type ${"type"} has no field "${"field"}"; it is kept under extra`,
    help: "remove it from the imported file: Kibana drops it",
    why: "Kibana drops fields that a rule's type does not have. The source was written by hand or by another tool.",
    fix: "Remove the field from `extra`, or correct the rule's type.",
  },
  "import/threat-kept": {
    severity: "info",
    message: message`threat is kept in Kibana's form: ${"reason"}`,
    why: "`attack` compiles to the names and pages of one version of ATT&CK. Where the source says something else, even by one slash, the short form would change the rule, so the import keeps `threat` to the letter.",
    fix: "Nothing has to be done. To get the short form, replace `threat` by `attack` and run `kdac validate`; the next deploy then changes the mapping of the rule.",
  },
  "import/legacy-form": {
    severity: "info",
    message: message`"${"field"}" is in the form of an older Kibana (${"form"}) and was brought into today's`,
    why: "Older versions of Kibana stored some fields in another form. Kibana itself converts them when it reads such a rule; docs/import.md lists them.",
    fix: "Nothing has to be done.",
  },
  "import/text-for-value": {
    severity: "warning",
    message: message`"${"field"}" is the text "${"value"}"; it was read as a value`,
    why: "Kibana's API refuses text where it wants a number or a boolean. The file was edited by hand or written by another tool.",
    fix: "Compare the imported value with what was meant.",
  },
  "import/include-line": {
    severity: "warning",
    message: message`"${"field"}" has a line that kdac would take for a fragment: ${"line"}; the text is kept under extra`,
    why: "A line `{{> name}}` in a guide, note or setup text is replaced by the fragment of that name. Here it is part of the text, so the text is kept under `extra`, where nothing is replaced.",
    fix: "If the line is left over from a template, remove it and move the text up to `note` or `setup`.",
  },
  "import/default-applies": {
    severity: "error",
    message: message`the rule has no "${"field"}", but the project's defaults give it one`,
    help: "write the rule's own value into the file, or take the field out of defaults in kdac.config.yml",
    why: "`defaults` in `kdac.config.yml` fill fields that a rule leaves out, and no value says that a field is to stay absent. So the compiled rule is not the one that was imported.",
    fix: "Take the field out of `defaults`, or accept that the rule gets it.",
  },
  "import/no-rule-id": {
    severity: "error",
    message: message`the rule "${"name"}" has no rule_id`,
    help: "give it one in the imported file, and keep it for good",
    why: "Without a `rule_id` Kibana makes up a new one at each create, and nothing can tell that it is the same rule.",
    fix: "Write a `rule_id` into the file; a random UUID is usual. If the rule is in Kibana already, take the one that it has there.",
  },
  "import/unknown-type": {
    severity: "error",
    message: message`kdac knows no rule type "${"type"}"`,
    why: "Which fields a rule has, and what Kibana fills in, follow from its type. All fields are kept as they are.",
    fix: "Correct `type` in the imported file. Rules of the signals of versions before 7.10 have none of today's types.",
  },
  "import/too-deep": {
    severity: "error",
    message: message`"${"field"}" is nested more than ${"limit"} levels deep and is left out`,
    why: "No field of Kibana's goes that deep, and reading a YAML file stops there, so that a hostile file costs nothing.",
    fix: "Look at the value in the source. If it is real, make it flatter.",
  },
  "import/cannot-keep": {
    severity: "error",
    message: message`"${"field"}" of ${"what"} has no place in kdac's files and is left out`,
    why: "Files of exception lists and connectors have no `extra`. The field comes from a newer Kibana or from another tool.",
    fix: "Note the value down if it matters, and tell us which Kibana wrote it.",
  },
  "import/connector-secrets": {
    severity: "warning",
    message: message`the secrets of the connector "${"name"}" are in no export; its file reads them from ${"variables"}`,
    help: "set these environment variables before you deploy",
    why: "Kibana never gives out a connector's secrets. The imported file names environment variables for them.",
    fix: "Put the secrets into the environment of the deploy under these names, or change the names in the file.",
  },
  "import/connector-secrets-unknown": {
    severity: "warning",
    message: message`the secrets of the connector "${"name"}" are in no export, and kdac does not know which ones the type ${"type"} takes`,
    help: "add them under secrets in the imported file, each as ${NAME}",
    why: "Kibana never gives out a connector's secrets, and their names differ from type to type.",
    fix: "Look up the secrets of this connector type in Kibana's documentation and name an environment variable for each.",
  },
  "import/connector-id": {
    severity: "info",
    message: message`the id "${"id"}" of the connector "${"name"}" is left out: Kibana takes only random UUIDs`,
    why: "Connectors of old versions and preconfigured ones have ids of other shapes, which nobody can give to a new connector. Without an id a deploy finds the connector by its name.",
    fix: "Nothing has to be done. Actions name the connector by its name.",
  },
});
