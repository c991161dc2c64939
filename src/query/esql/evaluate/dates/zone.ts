import { HOUR, MINUTE } from "../values/index.js";

/** How far a time zone is ahead of UTC at a time, in milliseconds; undefined where there is no such zone. */
export function zoneOffset(zone: string): ((millis: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
  return (millis) => {
    const name = format.formatToParts(millis).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    const size = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE;
    return sign === "-" ? -size : size;
  };
}
