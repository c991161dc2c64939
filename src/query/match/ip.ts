/** An IP address: an IPv4 address as its 32 bits (also one mapped into IPv6, which is the same), IPv6 as four times 32. */
export type Ip = number | Ipv6;
type Ipv6 = readonly [number, number, number, number];

/** A block of addresses. All that agree with `base` in the bits of `mask` are in it. */
export interface Cidr {
  readonly base: Ipv6;
  readonly mask: Ipv6;
}

const MAPPED = 0xffff;

/** Reads an address: four decimal parts without leading zeros, or IPv6 without a zone. Undefined where it is none. */
export function parseIp(text: string): Ip | undefined {
  if (text.length > 45) return undefined;
  return text.includes(":") ? parseV6(text) : parseV4(text, 0);
}

function parseV4(text: string, from: number): number | undefined {
  let address = 0;
  let part = -1;
  let parts = 1;
  for (let at = from; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) {
      if (part === 0) return undefined;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return undefined;
    } else {
      if (text.charCodeAt(at) !== 0x2e || part < 0 || parts === 4) return undefined;
      address = address * 256 + part;
      part = -1;
      parts++;
    }
  }
  return parts === 4 && part >= 0 ? address * 256 + part : undefined;
}

/** The eight groups of the address that is being read, without what `::` stands for. */
const groups = new Uint16Array(8);

function parseV6(text: string): Ip | undefined {
  let count = 0;
  /** The number of groups before `::`. */
  let gap = -1;
  let at = 0;
  if (text.startsWith("::")) {
    gap = 0;
    at = 2;
  }
  while (at < text.length) {
    const start = at;
    let group = 0;
    for (; at < text.length && at < start + 4; at++) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) break;
      group = group * 16 + digit;
    }
    if (text.charCodeAt(at) === 0x2e) {
      const v4 = parseV4(text, start);
      if (v4 === undefined || count > 6) return undefined;
      groups[count++] = v4 >>> 16;
      groups[count++] = v4 & 0xffff;
      break;
    }
    if (at === start || count === 8) return undefined;
    groups[count++] = group;
    if (at === text.length) break;
    if (text.charCodeAt(at) !== 0x3a || ++at === text.length) return undefined;
    if (text.charCodeAt(at) !== 0x3a) continue;
    if (gap >= 0) return undefined;
    gap = count;
    at++;
  }
  if (gap < 0 ? count !== 8 : count === 8) return undefined;
  const last = wordAt(6, count, gap);
  if (wordAt(0, count, gap) === 0 && wordAt(2, count, gap) === 0 && wordAt(4, count, gap) === MAPPED)
    return last;
  return [wordAt(0, count, gap), wordAt(2, count, gap), wordAt(4, count, gap), last];
}

/** The 32 bits from a group on. */
function wordAt(index: number, count: number, gap: number): number {
  return groupAt(index, count, gap) * 0x10000 + groupAt(index + 1, count, gap);
}

function groupAt(index: number, count: number, gap: number): number {
  if (gap < 0 || index < gap) return groups[index]!;
  const fromEnd = index - 8 + count;
  return fromEnd < gap ? 0 : groups[fromEnd]!;
}

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Reads a block, `10.0.0.0/8` or `fe80::/10`. Bits of the address below the prefix are ignored, as Elasticsearch does. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = text.slice(0, slash);
  const ip = parseIp(address);
  const length = text.slice(slash + 1);
  if (ip === undefined || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = address.includes(":") ? Number(length) : Number(length) + 96;
  if (bits > 128) return undefined;
  const mask = [0, 32, 64, 96].map((start) => maskOf(bits - start)) as unknown as Ipv6;
  const words = wide(ip);
  return { base: words.map((word, index) => (word & mask[index]!) >>> 0) as unknown as Ipv6, mask };
}

/** 32 bits of which the first `count` are set. */
function maskOf(count: number): number {
  if (count <= 0) return 0;
  return count >= 32 ? 0xffffffff : (0xffffffff << (32 - count)) >>> 0;
}

function wide(ip: Ip): Ipv6 {
  return typeof ip === "number" ? [0, 0, MAPPED, ip] : ip;
}

/** Whether an address lies in a block. IPv4 addresses lie in blocks of IPv6 as mapped ones. */
export function inCidr(ip: Ip, { base, mask }: Cidr): boolean {
  if (typeof ip === "number") {
    return (
      (ip & mask[3]) >>> 0 === base[3] &&
      (MAPPED & mask[2]) >>> 0 === base[2] &&
      base[1] === 0 &&
      base[0] === 0
    );
  }
  for (let index = 0; index < 4; index++) {
    if ((ip[index]! & mask[index]!) >>> 0 !== base[index]) return false;
  }
  return true;
}

/** The order of two addresses as 128-bit numbers: negative, 0 or positive. IPv4 is ordered as `::ffff:a.b.c.d`. */
export function compareIp(a: Ip, b: Ip): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const left = wide(a);
  const right = wide(b);
  for (let index = 0; index < 3; index++) {
    if (left[index] !== right[index]) return left[index]! - right[index]!;
  }
  return left[3] - right[3];
}
