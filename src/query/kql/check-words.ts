/** What is likely meant otherwise in the words of a query. It parses, and then matches nothing or something else. */
import { type Findings, isStarMeant, quoted } from "../core/index.js";
import type { Name, Value } from "./ast.js";
import { ADVICE, languageOf, MEANING } from "./operators.js";

/** An operator between words or at the beginning. */
const OPERATOR = /(?:^|\s)(==?|!=|:=|<>|&&|\|\|)(?:\s|$)|^(==?|!=?)(?=\S)/;
/** Only where there is no field: `user.name=root`. */
const COMPARISON = /^[\w.@-]+(==?|!=)\S/;
const STRAY = /^(and|or)\s|\s(and|or)$/i;
/** A question mark that does not start the parameters of a URL. */
const QUESTION_MARK = /\?(?!\w*=)/;
/** The same, where the star after a parameter's name may stand for what follows it: `/secrets?limit*`. */
const QUESTION_MARK_IN_URL = /\?(?!\w*(?:[=&*]|$))/;
/** A path, or a parameter that lists in many APIs have. */
const URL = /\/|\?(?:continue|fieldSelector|filter|labelSelector|limit|offset|page|watch)\b/;
/** Fields that hold URLs. */
const URL_FIELD = /ur[il]|path|query|request/i;

/** `field` is undefined where the value stands without one. `isOneOfSeveral`: it is in a group of values. */
export function checkValue(
  findings: Findings,
  value: Value,
  field: string | undefined,
  isOneOfSeveral: boolean,
): void {
  const bare = field === undefined;
  const { value: text } = value;
  if (text === null) findings.add("kql/null", {}, value);
  if (typeof text !== "string") return;
  if (value.quoted) {
    const help = text === "*" ? { help: "take the quotes away: field: * asks for any value" } : {};
    if (text.includes("*") && !isStarMeant(text, field, isOneOfSeveral))
      findings.add("kql/quoted-wildcard", {}, value, help);
    return;
  }
  const language = bare ? languageOf(text) : undefined;
  if (language !== undefined) {
    findings.add("kql/other-language", { language }, value, { help: ADVICE[language] });
    return;
  }
  if (isSingleQuoted(text)) findings.add("kql/single-quotes", { value: quoted(text) }, value);
  const operator = operatorIn(text, bare);
  if (operator !== undefined) {
    const help = MEANING[operator] ?? "put the value in quotes where the sign belongs to it";
    findings.add("kql/no-operator", { operator, text: quoted(text) }, value, { help });
    return;
  }
  const stray = STRAY.exec(text);
  if (stray !== null) findings.add("kql/stray-keyword", { keyword: stray[1] ?? stray[2]! }, value);
  const lucene = luceneIn(text);
  if (lucene !== undefined) {
    findings.add("kql/lucene-syntax", { text: quoted(text) }, value, { help: lucene });
  } else if (questionMarkIn(text, field).test(text)) findings.add("kql/question-mark", {}, value);
}

/** What a question mark looks like that is no part of a URL. */
function questionMarkIn(text: string, field: string | undefined): RegExp {
  return URL.test(text) || (field !== undefined && URL_FIELD.test(field))
    ? QUESTION_MARK_IN_URL
    : QUESTION_MARK;
}

function isSingleQuoted(text: string): boolean {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'");
}

function operatorIn(text: string, bare: boolean): string | undefined {
  const found = OPERATOR.exec(text) ?? (bare ? COMPARISON.exec(text) : null);
  return found?.[1] ?? found?.[2];
}

/** What to write for a value in Lucene's syntax. */
function luceneIn(text: string): string | undefined {
  if (/^[[{].* TO .*[\]}]$/.test(text)) return "write a range as conditions: a >= 1 and a <= 5";
  if (/^\/.+\/$/.test(text) && /\.[*+]|[[|\\^$]/.test(text)) {
    return "KQL has no regular expressions: use * or list the values, or give the rule the language lucene";
  }
  // Short names of Windows (`PROGRA~1`) and names of backup files end so too.
  if (/^\w+~\d?$/.test(text)) return "KQL has no fuzzy search: take the ~ out, or put the value in quotes";
  return /^\S*\w\^\d+(?:\.\d+)?$/.test(text) ? "KQL has no boosts: take the ^ out" : undefined;
}

/** Names of fields that are none: everything before a colon belongs to the name. */
export function checkName(findings: Findings, name: Name): void {
  const { name: text } = name;
  if (name.quoted) return;
  const language = languageOf(text);
  if (language !== undefined) {
    findings.add("kql/other-language", { language }, name, { help: ADVICE[language] });
  } else if (text === "_exists_" || text === "_missing_") {
    const help = text === "_exists_" ? "write field: *" : "write not field: *";
    findings.add("kql/lucene-syntax", { text: quoted(text) }, name, { help });
  } else if (isSingleQuoted(text)) {
    findings.add("kql/single-quotes", { value: quoted(text) }, name);
  } else {
    const help = oddity(text);
    if (help !== undefined) findings.add("kql/odd-field-name", { name: text }, name, { help });
  }
}

function oddity(name: string): string | undefined {
  const operator = OPERATOR.exec(name);
  if (operator !== null) return MEANING[operator[1] ?? operator[2]!];
  const word = /\s(\S+)$/.exec(name)?.[1];
  if (word !== undefined) return `put "and" or "or" before ${quoted(word)}`;
  return /^[-+]/.test(name)
    ? "KQL writes not field: value, and takes every condition for required"
    : undefined;
}
