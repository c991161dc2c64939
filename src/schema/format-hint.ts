const UNITS: Readonly<Record<string, string>> = {
  s: "s", sec: "s", secs: "s", second: "s", seconds: "s",
  m: "m", min: "m", mins: "m", minute: "m", minutes: "m",
  h: "h", hr: "h", hrs: "h", hour: "h", hours: "h",
  d: "d", day: "d", days: "d",
}; // prettier-ignore

type Hint = (text: string) => string | undefined;

/** How text that misses its form only just would be written, by the form. */
const HINTS: readonly (readonly [form: RegExp, hint: Hint])[] = [
  [/\[smhd\]/, duration],
  [/^\^T\[0-9\]/, technique],
  [/^date-time$/, dateTime],
  [/\{2,8\}/, locale],
  [/^\^\(https/, address],
];

/** `write 5m`, for text that comes close to the form of a pattern; undefined where there is no telling. */
export function formatHint(form: string, text: string): string | undefined {
  const hint = HINTS.find(([of]) => of.test(form))?.[1];
  const written = hint?.(text.trim());
  return written === undefined ? undefined : `write ${written}`;
}

function duration(text: string): string | undefined {
  const match = /^(?:now-|pt?)?([1-9]\d*)\s*([a-z]+)$/i.exec(text);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ""];
  return match === null || unit === undefined ? undefined : `${match[1]}${unit}`;
}

function technique(text: string): string | undefined {
  const match = /^t(\d{4})(?:[./](\d{1,3}))?(\s.*)?$/i.exec(text);
  if (match === null) return undefined;
  const [, main, sub, name] = match;
  return `T${main}${sub === undefined ? "" : `.${sub.padStart(3, "0")}`}${name ?? ""}`;
}

function dateTime(text: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`;
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/.exec(text);
  return match === null ? undefined : `${match[1]}T${match[2]}${match[3] ?? ":00"}Z`;
}

function locale(text: string): string | undefined {
  return /^[A-Za-z]{2,3}_[A-Za-z0-9]{2,8}$/.test(text) ? text.replace("_", "-") : undefined;
}

function address(text: string): string | undefined {
  return /^[\w.-]+(?::\d+)?(?:\/\S*)?$/.test(text) ? `https://${text}` : undefined;
}
