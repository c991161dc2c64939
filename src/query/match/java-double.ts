/** A double as Java prints it: with a point (`42.0`), and as `1.0E7` where it is below a thousandth or ten million or more. */
export function printDouble(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (size >= 1e-3 && size < 1e7) return withPoint(String(value));
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${withPoint(digits)}E${exponent.replace("+", "")}`;
}

const withPoint = (digits: string): string => (digits.includes(".") ? digits : `${digits}.0`);
