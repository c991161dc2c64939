import fc from "fast-check";
import { isIP } from "node:net";
import { describe, expect, it } from "vitest";
import { compareIp, inCidr, type Ip, parseCidr, parseIp } from "../../../src/query/match/index.js";

/** An address that has to be right. */
function ip(text: string): Ip {
  const address = parseIp(text);
  if (address === undefined) throw new Error(text);
  return address;
}

/** An address as one number of 128 bits. */
function bits(address: Ip): bigint {
  if (typeof address === "number") return (0xffffn << 32n) | BigInt(address);
  return address.reduce((all, word) => (all << 32n) | BigInt(word), 0n);
}

const V4 = fc.ipV4();
const V6 = fc.ipV6();
const ADDRESS = fc.oneof(
  V4,
  V6,
  V4.map((text) => `::ffff:${text}`),
);

describe("an address", () => {
  it.each([
    ["0.0.0.0", 0],
    ["255.255.255.255", 0xffffffff],
    ["10.1.2.3", 0x0a010203],
    ["::ffff:10.1.2.3", 0x0a010203],
    ["::FFFF:0a01:203", 0x0a010203],
    ["::", [0, 0, 0, 0]],
    ["::1", [0, 0, 0, 1]],
    ["1::", [0x10000, 0, 0, 0]],
    ["fe80::1:2", [0xfe800000, 0, 0, 0x10002]],
    ["1:2:3:4:5:6:7:8", [0x10002, 0x30004, 0x50006, 0x70008]],
    ["1:2:3:4:5:6:7::", [0x10002, 0x30004, 0x50006, 0x70000]],
    ["::2:3:4:5:6:7:8", [2, 0x30004, 0x50006, 0x70008]],
    ["1:2:3:4:5:6:1.2.3.4", [0x10002, 0x30004, 0x50006, 0x01020304]],
    ["::1.2.3.4", [0, 0, 0, 0x01020304]],
  ])("%s", (text, value) => {
    expect(parseIp(text)).toEqual(value);
  });

  it.each([
    "",
    "1",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.",
    ".1.2.3",
    "1..2.3",
    "01.2.3.4",
    "1.2.3.4 ",
    "1.2.3.-4",
    "1.2.3.*",
    ":",
    ":::",
    "1:",
    ":1",
    "1:2",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4::5:6:7:8",
    "::12345",
    "::g",
    "::1.2.3",
    "::1.2.3.4:5",
    "1:2:3:4:5:6:7:1.2.3.4",
    "fe80::1%eth0",
    "10.0.0.0/8",
    "1".repeat(1_000_000),
    ":".repeat(1_000_000),
  ])("is not %s", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("is one where Node takes it for one", () => {
    const soup = fc
      .array(fc.constantFrom("1", "0", "ff", "255", "256", ".", ":", "::"), { maxLength: 16 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(ADDRESS, soup), (text) => {
        expect(parseIp(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is ordered by its 128 bits", () => {
    fc.assert(
      fc.property(ADDRESS, ADDRESS, (a, b) => {
        const [left, right] = [bits(ip(a)), bits(ip(b))];
        expect(Math.sign(compareIp(ip(a), ip(b)))).toBe(left < right ? -1 : left > right ? 1 : 0);
        expect(compareIp(ip(a), ip(a))).toBe(0);
      }),
    );
  });

  it("is the number that its text writes", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (groups) => {
        const value = groups.reduce((all, group) => (all << 16n) | BigInt(group), 0n);
        expect(bits(ip(groups.map((group) => group.toString(16)).join(":")))).toBe(value);
      }),
    );
  });
});

describe("a block of addresses", () => {
  it.each([
    [
      "10.0.0.0/8",
      ["10.0.0.0", "10.255.255.255", "::ffff:10.1.1.1"],
      ["11.0.0.0", "9.255.255.255", "::10.0.0.1", "fe80::1"],
    ],
    ["10.6.48.157/8", ["10.0.0.1"], ["11.0.0.1"]],
    ["0.0.0.0/0", ["1.2.3.4", "255.255.255.255"], ["::1", "fe80::1"]],
    ["1.2.3.4/32", ["1.2.3.4"], ["1.2.3.5"]],
    ["192.168.128.0/17", ["192.168.200.1"], ["192.168.127.1"]],
    ["fe80::/10", ["fe80::1", "febf::"], ["fec0::", "1.2.3.4"]],
    ["::/0", ["::1", "1.2.3.4", "ffff::"], []],
    ["::1/128", ["::1"], ["::2", "::"]],
    ["2001:db8::/33", ["2001:db8:7fff::"], ["2001:db8:8000::"]],
    ["::ffff:10.0.0.0/104", ["10.1.1.1"], ["11.1.1.1"]],
  ])("%s", (text, inside, outside) => {
    const block = parseCidr(text)!;
    expect(inside.filter((address) => !inCidr(ip(address), block))).toEqual([]);
    expect(outside.filter((address) => inCidr(ip(address), block))).toEqual([]);
  });

  it.each([
    "",
    "/",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/8 ",
    "10.0.0/8",
    "::/129",
    "x/8",
    "10.0.0.0/8/8",
    "10.0.0.0/1e1",
  ])("is not %s", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it("has the addresses that agree in the first bits", () => {
    fc.assert(
      fc.property(ADDRESS, ADDRESS, fc.nat(128), (a, b, length) => {
        const isV4 = !a.includes(":");
        const prefix = isV4 ? length % 33 : length;
        const rest = BigInt(isV4 ? 32 - prefix : 128 - prefix);
        const block = parseCidr(`${a}/${prefix}`)!;
        expect(inCidr(ip(b), block)).toBe(bits(ip(a)) >> rest === bits(ip(b)) >> rest);
        expect(inCidr(ip(a), block)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
