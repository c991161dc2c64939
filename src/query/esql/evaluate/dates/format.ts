/** Java's patterns of dates, such as `yyyy-MM-dd HH:mm:ss.SSS`, for English readers. */
import { daysIn, daysSince1970 } from "../../../match/index.js";
import { DAY, Failure, HOUR, MINUTE, printDate, readDate, SECOND } from "../values/index.js";
import { NAMED_FORMATS } from "./named-formats.js";
import { dayOfWeek, dayOfYear, isoWeek } from "./units.js";

export interface DateFormat {
  print(this: void, millis: number, nanosOfSecond: number): string;
  /** Milliseconds since 1970. Throws `Failure` where the text is not in the format. */
  parse(this: void, text: string): number;
}

export const MONTHS =
  "January February March April May June July August September October November December".split(" ");
export const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

/** A part of a pattern: a letter so many times, or text. */
type Part = { readonly letter: string; readonly count: number } | { readonly text: string };

const ISO = "strict_date_optional_time";

const known = new Map<string, DateFormat>();
const MOST_KNOWN = 200;

/** The format that a pattern or a name stands for. Throws `Failure` where it is none. */
export function dateFormat(pattern: string): DateFormat {
  let format = known.get(pattern);
  if (format === undefined) {
    format = make(pattern);
    if (known.size === MOST_KNOWN) known.clear();
    known.set(pattern, format);
  }
  return format;
}

function make(pattern: string): DateFormat {
  const alternatives = pattern.split("||");
  if (alternatives.length > 1) {
    const formats = alternatives.map(make);
    return {
      print: formats[0]!.print,
      parse: (text) => firstThatReads(formats, text, pattern),
    };
  }
  if (
    pattern === ISO ||
    pattern === "date_optional_time" ||
    pattern === `${ISO}_nanos` ||
    pattern === "iso8601"
  )
    return {
      print: printDate,
      parse: (text) => readDate(text) ?? unreadable(text, pattern),
    };
  if (pattern === "epoch_millis") return epoch(1);
  if (pattern === "epoch_second") return epoch(SECOND);
  const parts = readPattern(NAMED_FORMATS[pattern.replace(/^strict_/, "")] ?? pattern);
  return {
    print: (millis, nanos) => {
      const date = new Date(millis);
      return parts.map((part) => ("text" in part ? part.text : printPart(part, date, nanos))).join("");
    },
    parse: (text) => parseWith(parts, text, pattern),
  };
}

function epoch(unit: number): DateFormat {
  return {
    print: (millis) => String(Math.floor(millis / unit)),
    parse: (text) => (/^-?\d{1,16}$/.test(text) ? Number(text) * unit : unreadable(text, "epoch")),
  };
}

