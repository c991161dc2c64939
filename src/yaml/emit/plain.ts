/** What no plain scalar may hold: control characters, other line breaks, lone surrogates, `: `, ` #`, outer white space. */
const UNSAFE = /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff\ufffe\uffff]|:(?:\s|$)|\s#|^\s|\s$/u;

/** Characters that mean something else at the start of a value, and the markers of a document's start and end. */
const INDICATOR = /^(?:[?:,[\]{}#&*!|>'"%@`]|-(?![\w*./-])|---|\.\.\.)/;

const FLOW_INDICATOR = /[,[\]{}]/;

/** What YAML 1.1 or 1.2 takes for null, a boolean, a merge key or a default value. */
const WORD = /^(?:|~|null|true|false|yes|no|on|off|y|n|=|<<)$/i;

/** Numbers of YAML 1.1 and 1.2: other bases, `1_000`, `12:30` (base 60), `.inf`. */
const NUMBER =
  /^(?:[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.[\d_]*(?:e[-+]?\d+)?|\.inf)|\.nan)$/i;

const DATE = /^\d{4}-\d\d?-\d\d?(?:[Tt\s]|$)/;

/**
 * Whether a string can stand without quotes and is read back as that string, by YAML 1.2 and by tools that still read
 * YAML 1.1. `inFlow`: inside `[…]` or `{…}`, where commas and brackets end it.
 */
export function isPlain(text: string, inFlow: boolean): boolean {
  return (
    !UNSAFE.test(text) &&
    !INDICATOR.test(text) &&
    !WORD.test(text) &&
    !NUMBER.test(text) &&
    !DATE.test(text) &&
    !(inFlow && FLOW_INDICATOR.test(text))
  );
}
