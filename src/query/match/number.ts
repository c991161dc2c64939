/**
 * A field's value as a number: numbers, and texts with a decimal number (`4`, `-4.5e3`), which Elasticsearch reads from
 * a document as well as from a query. Undefined where it is none.
 */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isNaN(value) ? undefined : value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" ? parse(value) : undefined;
}

function parse(text: string): number | undefined {
  for (let at = 0; at < text.length; at++) {
    if (!isNumberUnit(text.charCodeAt(at))) return undefined;
  }
  const number = text === "" ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** 0-9 + - . e E: leaves out what `Number` takes and Elasticsearch does not (hexadecimals, blanks, `Infinity`). */
function isNumberUnit(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x2b ||
    unit === 0x2d ||
    unit === 0x2e ||
    unit === 0x45 ||
    unit === 0x65
  );
}

/** A field's value as a boolean: true, false, their texts, and the empty text, which Elasticsearch takes for false. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true") return true;
  return value === "false" || value === "" ? false : undefined;
}