function firstThatReads(formats: readonly DateFormat[], text: string, pattern: string): number {
  for (const format of formats) {
    try {
      return format.parse(text);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return unreadable(text, pattern);
}

function unreadable(text: string, pattern: string): never {
  throw new Failure(`failed to parse date field [${text}] with format [${pattern}]`);
}

const LETTERS = "yuMLdDHhKkmsSnAaeEcGQqwWYXxZzVO";

function readPattern(pattern: string): Part[] {
  const parts: Part[] = [];
  const piece = /([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']/gy;
  let end = 0;
  for (const match of pattern.matchAll(piece)) {
    const [whole, letter, quoted] = match;
    end = match.index + whole.length;
    if (letter === undefined)
      parts.push({
        text: quoted === undefined ? whole : quoted === "" ? "'" : quoted.replaceAll("''", "'"),
      });
    else if (LETTERS.includes(letter)) parts.push({ letter, count: whole.length });
    else throw new Failure(`Invalid format: [${pattern}]: Unknown pattern letter: ${letter}`);
  }
  if (end < pattern.length) throw new Failure(`Invalid format: [${pattern}]`);
  return parts.filter((part) => !("text" in part) || !/^[[\]]$/.test(part.text));
}

const pad = (value: number, count: number): string => String(value).padStart(count, "0");

function printPart({ letter, count }: { letter: string; count: number }, date: Date, nanos: number): string {
  switch (letter) {
    case "y":
    case "u":
      return count === 2 ? pad(date.getUTCFullYear() % 100, 2) : pad(date.getUTCFullYear(), count);
    case "Y":
      return count === 2 ? pad(isoWeek(date).year % 100, 2) : pad(isoWeek(date).year, count);
    case "M":
    case "L":
      return nameOrNumber(MONTHS, date.getUTCMonth(), date.getUTCMonth() + 1, count);
    case "E":
      return nameOrNumber(DAYS, dayOfWeek(date) - 1, dayOfWeek(date), Math.max(count, 3));
    case "e":
    case "c":
      return nameOrNumber(DAYS, dayOfWeek(date) - 1, dayOfWeek(date), count);
    case "Q":
    case "q": {
      const quarter = Math.floor(date.getUTCMonth() / 3) + 1;
      return count < 3
        ? pad(quarter, count)
        : count === 3
          ? `Q${quarter}`
          : `${["1st", "2nd", "3rd", "4th"][quarter - 1]} quarter`;
    }
    case "a":
      return date.getUTCHours() < 12 ? "AM" : "PM";
    case "G":
      return date.getUTCFullYear() > 0 ? "AD" : "BC";
    case "S":
      return pad(nanos, 9).slice(0, count).padEnd(count, "0");
    case "X":
      return "Z";
    case "x":
      return count === 1 ? "+00" : count % 2 === 0 ? "+0000" : "+00:00";
    case "Z":
      return count === 4 ? "GMT" : count === 5 ? "Z" : "+0000";
    case "z":
    case "V":
      return "Z";
    case "O":
      return "GMT";
    default:
      return pad(numberPart(letter, date, nanos), count);
  }
}

function nameOrNumber(names: readonly string[], at: number, number: number, count: number): string {
  if (count < 3) return pad(number, count);
  return count === 3 ? names[at]!.slice(0, 3) : count === 5 ? names[at]![0]! : names[at]!;
}

function numberPart(letter: string, date: Date, nanos: number): number {
  const hours = date.getUTCHours();
  switch (letter) {
    case "d":
      return date.getUTCDate();
    case "D":
      return dayOfYear(date) + 1;
    case "H":
      return hours;
    case "h":
      return hours % 12 || 12;
    case "K":
      return hours % 12;
    case "k":
      return hours || 24;
    case "m":
      return date.getUTCMinutes();
    case "s":
      return date.getUTCSeconds();
    case "n":
      return nanos;
    case "A":
      return date.getTime() - Math.floor(date.getTime() / DAY) * DAY;
    case "w":
      return isoWeek(date).week;
    default:
      return Math.floor((date.getUTCDate() - 1) / 7) + 1;
  }
}

/** What the parts of a text say. */
interface Read {
  year: number;
  month: number;
  day: number;
  dayOfYear?: number;
  hour: number;
  half?: number;
  minute: number;
  second: number;
  milli: number;
  offset: number;
}

function parseWith(parts: readonly Part[], text: string, pattern: string): number {
  const read: Read = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    milli: 0,
    offset: 0,
  };
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if ("text" in part) {
      if (!text.startsWith(part.text, at)) return unreadable(text, pattern);
      at += part.text.length;
      continue;
    }
    const following = parts[index + 1];
    const isAdjacent =
      following !== undefined && !("text" in following) && /\d/.test(printPart(following, new Date(0), 0));
    const taken = take(part, text.slice(at), read, isAdjacent);
    if (taken === undefined) return unreadable(text, pattern);
    at += taken;
  }
  if (at !== text.length) return unreadable(text, pattern);
  return millisOf(read) ?? unreadable(text, pattern);
}

/** Reads one part and says how long it is; undefined where it is not there. */
function take(
  { letter, count }: { letter: string; count: number },
  rest: string,
  read: Read,
  isAdjacent: boolean,
): number | undefined {
  if ((letter === "M" || letter === "L") && count >= 3)
    return takeName(MONTHS, count, rest, (at) => (read.month = at + 1));
  if (letter === "E" || ((letter === "e" || letter === "c") && count >= 3))
    return takeName(DAYS, Math.max(3, count), rest, () => undefined);
  if (letter === "a") {
    const half = /^(am|pm)/i.exec(rest)?.[0];
    if (half === undefined) return undefined;
    read.half = half.toLowerCase() === "am" ? 0 : 12;
    return 2;
  }
  if ("XxZzVO".includes(letter)) return takeZone(rest, read);
  const most =
    letter === "S"
      ? count
      : isAdjacent
        ? Math.max(count, letter === "y" ? 4 : count)
        : letter === "y" || letter === "u"
          ? count === 2
            ? 2
            : 9
          : count === 1
            ? 9
            : count;
  const digits = new RegExp(`^\\d{${Math.min(count, most)},${most}}`).exec(rest)?.[0];
  if (digits === undefined) return undefined;
  return put(letter, count, Number(digits), digits, read) ? digits.length : undefined;
}

function takeName(
  names: readonly string[],
  count: number,
  rest: string,
  found: (at: number) => void,
): number | undefined {
  const lower = rest.toLowerCase();
  const at = names.findIndex((name) =>
    lower.startsWith((count === 3 ? name.slice(0, 3) : name).toLowerCase()),
  );
  if (at < 0) return undefined;
  found(at);
  return count === 3 ? 3 : names[at]!.length;
}

function takeZone(rest: string, read: Read): number | undefined {
  const match = /^(?:Z|UTC|GMT)?([+-])(\d\d):?(\d\d)?|^(?:Z|UTC|GMT)/.exec(rest);
  if (match === null) return undefined;
  const [whole, sign, hours, minutes] = match;
  if (sign !== undefined)
    read.offset = (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes ?? 0) * MINUTE);
  return whole.length;
}

function put(letter: string, count: number, value: number, digits: string, read: Read): boolean {
  switch (letter) {
    case "y":
    case "u":
      read.year = count === 2 ? 2000 + value : value;
      return true;
    case "M":
    case "L":
      read.month = value;
      return true;
    case "d":
      read.day = value;
      return true;
    case "D":
      read.dayOfYear = value;
      return true;
    case "H":
      read.hour = value;
      return value < 24;
    case "k":
      read.hour = value % 24;
      return value >= 1 && value <= 24;
    case "h":
    case "K":
      read.hour = value % 12;
      read.half ??= 0;
      return value <= 12;
    case "m":
      read.minute = value;
      return value < 60;
    case "s":
      read.second = value;
      return value < 60;
    case "S":
      read.milli = Math.floor(Number(`0.${digits}`) * 1000);
      return true;
    default:
      return true;
  }
}

function millisOf({
  year,
  month,
  day,
  dayOfYear: ordinal,
  hour,
  half,
  minute,
  second,
  milli,
  offset,
}: Read): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const days =
    ordinal === undefined ? daysSince1970(year, month, day) : daysSince1970(year, 1, 1) + ordinal - 1;
  return days * DAY + (hour + (half ?? 0)) * HOUR + minute * MINUTE + second * SECOND + milli - offset;
}
