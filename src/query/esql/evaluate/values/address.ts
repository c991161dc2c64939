/**
 * Addresses as texts of 8 UTF-16 units, one for each group of an IPv6 address (IPv4 addresses are mapped into it). Texts
 * of one length are ordered by their units, so that `<`, `===` and keys of maps work on addresses.
 */
import { type Ip, parseIp } from "../../../match/index.js";

/** The address that a text writes; undefined where it writes none. */
export function readAddress(text: string): string | undefined {
  const ip = parseIp(text);
  return ip === undefined ? undefined : addressOf(ip);
}

function addressOf(ip: Ip): string {
  if (typeof ip === "number") return String.fromCharCode(0, 0, 0, 0, 0, 0xffff, ip >>> 16, ip & 0xffff);
  return String.fromCharCode(...ip.flatMap((word) => [word >>> 16, word & 0xffff]));
}

const MAPPED = String.fromCharCode(0, 0, 0, 0, 0, 0xffff);

export const isV4 = (address: string): boolean => address.startsWith(MAPPED);

/** Writes an address: IPv4 with points, IPv6 in its shortest form. */
export function printAddress(address: string): string {
  if (isV4(address)) {
    const [high, low] = [address.charCodeAt(6), address.charCodeAt(7)];
    return `${high >>> 8}.${high & 255}.${low >>> 8}.${low & 255}`;
  }
  const groups = Array.from({ length: 8 }, (_, at) => address.charCodeAt(at));
  const [start, length] = longestZeros(groups);
  const shown = groups.map((group) => group.toString(16));
  if (length < 2) return shown.join(":");
  return `${shown.slice(0, start).join(":")}::${shown.slice(start + length).join(":")}`;
}

/** The first of the longest runs of zeros. */
function longestZeros(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (end < groups.length && groups[end] === 0) end++;
    if (end - start > best[1]) best = [start, end - start];
    start = Math.max(start, end);
  }
  return best;
}

/** The first bits of an address; the rest are 0. IPv4 addresses have 32 bits. */
export function prefixOf(address: string, v4Bits: number, v6Bits: number): string {
  const bits = isV4(address) ? 96 + v4Bits : v6Bits;
  let prefix = "";
  for (let at = 0; at < 8; at++) {
    const kept = Math.min(16, Math.max(0, bits - at * 16));
    prefix += String.fromCharCode(address.charCodeAt(at) & ~(0xffff >>> kept));
  }
  return prefix;
}
