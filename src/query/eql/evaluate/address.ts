import { type Cidr, compareIp, inCidr, type Ip, parseCidr, parseIp, textOf } from "../../match/index.js";

/** The test whether a value is an address in one of the blocks (`10.0.0.0/8`), or is one of the addresses among them. */
export function inBlocks(blocks: readonly string[]): (value: unknown) => boolean {
  const tests = blocks.map(blockTest).filter((test) => test !== undefined);
  return (value) => {
    const ip = parseIp(textOf(value));
    if (ip === undefined) return false;
    for (const test of tests) if (test(ip)) return true;
    return false;
  };
}

function blockTest(block: string): ((ip: Ip) => boolean) | undefined {
  const cidr: Cidr | undefined = parseCidr(block);
  if (cidr !== undefined) return (ip) => inCidr(ip, cidr);
  const one = parseIp(block);
  return one === undefined ? undefined : (ip) => compareIp(ip, one) === 0;
}
