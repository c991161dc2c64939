import { define, message } from "../define.js";

/** Findings that queries of every language share. */
export const query = define({
  "query/syntax": {
    severity: "error",
    message: message`expected ${"expected"}, found ${"found"}`,
    why: "Kibana hands the query to a parser that would refuse it: the rule cannot be saved, or fails at each run.",
    fix: "Look at the marked place and at what stands just before it: a bracket, an operator or a quote is most often missing or doubled.",
  },
  "query/bad-character": {
    severity: "error",
    message: message`${"character"} has no meaning here`,
    why: "The language has no such sign outside of quoted text, so that the query does not parse.",
    fix: "Take it out, or put the text that it belongs to in quotes.",
  },
  "query/unclosed-text": {
    severity: "error",
    message: message`this ${"what"} is not closed`,
    why: "Everything after the opening sign would belong to the text; the parser refuses the query.",
    fix: "Close it where it should end. In a quoted text, a quote that belongs to the text is written with a backslash before it.",
  },
  "query/unclosed-bracket": {
    severity: "error",
    message: message`expected ${"expected"}, found ${"found"}`,
    why: "Each bracket that is opened has to be closed; the parser refuses the query.",
    fix: "Close the bracket, or take the opening one out. The finding points also at the one that was opened.",
  },
  "query/bad-escape": {
    severity: "error",
    message: message`${"escape"} is no escape sequence of ${"language"}`,
    why: "A backslash in text starts an escape sequence, and an unknown one makes the parser refuse the query.",
    fix: "Double the backslash where one is meant: `C:\\\\Windows`.",
  },
  "query/hyphen-after-escape": {
    severity: "warning",
    message: message`before Elasticsearch ${"since"} an escaped character with "-" after it begins a range; this is for ${"stack"}`,
    help: 'put the hyphen first: "[-\\\\w\\\\.]"',
    why: "In a class such as `[\\\\w\\\\.-]` newer releases read a full stop and a hyphen. Older ones read a range from the full stop to what follows the hyphen: they refuse the expression, or match other characters.",
    fix: "Put the hyphen first in the class, where it is a plain character in every release.",
  },
  "query/too-long": {
    severity: "error",
    message: message`the query has ${"length"} characters; kdac reads queries of up to ${"limit"}`,
    help: "split the rule, or move values into a value list",
    why: "Elasticsearch limits the size of queries too, and a query of that size is slow and cannot be reviewed.",
    fix: "Split the rule, or move the list of values into a value list or an exception list.",
  },
  "query/too-deep": {
    severity: "error",
    message: message`the query is nested more than ${"limit"} levels deep here`,
    help: "take out brackets that are not needed",
    why: "Elasticsearch refuses expressions that are nested too deep, to protect its stack.",
    fix: "Flatten the expression: `and` and `or` take any number of operands without brackets, and `in (…)` or a list of values replaces long chains.",
  },
  "query/cannot-run": {
    severity: "error",
    message: message`kdac cannot run ${"language"} on events`,
    why: "kdac runs EQL, KQL and Lucene on events by itself. Queries of other languages are read and checked, and run in Elasticsearch alone.",
    fix: "Try the rule in Kibana, or write its query in a language that runs here.",
  },
  "query/bad-event": {
    severity: "error",
    message: message`this line holds no event: ${"problem"}`,
    help: "write one JSON object a line",
    why: "`kdac query` reads NDJSON: each line is one event, as a JSON object. The line was passed over, so that the result may lack what it would have matched.",
    fix: 'Write each event on a line of its own: `jq -c .` does that with any JSON. Hits of a search (`{"_index": …, "_source": {…}}`) are read too.',
  },
  "query/too-many-findings": {
    severity: "info",
    message: message`there are more findings in this query; the first ${"limit"} are shown`,
    why: "A query with so many mistakes is most often in another language than the rule says.",
    fix: "Mend those shown, and check that the rule's `type` and `language` are those of the query.",
  },
});
