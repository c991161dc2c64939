import { define, invalid, message } from "../define.js";

/** Findings about the shape of an authored file: what its schema refuses. */
export const schema = define({
  "schema/unknown-key": {
    ...invalid,
    message: message`unknown key "${"key"}"`,
    why: "Kibana drops fields that it does not know without a word, so a misspelt key would be a setting that silently does not apply.",
    fix: "Correct the spelling. For a field that a newer Kibana knows and kdac does not, put it under `extra`.",
  },
  "schema/field-of-other-type": {
    ...invalid,
    message: message`${"type"} rules have no "${"key"}"; it belongs to ${"types"} rules`,
    help: "take it out, or change the rule's type",
    why: "Kibana drops the fields of other rule types without a word: the rule would not do what the file says.",
    fix: "Remove the field, or correct `type`.",
  },
  "schema/response-only-field": {
    ...invalid,
    message: message`"${"key"}" is written by Kibana and cannot be set`,
    help: "take it out",
    why: "Kibana sets this field itself and ignores what is sent. It stands in exported rules, and usually comes into a file by copying one.",
    fix: "Remove the field from the file.",
  },
  "schema/unknown-type": {
    ...invalid,
    message: message`there is no rule type "${"type"}"`,
    why: "The type says which engine runs the rule and which fields it has. Kibana refuses a rule of an unknown type.",
    fix: "Use one of the eight types: `query`, `saved_query`, `eql`, `esql`, `threshold`, `threat_match`, `machine_learning`, `new_terms`.",
  },
  "schema/missing-field": {
    ...invalid,
    message: message`"${"field"}" is missing`,
    why: "Without this field Kibana refuses the object, or kdac cannot know it again.",
    fix: "Add the field. An editor with the YAML language server offers it, with an explanation.",
  },
  "schema/missing-one-of": {
    ...invalid,
    message: message`"${"name"}" needs ${"forms"}`,
    why: "The value can be written in several ways, and this is none of them.",
    fix: "Write one of the forms that the finding names, whole.",
  },
  "schema/several-forms": {
    ...invalid,
    message: message`"${"name"}" has both ${"forms"}`,
    help: "keep one of them",
    why: "The value can be written in several ways that exclude each other. With both it is not clear which one holds.",
    fix: "Keep the fields of one form: for an action either `connector`, or `id` and `action_type_id`.",
  },
  "schema/wrong-type": {
    ...invalid,
    message: message`"${"name"}" must be ${"expected"}, not ${"found"}`,
    why: "Kibana refuses a value of another type.",
    fix: "In YAML, text that looks like a number or like true and false needs quotes, and a list is written `[a, b]` or with dashes.",
  },
  "schema/bad-value": {
    ...invalid,
    message: message`"${"value"}" is no value for "${"name"}"`,
    why: "The field takes one of a few values, and Kibana refuses any other.",
    fix: "Use one of the values that the finding lists. Upper and lower case count.",
  },
  "schema/bad-format": {
    ...invalid,
    message: message`"${"name"}" must be ${"expected"}`,
    why: "Kibana, or a part of it that reads the value later, expects this form.",
    fix: "Write the value in the form that the finding describes.",
  },
  "schema/blank": {
    ...invalid,
    message: message`"${"name"}" is blank`,
    help: "fill it in, or take it out",
    why: "Kibana refuses blank text here, or would show nothing where an analyst expects a name.",
    fix: "Fill the value in, or remove the key.",
  },
  "schema/literal-secret": {
    ...invalid,
    message: message`"${"name"}" must come from the environment`,
    help: "write ${NAME}, and set the variable where kdac runs; if this was a real secret, replace it",
    why: "A credential in a file is in git for ever, in every clone and in every log that shows the file.",
    fix: "Write the name of an environment variable, `${SOC_SLACK_WEBHOOK}`, and set it from your CI's secrets. A secret that was committed must be replaced at its source.",
  },
  "schema/out-of-range": {
    ...invalid,
    message: message`"${"name"}" is ${"value"}; it must be ${"limit"}`,
    why: "Kibana refuses a value outside its limits.",
    fix: "Choose a value within the limits.",
  },
  "schema/too-few": {
    ...invalid,
    message: message`${"name"} needs at least ${"count"}`,
    help: "add an entry, or take the key out",
    why: "Kibana refuses it with fewer entries, or it would mean nothing.",
    fix: "Add an entry, or remove the key.",
  },
  "schema/too-many": {
    ...invalid,
    message: message`${"name"} takes ${"count"} at most`,
    help: "take entries out",
    why: "Kibana refuses it with more entries.",
    fix: "Remove entries until it fits.",
  },
  "schema/excludes": {
    ...invalid,
    message: message`"${"name"}" cannot stand beside "${"other"}"`,
    help: "keep one of them",
    why: "Both say the same in two ways, so it is not clear which one holds.",
    fix: "Keep the short form, or the API's own field, and remove the other.",
  },
});
