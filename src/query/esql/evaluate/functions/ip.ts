import { type Cidr, inCidr, parseCidr, parseIp } from "../../../match/index.js";
import { type Cell, Failure, isMany, prefixOf, printAddress, valuesOf } from "../values/index.js";
import { SEVERAL } from "../warnings.js";
import { fill } from "../expressions/map.js";
import { type Functions, type Implementation, scalar } from "./define.js";

export const IP: Functions = {
  cidr_match: cidrMatch(),
  ip_prefix: scalar((address: string, v4: number, v6: number) => {
    if (v4 < 0 || v4 > 32) throw new Failure(`Prefix length v4 must be in range [0, 32], found ${v4}`);
    if (v6 < 0 || v6 > 128) throw new Failure(`Prefix length v6 must be in range [0, 128], found ${v6}`);
    return prefixOf(address, v4, v6);
  }),
  network_direction: ({ args, warn }) => {
    const [source, destination, networks] = args;
    return (page) => {
      const [from, to, internal] = [source!.run(page), destination!.run(page), networks!.run(page)];
      return fill(page.size, warn, (row) => {
        const [a, b, listed] = [from[row]!, to[row]!, internal[row]!];
        if (a === null || b === null || listed === null) return null;
        if (isMany(a) || isMany(b)) {
          warn(SEVERAL);
          return null;
        }
        const names = valuesOf(listed) as string[];
        return direction(isInternal(a as string, names), isInternal(b as string, names));
      });
    };
  },
};

/** `CIDR_MATCH(ip, block, …)`: blocks that are null are left out. */
function cidrMatch(): Implementation {
  return ({ args, warn }) => {
    const [ip, ...blocks] = args;
    const known = memory(readBlock);
    const parsed = memory((address: string) => parseIp(printAddress(address))!);
    return (page) => {
      const addresses = ip!.run(page);
      const columns = blocks.map((block) => block.run(page));
      return fill(page.size, warn, (row) => {
        const address = addresses[row]!;
        if (address === null) return null;
        if (isMany(address) || columns.some((column) => isMany(column[row]!) && blocks.length > 1)) {
          warn(SEVERAL);
          return null;
        }
        const texts = columns.flatMap((column): readonly Cell[] => valuesOf(column[row]!));
        if (texts.length === 0) return null;
        return texts.some((text) => inCidr(parsed(address as string), known(text as string)));
      });
    };
  };
}

/** A block, or an address alone. */
function readBlock(text: string): Cidr {
  const block = parseCidr(text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`);
  if (block === undefined) throw new Failure(`'${text}' is not an IP string literal.`);
  return block;
}

/** Most results that are kept: hostile input has any number of addresses. */
const MOST_KEPT = 10_000;

function memory<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      if (known.size === MOST_KEPT) known.clear();
      known.set(text, (value = make(text)));
    }
    return value;
  };
}

/** The names of networks that `NETWORK_DIRECTION` knows beside blocks. */
const NETWORKS: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  unicast: [],
  multicast: ["224.0.0.0/4", "ff00::/8"],
  interface_local_multicast: ["ff01::/16"],
  link_local_unicast: ["169.254.0.0/16", "fe80::/10"],
  link_local_multicast: ["224.0.0.0/24", "ff02::/16"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"],
  unspecified: ["0.0.0.0/32", "::/128"],
};

function isInternal(address: string, networks: readonly string[]): boolean {
  const ip = parseIp(printAddress(address))!;
  const isIn = (name: string): boolean =>
    (NETWORKS[name] ?? [name]).some((block) => inCidr(ip, readBlock(block)));
  return networks.some((name) => {
    if (name === "public") return !isIn("private") && !isIn("loopback") && !isIn("unspecified");
    if (name === "unicast" || name === "global_unicast")
      return !isIn("multicast") && !isIn("unspecified") && !isIn("loopback");
    return isIn(name);
  });
}

function direction(fromInside: boolean, toInside: boolean): string {
  if (fromInside) return toInside ? "internal" : "outbound";
  return toInside ? "inbound" : "external";
}
