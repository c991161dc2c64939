import { define, message } from "../define.js";

/** Findings about the fields that a query or a rule names. */
export const field = define({
  "field/unknown": {
    severity: "warning",
    message: message`there is no field "${"name"}"`,
    help: "correct the name, or declare the field in schemas/custom-fields.yml",
    why: "A field that no index has never matches: KQL and Lucene find nothing and say nothing, EQL and ES|QL fail at each run. Without the mappings of your own stack kdac goes by the Elastic Common Schema, and this is a warning; with them it is certain, and an error.",
    fix: "Correct the name. A field of your own goes into `schemas/custom-fields.yml`; `kdac fields sync` takes over the mappings of your stack. In EQL, a field that some indices lack is written with a question mark: `?process.Ext.token.integrity_level_name`.",
  },
  "field/unknown-type": {
    severity: "warning",
    message: message`Elasticsearch has no mapping type "${"type"}"`,
    why: "The type decides what a query may do with the field. With one that is not known kdac can check nothing of it.",
    fix: "Write the type as the index mapping has it: `keyword`, `text`, `long`, `double`, `date`, `ip`, `boolean` or `flattened`, for example.",
  },
  "field/is-object": {
    severity: "error",
    message: message`"${"name"}" is an object: it has fields below it, and no value of its own`,
    why: "An object such as `process` has no value that could be compared: EQL and ES|QL refuse it, other languages find nothing.",
    fix: "Name the field that is meant: `process.name`.",
  },
  "field/type-mismatch": {
    severity: "error",
    message: message`"${"field"}" is of type ${"type"} and cannot ${"use"}`,
    why: "Elasticsearch refuses a value that does not fit the field's type, or compares it in a way that never matches: the rule fails, or stays silent.",
    fix: 'Write the value as the type asks for, such as `true` without quotes for a boolean, a number without quotes for a number, an address or a range such as "10.0.0.0/8" for an ip. Or name the field that holds what you look for.',
  },
  "field/not-allowed-value": {
    severity: "warning",
    message: message`"${"value"}" is none of the values that ECS allows for "${"field"}"`,
    why: "The Elastic Common Schema fixes the values of this field. Data that keeps to it never holds another one, so that the condition never holds (or, negated, always does).",
    fix: "Use one of the allowed values. Where your data does hold the value, silence this: `# kdac-ignore field/not-allowed-value -- our firewall sends it`.",
  },
  "field/unexpected-value": {
    severity: "warning",
    message: message`events of the category "${"category"}" do not have the ${"field"} "${"value"}"`,
    why: "The Elastic Common Schema says which `event.type` goes with which `event.category`. Events with another pair are rare, and most often the two were mixed up.",
    fix: "Use an `event.type` that goes with the category, or another category. Where your data does hold the pair, silence this: `# kdac-ignore field/unexpected-value -- our agent sends it`.",
  },
  "field/wildcard-on-type": {
    severity: "error",
    message: message`"${"field"}" is of type ${"type"}, on which wildcards do not work`,
    why: "Wildcards match text. Elasticsearch refuses them on numbers, dates, booleans and addresses: the rule fails at each run.",
    fix: "Use a comparison or a range: `destination.port >= 8000 and destination.port < 9000`, `source.ip : 10.0.0.0/8`. To ask whether there is any value, `*` alone works on every type in KQL.",
  },
  "field/no-exact-value": {
    severity: "error",
    message: message`"${"field"}" is of type ${"type"}: it holds words, and no exact value`,
    why: "Text is split into words when it is indexed. What compares, sorts or groups whole values needs a keyword: EQL refuses a text field that has no keyword beside it, and rules cannot group by one.",
    fix: "Use the keyword field that belongs to it, such as `process.name` for `process.name.text` or `message.keyword` for `message`.",
  },
  "field/no-positions": {
    severity: "error",
    message: message`"${"field"}" is indexed without positions: phrases cannot be looked for`,
    help: "look for the words one by one, joined by and",
    why: "A phrase asks for words next to each other. The field's mapping (`index_options`) does not store where words stand, and Elasticsearch fails the query.",
    fix: "Write `field: (eggplant and parmesan)` in KQL or `field:(eggplant AND parmesan)` in Lucene, or index the field with positions.",
  },
  "field/newer-than-stack": {
    severity: "warning",
    message: message`"${"field"}" came with ECS ${"since"}, and the rule is for stack ${"stack"}`,
    why: "The agents and integrations of the older stack do not fill this field, so that the condition never holds there.",
    fix: 'Use a field that the older stack has as well, or say where the rule may run: `stack: ">=9.1"`.',
  },
  "field/conflicting-types": {
    severity: "warning",
    message: message`"${"field"}" is of different types in the rule's indices: ${"types"}`,
    why: "Where indices map a field differently, EQL and ES|QL refuse the query, and sorting or grouping by the field fails on some of them.",
    fix: "Narrow the rule's `index`, or give the field one type in all index templates.",
  },
  "field/nested": {
    severity: "error",
    message: message`"${"field"}" lies in "${"path"}", a list of objects that are indexed apart`,
    why: "Fields in a `nested` object are found only by a nested query. EQL and ES|QL have none; KQL has one, and without it finds nothing.",
    fix: "In KQL, put the conditions in braces after the path: `threat.enrichments: { indicator.ip: 10.0.0.1 }`. In other languages use a field outside of the nested object.",
  },
  "field/never-equal": {
    severity: "warning",
    message: message`"${"name"}" of type ${"type"} is compared with "${"other"}" of type ${"other_type"}`,
    why: "An indicator matches when the values of both fields are the same. Values of such different types never are, or the search fails on them.",
    fix: "Compare fields of one kind: an address with an address, a hash with a hash.",
  },
  "field/not-in-results": {
    severity: "warning",
    message: message`the query's results have no column "${"name"}"`,
    help: "keep the column in the query, or name one that it returns",
    why: "An alert of an ES|QL rule with STATS is made of the query's columns alone. A setting that names another column finds no value in it.",
    fix: "Add the column to the last `KEEP`, or to `STATS … BY`; or name a column that the query returns.",
  },
});
