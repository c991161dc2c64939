/**
 * Date math as Kibana and Elasticsearch read it: `now` followed by steps (`-9m`, `+1h`, `/d`), or a date. Durations are a
 * number and a unit. Months and years, whose length varies, count as 30 and 365 days where a length is asked for.
 */
const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000,
}; // prettier-ignore

const STEP = /([+-])(\d{0,15})(ms|[smhdwMy])|\/1?(ms|[smhdwMy])/y;

/** Whether a text is date math: `now` with well-formed steps, or a date that can be read. */
export function isDateMath(text: string): boolean {
  return stepsOf(text) !== undefined || (/^\d{4}-/.test(text) && !Number.isNaN(Date.parse(text)));
}

/**
 * How far from now a text lies, in seconds: -540 for `now-9m`. Undefined for dates, and where rounding makes it depend on the
 * clock.
 */
export function offsetSeconds(text: string): number | undefined {
  return stepsOf(text)?.reduce<number | undefined>(
    (sum, step) => (sum === undefined || step === undefined ? undefined : sum + step),
    0,
  );
}

/** The seconds of a duration such as `5m`: a whole number and one of s, m, h, d, w. */
export function parseInterval(text: string): number | undefined {
  const match = /^(\d{1,9})([smhdw])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * UNIT_SECONDS[match[2]!]!;
}

/** A duration in the largest unit (h, m, s; days from two on) that says it exactly: 540 → `9m`. */
export function formatDuration(seconds: number): string {
  if (seconds % 86_400 === 0 && seconds >= 2 * 86_400) return `${seconds / 86_400}d`;
  if (seconds % 3_600 === 0 && seconds !== 0) return `${seconds / 3_600}h`;
  return seconds % 60 === 0 && seconds !== 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** The steps after `now`, in seconds; a rounding step is undefined. Undefined altogether where the text is not of that form. */
function stepsOf(text: string): (number | undefined)[] | undefined {
  if (!text.startsWith("now")) return undefined;
  const steps: (number | undefined)[] = [];
  let at = 3;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) return undefined;
    const [all, sign, count, unit] = match;
    const amount = count === "" ? 1 : Number(count);
    steps.push(unit === undefined ? undefined : (sign === "-" ? -1 : 1) * amount * UNIT_SECONDS[unit]!);
    at += all.length;
  }
  return steps;
}
