const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r" };
const ESCAPED: Readonly<Record<string, string>> = {
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

/** The value of a text as it is written: `"a\tb"`, `"""a"""`, and `'a'` of other languages. */
export function textValue(written: string): string {
  if (written.startsWith('"""') && written.length >= 6) return written.slice(3, -3);
  const inner = written.slice(1, -1);
  return written.startsWith("'") || !inner.includes("\\")
    ? inner
    : inner.replaceAll(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

/** Where the text stands within its quotes, of a text that is written from `start` on. */
export function contentOf(written: string, start: number): { start: number; end: number } {
  const quotes = written.startsWith('"""') && written.length >= 6 ? 3 : 1;
  return { start: start + quotes, end: Math.max(start + quotes, start + written.length - quotes) };
}

/** Writes a text: without escapes where there would be any and it can be. */
export function writeText(value: string): string {
  if (!/["\\\t\r\n]/.test(value)) return `"${value}"`;
  if (/[\r\n]|"""/.test(value)) return `"${value.replaceAll(/[\t\r\n"\\]/g, (sign) => ESCAPED[sign]!)}"`;
  return `"""${value}"""`;
}

const RESERVED: ReadonlySet<string> = new Set(
  "and asc by desc false first in is last like not null nulls on or rlike true where with".split(" "),
);
const PLAIN = /^(?:[A-Za-z][A-Za-z0-9_]*|[_@][A-Za-z0-9_]+)$/;

/** Writes a dotted name, with backticks around the parts that need them. */
export function writeName(name: string): string {
  const parts = name.split(".");
  return parts.includes("") ? writeIdentifier(name) : parts.map(writeIdentifier).join(".");
}

/** Writes a name without dots in it. */
export function writeIdentifier(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** The name that stands in backticks. */
export function nameInBackticks(written: string): string {
  return written.slice(1, -1).replaceAll("``", "`");
}
